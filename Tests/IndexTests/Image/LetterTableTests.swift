@testable internal import Index
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Letters of loaded names")
struct LetterTableTests {
    @Test("are those that the matcher says", arguments: 0..<16 as Range<UInt64>)
    func agreeWithMatcher(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let letters = LetterTable()
        // Every byte, for marks stand between tokens, and letters and spaces more often than all others.
        let bytes = Array(UInt8.min...UInt8.max) + Array("abcdefghijklmnopqrstuvwxyz     ".utf8)
        let isPlain = seed % 2 == 0
        for _ in 0..<2000 {
            let name = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                bytes[isPlain ? 256 + Int(random.next() % 31) : Int(random.next() % 287)]
            }
            let made = letters.letters(of: name.span)
            #expect(made == NameLetters(name.span), "\(name)")
        }
    }

    @Test(
        "of a name with an alias, of a relative, and with one behind it are those that the matcher says",
        arguments: ["Ravi alias Bablu", "Asha w/o Ramesh Gupta", "S/o Mohan Lal", "D/O", "X", ""])
    func folded(name: String) {
        let letters = LetterTable()
        var arena = TextArena()
        let folded = NameFolding.fold(name.utf8.span, into: &arena)
        let bytes = arena.bytes(folded)
        let made = letters.letters(of: bytes)
        #expect(made == NameLetters(bytes))
    }
}
