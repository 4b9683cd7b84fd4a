import TestSupport
import Testing

@testable import Matcher

@Suite("Tokens written in one piece")
struct JoinedTokensTests {
    @Test(
        "sound like letters of both, and like all that sound like themselves alone",
        arguments: 0..<20 as Range<UInt64>)
    func seams(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var memo = TokenMemo()
        var tokens = NameTokens()
        let alphabet = Array("abcdefghijklmnopqrstuvwxyzawhnpdyce0123456789\u{0}é".utf8)
        for round in 0..<500 {
            let lettersMax = round % 10 == 0 ? 30 : 6
            let words = (0..<2).map { _ -> [UInt8] in
                (0..<Int.random(in: 1...lettersMax, using: &random)).map { _ in
                    alphabet.randomElement(using: &random) ?? 0x61
                }
            }
            let name = Array(words.joined(separator: [0x20]))
            tokens.read(name.span, 0..<name.count, &memo)
            guard tokens.count == 2 else { continue }
            for (first, second) in [(0, 1), (1, 0)] {
                let (a, b) = (tokens[first], tokens[second])
                let joined = JoinedTokens.joined(a, b, tokens, memo)
                #expect(joined.mask & ~(a.sounds | b.sounds) == 0, "\(shown(name)), \(first)")
                guard joined.count < TokenSkeleton.lettersWhole else { continue }
                let plain = (a.written | b.written) & TokenSkeleton.plainLetters
                #expect(plain & ~joined.mask == 0, "\(shown(name)), \(first)")
            }
            let letters = NameLetterSets(tokens)
            let text = Array(words.joined())
            let whole = TokenSkeleton(text.span)
            #expect(whole.mask & ~letters.sounds == 0, "\(shown(name))")
            #expect(letters.plain & ~whole.mask == 0, "\(shown(name))")
        }
    }

    @Test("the sizes of the two shortest tokens are found in any order")
    func sizes() {
        for order in [[3, 5, 9], [3, 9, 5], [5, 3, 9], [5, 9, 3], [9, 3, 5], [9, 5, 3]] {
            var sizes = FreeSizes()
            for size in order { sizes.add(size) }
            #expect(sizes.longest == 9)
            #expect(sizes.mayMake(6) && !sizes.mayMake(5), "\(order)")
        }
        var one = FreeSizes()
        one.add(4)
        #expect(!one.mayMake(NameTokens.bytesMax))
    }
}
