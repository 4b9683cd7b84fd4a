import TestSupport
import Testing

@testable import Index

@Suite("Numbered texts")
struct NumberedTextsTests {
    private func find(_ text: [UInt8], in texts: borrowing NumberedTexts) -> Int? {
        texts.find(text.span)
    }

    private func add(_ text: [UInt8], to texts: inout NumberedTexts) -> Int? {
        texts.findOrAdd(text.span)
    }

    private func bytes(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }

    /// Few letters and lengths round those that a hash takes at a time, the empty text among them.
    private func text(_ random: inout SplitMix64) -> [UInt8] {
        let lengths = [0, 1, 2, 3, 7, 8, 9, 16, 255]
        let length = lengths.randomElement(using: &random) ?? 0
        return (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next() % 3) }
    }

    @Test(
        "have the numbers of a dictionary, in the order in which they came",
        arguments: 0..<8 as Range<UInt64>, [1, 33, 1000])
    func agreesWithDictionary(seed: UInt64, countMax: Int) {
        var random = SplitMix64(seed: seed)
        var texts = NumberedTexts(hash: KeyHash(seed: seed), countMax: countMax)
        var twin: [[UInt8]: Int] = [:]
        for _ in 0..<3000 {
            let text = text(&random)
            guard random.next() % 2 == 0 else {
                let found = find(text, in: texts)
                #expect(found == twin[text])
                continue
            }
            if twin[text] == nil, twin.count < countMax { twin[text] = twin.count }
            let number = add(text, to: &texts)
            #expect(number == twin[text])
        }
        let count = texts.count
        #expect(count == twin.count)
        for (text, number) in twin {
            let kept = bytes(texts.text(number))
            #expect(kept == text)
        }
        // Another set of them, as a file brings them back.
        let again = NumberedTexts(
            hash: KeyHash(seed: seed &+ 1), countMax: countMax, all: texts.all,
            starts: texts.allStarts)
        let countAgain = again.count
        #expect(countAgain == count)
        for (text, number) in twin {
            let found = find(text, in: again)
            #expect(found == number)
        }
    }
}
