import Index
import Matcher
import TestSupport
import Testing

@Suite("The parts of rows")
struct RowPartsTests {
    @Test("are all of the rows' memory", arguments: [1, 2, 3] as [UInt64])
    func sum(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let patients = (0..<200).map { index in
            var patient = random.patient(ids: 1, keys: 50, facilities: 3)
            patient.id += "-\(index)"
            return patient
        }
        let image = try image(of: patients, seed: seed)
        let parts = image.rowParts
        let rows = image.columns.first { "\($0.name)" == "rows" }
        #expect(parts.named.reduce(0) { $0 + $1.bytes } == rows?.bytes)
        #expect(parts.records + parts.contextLinks == 200 * 24 && parts.heads == 200)
        #expect(parts.padding >= 0 && parts.padding < 200 * 4)
        // A length at least, and never more than the texts with two bytes in front.
        let ids = patients.reduce(0) { $0 + $1.id.utf8.count }
        #expect(parts.ids >= 200 && parts.ids <= ids + 400)
    }
}
