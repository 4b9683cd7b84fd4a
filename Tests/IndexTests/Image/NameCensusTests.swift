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
        let census = try census(of: patients, seed: 1, rowsMax)
        let whole = try image(of: patients, seed: 1).establishedTokens
        let front = patients.removeFirst()
        let second = patients.removeFirst()
        patients.shuffle(using: &random)
        let other = try self.census(of: [front, second] + patients, seed: 2, rowsMax)
        #expect(census.count > 10)
        #expect(census == other)
        if rowsMax >= patients.count { #expect(census == whole) }
    }

    private func census(
        of patients: [PlainPatient], seed: UInt64, _ rowsMax: Int
    ) throws -> EstablishedTokens {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: seed)
        var record = PatientRecord()
        for patient in patients {
            try patient.fill(&record)
            try builder.append(record)
        }
        return NameCensus.take(of: builder.loaded, rowsMax: rowsMax)
    }

    @Test("of an image without names finds nothing")
    func empty() throws {
        #expect(try image(of: [PlainPatient(id: "a")], seed: 1).establishedTokens.count == 0)
    }
}
