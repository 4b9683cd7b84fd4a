internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Care context record")
struct CareContextRecordTests {
    /// All that a record says, in one line.
    private func described(_ record: borrowing CareContextRecord) -> String {
        let texts = [record.patientID, record.facility, record.reference, record.display]
        var line = ""
        for range in texts { line += Parsing.string(record.texts.bytes(range)) + "|" }
        let date = record.date.map { "\($0)" } ?? "nil"
        return line + "\(record.hiType)|\(date)|\(record.isLinked)"
    }

    @Test("holds every field")
    func fields() {
        var record = CareContextRecord()
        let row: [(CareContextField, String)] = [
            (.patientID, " P-7 "), (.facility, "HIP1"), (.reference, "V/1"),
            (.display, "Visit of 12 May"), (.hiType, "opconsultation"), (.date, "12-05-2024"),
            (.linked, "Yes"),
        ]
        for (field, text) in row {
            let error = Parsing.set(field, text, in: &record)
            #expect(error == nil, "\(field)")
        }
        let error = Parsing.finish(&record)
        let line = described(record)
        #expect(error == nil)
        #expect(
            line
                == "P-7|HIP1|V/1|Visit of 12 May|opConsultation|day(year: 2024, month: 5, day: 12)|true"
        )
    }

    @Test("shows the reference where there is no display")
    func display() {
        var record = CareContextRecord()
        _ = Parsing.set(.patientID, "1", in: &record)
        _ = Parsing.set(.reference, "V1", in: &record)
        let error = Parsing.finish(&record)
        let line = described(record)
        #expect(error == nil)
        #expect(line == "1||V1|V1|notStated|nil|false")
    }

    @Test(
        "says what is wrong with a field",
        arguments: [
            (.patientID, String(repeating: "x", count: 256), "is longer than 255 bytes"),
            (.facility, String(repeating: "x", count: 256), "is longer than 255 bytes"),
            (.reference, String(repeating: "x", count: 256), "is longer than 255 bytes"),
            (.display, String(repeating: "x", count: 1025), "is longer than 1024 bytes"),
            (.hiType, "Visit", "is not a health information type of ABDM"),
            (.date, "yesterday", "is not a date"), (.date, "31-04-2024", "is not a date"),
            (.linked, "perhaps", "is neither true nor false"),
            (.display, "a\u{0}b", "holds a NUL byte"),
        ] as [(CareContextField, String, String)])
    func errors(field: CareContextField, text: String, reason: String) {
        var record = CareContextRecord()
        let error = Parsing.set(field, text, in: &record)
        let line = described(record)
        #expect(error?.field == field)
        #expect(error?.reason == reason)
        #expect(line == "||||notStated|nil|false")
    }

    @Test("takes stand-ins for nothing as absent where they cannot be a name")
    func placeholders() {
        for field in [CareContextField.facility, .hiType, .date, .linked] {
            for text in ["", " ", "-", "NULL", "NA"] {
                var record = CareContextRecord()
                let error = Parsing.set(field, text, in: &record)
                let line = described(record)
                #expect(error == nil, "\(field) \(text)")
                #expect(line == "||||notStated|nil|false")
            }
        }
    }

    @Test("needs its patient and its reference")
    func finish() {
        var record = CareContextRecord()
        let first = Parsing.finish(&record)
        _ = Parsing.set(.patientID, "1", in: &record)
        let second = Parsing.finish(&record)
        _ = Parsing.set(.reference, "V1", in: &record)
        let third = Parsing.finish(&record)
        #expect(first?.field == .patientID)
        #expect(second?.field == .reference)
        #expect(third == nil)
    }

    @Test("reads every health information type by its name on the wire, and yes and no")
    func words() {
        for type in HealthInformationType.allCases where type != .notStated {
            var record = CareContextRecord()
            let error = Parsing.set(.hiType, "\(type.wireName)".uppercased(), in: &record)
            let read = record.hiType
            #expect(error == nil)
            #expect(read == type)
        }
        for (text, isLinked) in [
            ("true", true), ("T", true), ("1", true), ("yes", true), ("Y", true), ("FALSE", false),
            ("f", false), ("0", false), ("No", false), ("n", false),
        ] {
            var record = CareContextRecord()
            let error = Parsing.set(.linked, text, in: &record)
            let read = record.isLinked
            #expect(error == nil)
            #expect(read == isLinked)
        }
    }

    @Test("filled, reset and filled again is like a fresh one", arguments: 0..<8 as Range<UInt64>)
    func reuse(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let samples = ["V1", "OPConsultation", "12-5-2024", "true", "no", "", "x", "Invoice"]
        var reused = CareContextRecord()
        for _ in 0..<30 {
            reused.reset()
            var fresh = CareContextRecord()
            for field in CareContextField.allCases where Bool.random(using: &random) {
                let text = samples.randomElement(using: &random) ?? ""
                let a = Parsing.set(field, text, in: &reused)
                let b = Parsing.set(field, text, in: &fresh)
                #expect(a == b)
            }
            let a = Parsing.finish(&reused)
            let b = Parsing.finish(&fresh)
            let line = described(reused)
            let expected = described(fresh)
            #expect(a == b)
            #expect(line == expected)
        }
    }
}
