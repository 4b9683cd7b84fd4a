import Matcher
import TestSupport
import Testing

@testable import Index

@Suite("The census of an image's names")
struct NameCensusTests {
    private func patients(_ random: inout SplitMix64) -> [PlainPatient] {
        (0..<2000).map { row in
            var patient = PlainPatient(id: "p\(row)")
            patient.facility = row % 3 == 0 ? "F2" : ""
            patient.name = "name\(Int.random(in: 0..<60, using: &random)) rao"
            return patient
        }
    }

    @Test(
        "is the same for the same rows in any order, counted all or in part",
        arguments: [1, 2] as [UInt64], [1 << 18, 1500])
    func order(seed: UInt64, rowsMax: Int) throws {
        var random = SplitMix64(seed: seed)
        var patients = patients(&random)
        // Facilities are numbered as they come.
        let first = try image(of: patients, seed: 1)
        let front = patients.removeFirst()
        let second = patients.removeFirst()
        patients.shuffle(using: &random)
        let other = try image(of: [front, second] + patients, seed: 2)
        let census = NameCensus.take(of: first, rowsMax: rowsMax)
        #expect(census.count > 10)
        #expect(census == NameCensus.take(of: other, rowsMax: rowsMax))
        if rowsMax >= patients.count { #expect(census == first.establishedTokens) }
    }

    @Test("of an image without names finds nothing")
    func empty() throws {
        #expect(try image(of: [PlainPatient(id: "a")], seed: 1).establishedTokens.count == 0)
    }
}
