internal import Index
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Care contexts of an image")
struct CareContextsTests {
    private struct Plain: Equatable {
        var patient: String
        var facility: String
        var reference: String
        var display: String
        var hiType: HealthInformationType
        var date: BirthDate?
        var isLinked: Bool
    }

    private func append(
        _ context: Plain, to builder: inout ImageBuilder
    ) throws -> ImageBuilderError? {
        var record = CareContextRecord()
        let fields: [(CareContextField, String)] = [
            (.patientID, context.patient), (.facility, context.facility),
            (.reference, context.reference), (.display, context.display),
            (.hiType, "\(context.hiType.wireName)"), (.linked, context.isLinked ? "yes" : "no"),
            (.date, Self.spelled(context.date)),
        ]
        for (field, text) in fields {
            let bytes = Array(text.utf8)
            try record.set(field, bytes.span)
        }
        try record.finish()
        do throws(ImageBuilderError) {
            try builder.append(record)
            return nil
        } catch {
            return error
        }
    }

    private static func spelled(_ date: BirthDate?) -> String {
        switch date {
        case nil: ""
        case .yearOnly(let year): "\(year)"
        case .day(let year, let month, let day): "\(day)/\(month)/\(year)"
        }
    }

    private func contexts(of row: Int, in image: borrowing PatientImage) -> [Plain] {
        let patient = image.patient(row)
        var cursor = image.careContexts(of: image.place(ofRow: row))
        var found: [Plain] = []
        while let view = image.next(&cursor) {
            found.append(
                Plain(
                    patient: patient.id, facility: patient.facility,
                    reference: text(image.reference(of: view)),
                    display: text(image.display(of: view)),
                    hiType: view.hiType, date: view.date, isLinked: view.isLinked))
        }
        return found
    }

    @Test(
        "stand with their row, in the order in which they came, wherever that was",
        arguments: 0..<12 as Range<UInt64>, [false, true])
    func order(seed: UInt64, isSorted: Bool) throws {
        var random = SplitMix64(seed: seed)
        let rows = [1, 2, 40].randomElement(using: &random) ?? 2
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: seed)
        var record = PatientRecord()
        for row in 0..<rows {
            // The same ids in two facilities.
            try PlainPatient(id: "p\(row / 2)", facility: row % 2 == 0 ? "" : "F2").fill(&record)
            try builder.append(record)
        }
        var expected = [[Plain]](repeating: [], count: rows)
        var owners = (0..<Int.random(in: 0...150, using: &random)).map { _ in
            Int.random(in: 0..<rows, using: &random)
        }
        // Row by row, in either direction, they stay where they are.
        if isSorted { owners.sort { seed % 2 == 0 ? $0 < $1 : $0 > $1 } }
        for (number, row) in owners.enumerated() {
            let facility = row % 2 == 0 ? "HIP1" : "F2"
            var context = Plain(
                patient: "p\(row / 2)", facility: facility, reference: "v\(number)",
                display: String(repeating: "d", count: [1, 30, 255, 256, 1024][number % 5]),
                hiType: HealthInformationType.allCases.randomElement(using: &random) ?? .invoice,
                date: [nil, .yearOnly(2024), .day(year: 2024, month: 12, day: 31)][number % 3],
                isLinked: Bool.random(using: &random))
            if number % 7 == 0 { context.reference += String(repeating: "r", count: 250) }
            expected[row].append(context)
            if row % 2 == 0, Bool.random(using: &random) { context.facility = "" }
            let error = try append(context, to: &builder)
            #expect(error == nil)
        }
        let image = builder.build()
        let count = image.careContextCount
        #expect(count == expected.joined().count)
        for row in 0..<rows {
            // Rows of HIP1, which came first, stand in front of those of F2.
            let place = row % 2 == 0 ? row / 2 : (rows + 1) / 2 + row / 2
            let actual = contexts(of: place, in: image)
            #expect(actual == expected[row])
        }
    }

    @Test("of a patient who is not there are refused, and the image is as it was")
    func unknownPatient() throws {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
        var record = PatientRecord()
        try PlainPatient(id: "1").fill(&record)
        try builder.append(record)
        let context = Plain(
            patient: "1", facility: "HIP1", reference: "v", display: "d", hiType: .invoice,
            date: nil, isLinked: false)
        for (patient, facility) in [("2", "HIP1"), ("1", "F2"), ("", "HIP1"), ("11", "")] {
            var unknown = context
            unknown.patient = patient.isEmpty ? "?" : patient
            unknown.facility = facility
            let error = try append(unknown, to: &builder)
            #expect(error == .noSuchPatient)
        }
        let error = try append(context, to: &builder)
        #expect(error == nil)
        let image = builder.build()
        let count = image.careContextCount
        let kept = contexts(of: 0, in: image)
        #expect(count == 1)
        #expect(kept == [context])
    }

    @Test("of no patient make no image worse")
    func empty() throws {
        let image = try image(of: [])
        let count = image.count
        let contexts = image.careContextCount
        let facilities = image.facilityCount
        let rows = image.find(PlainKey(kind: .mobile, value: "919848022338"), in: "HIP1")
        #expect(count == 0 && contexts == 0 && facilities == 0)
        #expect(rows.isEmpty)
    }
}
