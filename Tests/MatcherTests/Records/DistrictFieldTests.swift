internal import Matcher
internal import Testing

@Suite("District of a record")
struct DistrictFieldTests {
    private func district(_ text: String) -> String {
        var record = PatientRecord()
        #expect(Parsing.set(.district, text, in: &record) == nil)
        return Parsing.string(record.texts.bytes(record.district))
    }

    @Test(
        "is folded as names are",
        arguments: [
            ("Pune", "pune"), ("  NASHIK ", "nashik"), ("Bengaluru Urban", "bengaluru urban"),
            ("Bārāmatī", "baramati"), ("", ""), ("-", ""), ("N/A", ""), ("null", ""), ("42", ""),
        ])
    func folded(text: String, expected: String) {
        #expect(district(text) == expected)
    }

    @Test("in another script is what it is in Latin letters")
    func script() {
        #expect(district("पुणे") == "pune")
    }

    @Test("of more than 512 bytes is none, and the record is sound without it")
    func long() {
        #expect(district(String(repeating: "a", count: 512)).count == 512)
        #expect(district(String(repeating: "a", count: 513)) == "")
    }

    @Test("is refused with a NUL byte, and forgotten with the record")
    func forgotten() {
        var record = PatientRecord()
        #expect(Parsing.set(.district, "a\u{0}b", in: &record)?.field == .district)
        #expect(Parsing.set(.district, "Pune", in: &record) == nil)
        #expect(Parsing.set(.id, "1", in: &record) == nil)
        #expect(Parsing.finish(&record) == nil)
        #expect(!record.district.isEmpty)
        record.reset()
        #expect(record.district.isEmpty)
    }
}
