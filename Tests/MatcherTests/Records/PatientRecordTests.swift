internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Patient record")
struct PatientRecordTests {
    @Test("holds every field in its normal form")
    func fields() {
        var record = PatientRecord()
        let row: [(PatientField, String)] = [
            (.id, " P-7 "), (.facility, "HIP1"), (.name, "Smt. Asha Rao W/O X"),
            (.gender, "Female"),
            (.birthDate, "12/05/1980"), (.mobile, "98480 22338"), (.abhaAddress, "Asha@SBX"),
            (.abhaNumber, "42-7175-8604-4553"), (.medicalRecord, "MR 7"), (.address, "1, Road"),
            (.district, "Pune"), (.state, "Maharashtra"), (.pincode, "411001"),
        ]
        for (field, text) in row {
            let error = Parsing.set(field, text, in: &record)
            #expect(error == nil, "\(field)")
        }
        let error = Parsing.finish(&record)
        let values = PatientRecordValues(record)
        #expect(error == nil)
        #expect(values.id == "P-7" && values.facility == "HIP1" && values.name == "asha rao w/o x")
        #expect(values.gender == .female)
        #expect(values.birthDate == .day(year: 1980, month: 5, day: 12))
        #expect(values.mobile == 919_848_022_338 && values.abhaNumber == 42_717_586_044_553)
        #expect(values.abhaAddress == "asha@sbx" && values.identifiers == ["mr:mr7"])
    }

    @Test(
        "says what is wrong with a field, and whether the record is sound without it",
        arguments: [
            (.id, "", "is missing", false), (.id, "NULL", "is missing", false),
            (.id, String(repeating: "x", count: 256), "is longer than 255 bytes", false),
            (.facility, String(repeating: "x", count: 256), "is longer than 255 bytes", false),
            (.name, String(repeating: "x", count: 513), "is longer than 512 bytes", false),
            (.gender, "X", "is not one of M, F, O, U, T, D or their words", false),
            (.birthDate, "12 May 80", "is not a date", false),
            (.birthDate, "32-04-1980", "is not a day of the calendar", false),
            (.birthDate, "12-05-1700", "is not in the years 1850 to 2100", false),
            (.birthYear, "80", "is not a year", false),
            (.birthYear, "1700", "is not in the years 1850 to 2100", false),
            (.mobile, "call mother", "is not a phone number", false),
            (.mobile, "98XXXXX767", "is masked", true), (.mobile, "98480", "is too short", true),
            (.mobile, "98480223389", "is too long", true),
            (.mobile, "040 2345 6789", "is not a mobile's number", true),
            (.abhaAddress, "asha rao@sbx", "is not an ABHA address", false),
            (.abhaAddress, "@sbx", "is not an ABHA address", false),
            (.abhaAddress, "asha@gmail", "does not end in @sbx, @abdm or @ndhm", false),
            (.abhaAddress, "Mohit", "does not end in @sbx, @abdm or @ndhm", false),
            (
                .abhaAddress, String(repeating: "a", count: 61) + "@sbx", "is longer than 64 bytes",
                false
            ),
            (.abhaNumber, "123", "does not have 14 digits", false),
            (.abhaNumber, "42-7175-8604-455X", "holds something other than digits", false),
            (.abhaNumber, "00-0000-0000-0000", "is all zeros", true),
            (.medicalRecord, String(repeating: "x", count: 129), "is longer than 128 bytes", false),
            (.pincode, "4110\u{0}01", "holds a NUL byte", false),
            (.name, "Asha\u{0}", "holds a NUL byte", false),
        ] as [(PatientField, String, String, Bool)])
    func errors(field: PatientField, text: String, reason: String, isUnusable: Bool) {
        var record = PatientRecord()
        let error = Parsing.set(field, text, in: &record)
        #expect(error?.field == field)
        #expect(error?.reason == reason)
        #expect(error?.isUnusable == isUnusable)
        let values = PatientRecordValues(record)
        let fresh = PatientRecord()
        let nothing = PatientRecordValues(fresh)
        #expect(values == nothing)
    }

    @Test("keeps the year of a day that its month does not have")
    func yearOfImpossibleDay() {
        var record = PatientRecord()
        let error = Parsing.set(.birthDate, "31-04-1980", in: &record)
        #expect(error?.isUnusable == true)
        #expect(error?.reason == "is a day that its month does not have; its year is kept")
        #expect(record.birthDate == .yearOnly(1980))
    }

    @Test("takes stand-ins for nothing as absent, in every field but the id")
    func placeholders() {
        let fresh = PatientRecord()
        let nothing = PatientRecordValues(fresh)
        for field in PatientField.allCases where field != .id {
            for text in ["", "  ", "-", "NA", "n/a", "null", "None"] {
                var record = PatientRecord()
                let error = Parsing.set(field, text, in: &record)
                let values = PatientRecordValues(record)
                #expect(error == nil, "\(field)")
                #expect(values == nothing, "\(field)")
            }
        }
    }

    @Test("needs an id")
    func needsID() {
        var record = PatientRecord()
        _ = Parsing.set(.name, "Asha", in: &record)
        let error = Parsing.finish(&record)
        #expect(error?.field == .id)
        #expect(error?.reason == "is missing")
    }

    @Test("prefers the birth date to the year, in either order")
    func birthOrder() {
        let date = BirthDate.day(year: 1980, month: 5, day: 12)
        let orders: [[(PatientField, String, BirthDate?)]] = [
            [(.birthDate, "12-05-1980", date), (.birthYear, "1975", date)],
            [(.birthYear, "1975", .yearOnly(1975)), (.birthDate, "12-05-1980", date)],
            [(.birthDate, "0000-00-00", nil), (.birthYear, "1975", .yearOnly(1975))],
            [(.birthYear, "1975", .yearOnly(1975)), (.birthDate, "-", .yearOnly(1975))],
            [(.birthYear, "1975", .yearOnly(1975)), (.birthDate, "00/00/0000", .yearOnly(1975))],
        ]
        for order in orders {
            var record = PatientRecord()
            for (field, text, expected) in order {
                let error = Parsing.set(field, text, in: &record)
                let birthDate = record.birthDate
                #expect(error == nil)
                #expect(birthDate == expected)
            }
        }
        var record = PatientRecord()
        record.setBirthDate(date)
        _ = Parsing.set(.birthYear, "1975", in: &record)
        let kept = record.birthDate
        #expect(kept == date)
    }

    @Test("takes the number from an address that was made from it, unless it has one")
    func derivedNumber() {
        for (number, expected) in [
            ("", 91_700_000_000_001), ("42717586044553", 42_717_586_044_553),
        ] {
            var record = PatientRecord()
            _ = Parsing.set(.id, "1", in: &record)
            _ = Parsing.set(.abhaAddress, "91700000000001@abdm", in: &record)
            _ = Parsing.set(.abhaNumber, number, in: &record)
            let error = Parsing.finish(&record)
            let digits = record.abhaNumber
            #expect(error == nil)
            #expect(digits == UInt64(expected))
        }
    }

    @Test("takes sixteen other identifiers, each once")
    func identifiers() {
        var record = PatientRecord()
        for number in 0..<16 {
            for text in ["MR \(number)", "mr\(number)"] where number < 15 {
                let error = Parsing.set(.medicalRecord, text, in: &record)
                #expect(error == nil)
            }
        }
        let voter = Array("MR 1".utf8)
        try? record.addIdentifier(type: "voter", voter.span)
        let values = PatientRecordValues(record)
        #expect(values.identifiers == (0..<15).map { "mr:mr\($0)" } + ["voter:mr1"])
        let error = Parsing.set(.medicalRecord, "mr99", in: &record)
        #expect(error?.reason == "is one of too many")
        let again = Parsing.set(.medicalRecord, "MR 0", in: &record)
        let count = record.identifiers.count
        #expect(again == nil)
        #expect(count == 16)
    }

    @Test("filled, reset and filled again is like a fresh one", arguments: 0..<16 as Range<UInt64>)
    func reuse(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var reused = PatientRecord()
        for _ in 0..<30 {
            reused.reset()
            var fresh = PatientRecord()
            for field in PatientField.allCases where Bool.random(using: &random) {
                let texts = Self.samples[field] ?? []
                let text = texts.randomElement(using: &random) ?? ""
                let a = Parsing.set(field, text, in: &reused)
                let b = Parsing.set(field, text, in: &fresh)
                #expect(a == b)
            }
            let a = Parsing.finish(&reused)
            let b = Parsing.finish(&fresh)
            let values = PatientRecordValues(reused)
            let expected = PatientRecordValues(fresh)
            #expect(a == b)
            #expect(values == expected)
        }
    }

    private static let samples: [PatientField: [String]] = [
        .id: ["1", "P-2", "", "NULL"], .facility: ["", "HIP1", "HIP2"],
        .name: ["Asha Rao", "Dr. K", "-", "राम"], .gender: ["F", "M", "X", ""],
        .birthDate: ["1-2-1980", "1980", "31-4-1980", ""], .birthYear: ["1975", "80", ""],
        .mobile: ["9848022338", "98XX", "x", ""],
        .abhaAddress: ["a@sbx", "91700000000001@abdm", "b"],
        .abhaNumber: ["42717586044553", "1", ""], .medicalRecord: ["MR 1", "2", "-"],
        .address: ["x"], .pincode: ["1"],
    ]
}
