internal import Index
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Large images")
struct LargeImageTests {
    #if DEBUG
        static let rows = 20_000
    #else
        static let rows = 200_000
    #endif

    @Test("agree with a plain dictionary", arguments: [7] as [UInt64])
    func many(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var twin = PlainIndex()
        for row in 0..<Self.rows {
            var patient = PlainPatient(id: "p\(row)")
            patient.mobile = random.key(.mobile, of: Self.rows / 2).value
            patient.number = random.key(.abhaNumber, of: Self.rows * 2).value
            patient.facility = row % 7 == 0 ? "F2" : ""
            _ = twin.append(patient)
        }
        let image = try image(of: twin.patients, seed: seed)
        for _ in 0..<Self.rows / 4 {
            let key = random.key(
                Bool.random(using: &random) ? .mobile : .abhaNumber, of: Self.rows * 2)
            let facility = Bool.random(using: &random) ? "HIP1" : "F2"
            let rows = image.find(key, in: facility)
            guard rows != twin.find(key, in: facility) else { continue }
            Issue.record("\(key) \(facility) \(rows)")
        }
    }

    @Test("hold the texts of rows on both sides of a chunk's border, after a refusal there too")
    func chunkBorder() throws {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 3)
        var record = PatientRecord()
        let border = 65_536
        for row in 0..<border + 3 {
            try PlainPatient(id: "p\(row)").fill(&record)
            try builder.append(record)
            guard row >= border - 2 else { continue }
            // Right at the border a repeated id must not leave a chunk behind.
            try PlainPatient(id: "p0", name: "nobody").fill(&record)
            let refused = Result { () throws(ImageBuilderError) in try builder.append(record) }
            guard case .failure(.repeatedID) = refused else {
                Issue.record("taken twice")
                return
            }
        }
        let image = builder.build()
        let count = image.count
        #expect(count == border + 3)
        for row in [0, 1, border - 2, border - 1, border, border + 1, border + 2] {
            let id = image.patient(row).id
            #expect(id == "p\(row)")
        }
    }

    @Test("take at most 120 bytes a patient with four identifiers and a name")
    func memory() throws {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 5)
        var record = PatientRecord()
        let rows = LargeImageTests.rows / 2
        for row in 0..<rows {
            let digits = "\(1_000_000 + row)"
            try PlainPatient(
                id: "P-\(digits)", name: "asha lakshmi rao", gender: .female,
                birthDate: .day(year: 1980, month: 5, day: 12), mobile: "\(919_000_000_000 + row)",
                address: "asha.rao.\(digits)@sbx", number: "\(10_000_000_000_000 + row)",
                identifiers: [
                    PlainKey(kind: .medicalRecord, type: "mr", value: "mr0-\(digits)")
                ]
            ).fill(&record)
            try builder.append(record)
        }
        let image = builder.build()
        let perPatient = Double(image.patientBytes) / Double(image.count)
        #expect(perPatient <= 120)
        // Rows, texts and postings are trimmed: nothing of the builder's slack is left.
        #expect(perPatient >= 32 + 9 + 20 + 17 + 14)
    }
}
