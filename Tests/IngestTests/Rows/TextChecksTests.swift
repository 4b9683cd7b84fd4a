import TestSupport
import Testing

@testable import Ingest

@Suite("Checks of texts")
struct TextChecksTests {
    @Test("plain ASCII is every byte from 1 to 127, wherever it stands", arguments: 0...40)
    func plainASCII(length: Int) {
        var random = SplitMix64(seed: UInt64(length))
        let text = (0..<length).map { _ in UInt8.random(in: 1...0x7F, using: &random) }
        let isPlainThroughout = text.span.isPlainASCII
        #expect(isPlainThroughout)
        for place in text.indices {
            for byte: UInt8 in [0, 1, 0x7F, 0x80, 0x81, 0xC3, 0xFF] {
                var changed = text
                changed[place] = byte
                let expected = changed.allSatisfy { $0 > 0 && $0 < 0x80 }
                let isPlain = changed.span.isPlainASCII
                #expect(isPlain == expected, "byte \(byte) at \(place)")
            }
        }
    }
}
