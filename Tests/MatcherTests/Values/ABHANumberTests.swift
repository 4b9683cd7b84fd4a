internal import Matcher
internal import TestSupport
internal import Testing

@Suite("ABHA number")
struct ABHANumberTests {
    @Test(
        "is the same number in every grouping",
        arguments: [
            "42-7175-8604-4553", "42717586044553", "4271-7586-0445-53", "42 7175 8604 4553",
            " 42-7175-8604-4553\n", "4-2-7-1-7-5-8-6-0-4-4-5-5-3", "42 - 7175 - 8604 - 4553",
        ])
    func groupings(text: String) {
        #expect(Parsing.number(text) == .success(42_717_586_044_553))
    }

    @Test(
        "is refused for a reason",
        arguments: [
            ("", .wrongLength),
            ("--", .wrongLength),
            ("4271758604455", .wrongLength),
            ("427175860445531", .wrongLength),
            ("4271758604455312", .wrongLength),
            (String(repeating: "9", count: 400), .wrongLength),
            ("00-0000-0000-0000", .onlyZeros),
            ("00000000000000", .onlyZeros),
            ("42-7175-8604-455X", .unexpectedByte(offset: 16)),
            ("42_7175_8604_4553", .unexpectedByte(offset: 2)),
            ("४२७१७५८६०४४५५३", .unexpectedByte(offset: 0)),
        ] as [(String, ABHANumberError)])
    func refused(text: String, error: ABHANumberError) {
        #expect(Parsing.number(text) == .failure(error))
    }

    @Test("keeps leading zeros out of the number and in the count")
    func leadingZeros() {
        #expect(Parsing.number("00-0000-0000-0001") == .success(1))
        #expect(Parsing.number("1") == .failure(.wrongLength))
    }

    @Test("is made from digits only inside its range")
    func fromDigits() {
        #expect(ABHANumber(digits: 0) == nil)
        #expect(ABHANumber(digits: 1)?.digits == 1)
        #expect(ABHANumber(digits: 99_999_999_999_999)?.digits == 99_999_999_999_999)
        #expect(ABHANumber(digits: 100_000_000_000_000) == nil)
    }

    @Test("comes back from any grouping of its digits", arguments: 0..<16 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let digits = UInt64.random(in: 1..<100_000_000_000_000, using: &random)
            let bare = String(digits)
            var text = ""
            for digit in String(repeating: "0", count: 14 - bare.count) + bare {
                if UInt8.random(in: 0..<4, using: &random) == 0 {
                    text += ["-", " ", " - "].randomElement(using: &random) ?? "-"
                }
                text.append(digit)
            }
            #expect(Parsing.number(text) == .success(digits), "\(text)")
        }
    }
}
