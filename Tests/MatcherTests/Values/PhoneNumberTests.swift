internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Phone number")
struct PhoneNumberTests {
    @Test(
        "of an Indian mobile is one number in every usual spelling",
        arguments: [
            "9848022338", "98480 22338", "98480-22338", "98480.22338", "984 802 2338",
            "(984) 802-2338", "9848-022-338", "  9848022338\t", "9 8 4 8 0 2 2 3 3 8",
            "09848022338", "0 98480 22338", "0-98480-22338", "(0)98480 22338",
            "919848022338", "91 98480 22338", "91-98480-22338", "91-9848022338",
            "0919848022338", "091 98480 22338", "091-9848022338",
            "00919848022338", "0091 98480 22338", "0091-98480-22338", "00 91 98480 22338",
            "+919848022338", "+91-9848022338", "+91 98480 22338", "+91-98480-22338",
            "(+91) 98480 22338", "+91.98480.22338", "+ 91 98480 22338",
            "+91 (0) 98480 22338", "+91-0-9848022338", "+9109848022338", "9109848022338",
            "91 0 98480 22338", "0091 0 98480 22338",
            "+91\u{A0}98480\u{A0}22338", "98480\u{2013}22338", "98480\u{2011}22338",
            "98480\u{2010}22338", "98480\u{2014}22338", "98480\u{2212}22338",
            "\u{202A}+91 98480 22338\u{202C}", "\u{200E}9848022338\u{200F}",
            "98480\u{200B}22338", "98480\u{200D}22338", "\u{FEFF}9848022338",
            "98480\u{202F}22338", "98480\u{2009}22338", "98480\u{2007}22338",
            "\u{2066}9848022338\u{2069}", "98480\u{2060}22338", "98480\u{AD}22338",
        ])
    func indianMobile(text: String) {
        #expect(Parsing.phone(text) == .success(919_848_022_338))
    }

    @Test("of an Indian mobile begins with 6, 7, 8 or 9", arguments: 0...9)
    func firstDigit(first: Int) {
        let parsed = Parsing.phone("\(first == 0 ? "" : String(first))848022338")
        switch first {
        case 0: #expect(parsed == .failure(.tooShort(digits: 9, minimum: 10)))
        case 1...5: #expect(parsed == .failure(.notAMobile))
        default: #expect(parsed == .success(UInt64(910 + first) * 1_000_000_000 + 848_022_338))
        }
    }

    @Test(
        "of another country is kept as it is",
        arguments: [
            ("+1 (415) 555-0123", 14_155_550_123),
            ("001 415 555 0123", 14_155_550_123),
            ("+44 20 7946 0958", 442_079_460_958),
            ("0044 20 7946 0958", 442_079_460_958),
            ("+9779841234567", 9_779_841_234_567),
            ("+65 6123 4567", 6_561_234_567),
            ("0065 6123 4567", 6_561_234_567),
            ("+2905123", 2_905_123),
            ("+123456789012345", 123_456_789_012_345),
            ("00123456789012345", 123_456_789_012_345),
        ] as [(String, UInt64)])
    func foreign(text: String, e164: UInt64) {
        #expect(Parsing.phone(text) == .success(e164))
    }

    @Test(
        "cannot be used when digits are hidden",
        arguments: [
            "98XXXXX767", "98xxxxx767", "******2338", "######2338", "+91-98XXXXX767", "XXXXXXXXXX",
        ])
    func masked(text: String) {
        #expect(Parsing.phone(text) == .failure(.masked))
        #expect(PhoneNumberError.masked.isUnusable)
    }

    @Test(
        "is refused for a reason when it is no mobile",
        arguments: [
            ("", .tooShort(digits: 0, minimum: 10)),
            ("+", .tooShort(digits: 0, minimum: 10)),
            ("984802233", .tooShort(digits: 9, minimum: 10)),
            ("0984802233", .tooShort(digits: 9, minimum: 10)),
            ("0000000000", .notAMobile),
            ("0", .tooShort(digits: 0, minimum: 10)),
            ("1234567890", .notAMobile),
            ("040 2345 6789", .notAMobile),
            ("0120-4567890", .notAMobile),
            ("+91 40 2345 6789", .notAMobile),
            ("98480223381", .tooLong(digits: 11, maximum: 10)),
            ("9848022338 9848022339", .tooLong(digits: 18, maximum: 15)),
            ("+91 12345", .tooShort(digits: 5, minimum: 10)),
            ("+91 9848 0223", .tooShort(digits: 8, minimum: 10)),
            ("+91 9848 02233", .tooShort(digits: 9, minimum: 10)),
            ("+1 23456", .tooShort(digits: 6, minimum: 7)),
            ("+1234567890123456", .tooLong(digits: 16, maximum: 15)),
            ("+12345678901234567", .tooLong(digits: 17, maximum: 15)),
        ] as [(String, PhoneNumberError)])
    func refused(text: String, error: PhoneNumberError) {
        #expect(Parsing.phone(text) == .failure(error))
        #expect(error.isUnusable)
    }

    @Test(
        "names no country by a zero",
        arguments: ["+0000000000", "+00000000001", "+0 98480 22338", "+00919848022338"])
    func zeroCountry(text: String) {
        guard case .failure(let error) = Parsing.phone(text) else {
            Issue.record("taken for a number")
            return
        }
        #expect(error.isUnusable)
    }

    @Test(
        "is no phone number when it holds anything else",
        arguments: [
            ("9848022338, 9848022339", 10), ("9848022338/9848022339", 10),
            ("9848022338;9848022339", 10), ("mother 9848022338", 0), ("+91+9848022338", 3),
            ("++919848022338", 1), ("९८४८०२२३३८", 0), ("98480\n22338", 5), ("98480\u{301}", 5),
        ])
    func notAPhone(text: String, offset: Int) {
        let error = PhoneNumberError.unexpectedByte(offset: offset)
        #expect(Parsing.phone(text) == .failure(error))
        #expect(!error.isUnusable)
    }

    @Test("is made from E.164 digits only inside their range")
    func fromDigits() {
        #expect(PhoneNumber(e164: 0) == nil)
        #expect(PhoneNumber(e164: 999_999) == nil)
        #expect(PhoneNumber(e164: 1_000_000)?.e164 == 1_000_000)
        #expect(PhoneNumber(e164: 999_999_999_999_999)?.e164 == 999_999_999_999_999)
        #expect(PhoneNumber(e164: 1_000_000_000_000_000) == nil)
    }

    @Test("comes back from a random spelling", arguments: 0..<32 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let subscriber = UInt64.random(in: 6_000_000_000...9_999_999_999, using: &random)
            let text = random.spelledMobile(subscriber)
            #expect(Parsing.phone(text) == .success(910_000_000_000 + subscriber), "\(text)")
        }
    }

    @Test(
        "of another country comes back with a plus or two zeros", arguments: 0..<16 as Range<UInt64>
    )
    func foreignRoundTrip(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            // 8 and 9 digits at least, so that `00` cannot be taken for a short Indian number.
            let number = UInt64.random(in: 100_000_000...999_999_999_999_999, using: &random)
            guard !String(number).hasPrefix("91") else { continue }
            let prefix = Bool.random(using: &random) ? "+" : "00"
            let text = prefix + random.grouped(String(number))
            #expect(Parsing.phone(text) == .success(number), "\(text)")
        }
    }

    @Test(
        "never traps, and holds its range, whatever the bytes", arguments: 0..<32 as Range<UInt64>)
    func anyBytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let usual = Array("0123456789+-. ()xX00911\u{A0}\u{200B}".utf8)
        for round in 0..<300 {
            let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                round % 3 == 0
                    ? UInt8.random(in: 0...255, using: &random)
                    : usual.randomElement(using: &random) ?? 0
            }
            guard case .success(let e164) = Parsing.phone(bytes) else { continue }
            #expect(PhoneNumber(e164: e164) != nil, "\(bytes)")
        }
    }
}
