internal import Matcher
internal import TestSupport
internal import Testing

@Suite("ABHA address")
struct ABHAAddressTests {
    @Test(
        "is trimmed and put into lower case",
        arguments: [
            ("kiranma@sbx", "kiranma@sbx"),
            ("KiranMa@SBX", "kiranma@sbx"),
            ("  kiranma@abdm\t\r\n", "kiranma@abdm"),
            ("asha.rao_7-b@ndhm", "asha.rao_7-b@ndhm"),
            ("a@sbx", "a@sbx"),
            ("91700000000001@abdm", "91700000000001@abdm"),
            ("7up@AbDm", "7up@abdm"),
            (
                String(repeating: "a", count: 60) + "@sbx",
                String(repeating: "a", count: 60) + "@sbx"
            ),
        ])
    func accepted(text: String, normal: String) {
        #expect(Parsing.address(text) == .success(normal))
    }

    @Test(
        "is refused for a reason that says where",
        arguments: [
            ("", .noDomain),
            ("Mohit", .noDomain),
            ("Mohit Kumar", .unexpectedByte(offset: 5)),
            ("@sbx", .noName),
            ("kiranma@", .unknownDomain),
            ("kiranma@gmail", .unknownDomain),
            ("kiranma@sbx.in", .unknownDomain),
            ("kiranma@sbxx", .unknownDomain),
            ("kiranma@sb", .unknownDomain),
            ("kiran@ma@sbx", .unexpectedByte(offset: 8)),
            ("kiran ma@sbx", .unexpectedByte(offset: 5)),
            ("kiran+ma@sbx", .unexpectedByte(offset: 5)),
            ("कि@sbx", .unexpectedByte(offset: 0)),
            ("a\0b@sbx", .unexpectedByte(offset: 1)),
            (String(repeating: "a", count: 61) + "@sbx", .tooLong(maximum: 64)),
        ] as [(String, ABHAAddressError)])
    func refused(text: String, error: ABHAAddressError) {
        #expect(Parsing.address(text) == .failure(error))
    }

    @Test("leaves the arena as it was when it is refused")
    func arenaAfterRefusal() throws {
        var arena = TextArena()
        let good = Array("kiranma@sbx".utf8)
        let first = try ABHAAddress.parse(good.span, into: &arena)
        for text in ["", "Mohit", "@sbx", "a@b", "a b@sbx", "a@sbx@sbx"] {
            let bad = Array(text.utf8)
            let parsed = try? ABHAAddress.parse(bad.span, into: &arena)
            #expect(parsed == nil)
            let count = arena.count
            #expect(count == first.count)
        }
        let kept = Parsing.string(arena.bytes(first))
        #expect(kept == "kiranma@sbx")
    }

    @Test(
        "says the ABHA number that it was derived from",
        arguments: [
            ("91700000000001@abdm", 91_700_000_000_001),
            ("00000000000001@sbx", 1),
            ("00000000000000@sbx", nil),
            ("9170000000000@sbx", nil),
            ("917000000000012@sbx", nil),
            ("9170000000000a@sbx", nil),
            ("91-7000-0000-0@sbx", nil),
            ("kiranma@sbx", nil),
            ("12345678901234", nil),
        ] as [(String, UInt64?)])
    func derivedNumber(address: String, digits: UInt64?) {
        let bytes = Array(address.utf8)
        let number = ABHAAddress.derivedNumber(bytes.span)
        #expect(number?.digits == digits)
    }

    @Test("survives its own normal form", arguments: 0..<16 as Range<UInt64>)
    func normalFormIsStable(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let letters = Array("abcXYZ019._-".utf8)
        for _ in 0..<50 {
            let name = (0..<Int.random(in: 1...59, using: &random)).map { _ in
                letters.randomElement(using: &random) ?? 97
            }
            let domain = ["@sbx", "@ABDM", "@Ndhm"].randomElement(using: &random) ?? "@sbx"
            let text = String(decoding: name, as: UTF8.self) + domain
            #expect(Parsing.address(text) == .success(text.lowercased()))
            #expect(Parsing.address(text.lowercased()) == .success(text.lowercased()))
        }
    }
}
