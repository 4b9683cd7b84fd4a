import Secrets
import Testing

@Suite("One-time codes")
struct OneTimeCodeTests {
    @Test("a code has six digits, and all of them occur everywhere")
    func randomCodes() {
        var seen = Array(repeating: Set<Character>(), count: 6)
        for _ in 0..<2000 {
            let text = OneTimeCode.random().text
            #expect(text.utf8.count == 6)
            for (place, digit) in text.enumerated() { seen[place].insert(digit) }
        }
        // That a digit is missing at a place has a chance of 1 in 10^90.
        for digits in seen { #expect(digits == Set("0123456789")) }
    }

    @Test(
        "a typed code is read, and zeros in front are put back",
        arguments: [
            ("345234", "345234"), ("000000", "000000"), ("042", "000042"), ("7", "000007"),
            (" 345234\n", "345234"), ("", nil), ("  ", nil), ("1234567", nil), ("0345234", nil),
            ("34 5234", nil), ("34523a", nil), ("-12345", nil), ("+12345", nil), ("३४५२३४", nil),
        ] as [(String, String?)])
    func typed(text: String, code: String?) {
        #expect(OneTimeCode(typed: text.utf8.span)?.text == code)
    }

    @Test(
        "a code that came as a number is read",
        arguments: [
            (0, "000000"), (42, "000042"), (999_999, "999999"), (1_000_000, nil), (-1, nil),
        ]
            as [(Int64, String?)])
    func integers(integer: Int64, code: String?) {
        #expect(OneTimeCode(integer: integer)?.text == code)
    }

    @Test("a code does not show its digits when it is printed")
    func silent() throws {
        let code = try #require(OneTimeCode(integer: 345_234))
        var dumped = ""
        dump(code, to: &dumped)
        #expect(!"\(code) \(String(reflecting: code)) \(dumped)".contains("345234"))
    }
}
