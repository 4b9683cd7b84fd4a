import TestSupport
import Testing

@testable import Matcher

@Suite("Tokens that were met lately")
struct TokenMemoTests {
    @Test(
        "are what they were when they were met first, whatever came between",
        arguments: 0..<10 as Range<UInt64>)
    func same(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var memo = TokenMemo()
        for round in 0..<4000 {
            var text = random.foldedToken(lettersMax: round % 4 == 0 ? 24 : 3)
            // Zeros, digits and parts of letters are no folded text, but must not trap or be confused.
            if round % 8 == 0 { text.append([0, 0x39, 0xC3].randomElement(using: &random) ?? 0) }
            if round % 100 == 0 { text = [0] }
            expectSame(text, &memo)
        }
    }

    @Test("and are told apart from those that end in zeros, or are nothing else")
    func zeros() {
        var memo = TokenMemo()
        for text in [[0], [0x61], [0x61, 0], [0, 0], [0x61, 0, 0], [0], [0x61]] as [[UInt8]] {
            expectSame(text, &memo)
        }
    }

    private func expectSame(_ text: [UInt8], _ memo: inout TokenMemo) {
        var letters = SIMD2<UInt64>()
        for (index, byte) in text.prefix(16).enumerated() {
            letters[index / 8] |= UInt64(byte) << UInt64(8 * (index % 8))
        }
        let isKept = text.count <= TokenMemo.bytesMax
        let place = isKept ? memo.find(letters, text.count) : nil
        let met =
            place.map { memo[$0] }
            ?? (isKept ? memo.take(text.span, letters) : memo.new(text.span))
        if isKept { #expect(memo.find(letters, text.count) != nil, "\(shown(text))") }
        let token = NameToken(text.span, NameLexicon.builtIn)
        let isSame =
            met.skeleton.hash == token.skeleton.hash && met.skeleton.mask == token.skeleton.mask
            && met.skeleton.count == token.skeleton.count && met.place.count == token.place.count
            && met.firstLetter == token.firstLetter && met.isInitial == token.isInitial
            && met.endsInA == token.endsInA && met.known.number == token.known.number
            && met.known.traits == token.known.traits
        #expect(isSame, "\(shown(text))")
    }
}
