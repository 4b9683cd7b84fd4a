internal import JSON
internal import TestSupport
internal import Testing

@Suite("A JSON document that is written and parsed again")
struct JSONRoundTripTests {
    @Test(
        "is the same tree, and the text is what the plain twin writes",
        arguments: 0..<64 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var document = JSONDocument()
        var writer = JSONWriter()
        for _ in 0..<20 {
            let sample = JSONSample.random(depth: 6, using: &random)
            writer.reset()
            sample.write(to: &writer)
            let isComplete = writer.isComplete
            #expect(isComplete)
            let text = String(decoding: writer.take(), as: UTF8.self)
            #expect(text == sample.text)

            try document.parse(text.utf8.span)
            let read = JSONSample(document.root, in: document)
            #expect(read == sample)
        }
    }

    @Test("may hold a string of a megabyte", arguments: ["a", "\\", "\u{1}", "😀"])
    func hugeString(unit: String) throws {
        let count = 1_048_576 / unit.utf8.count
        let text = String(repeating: unit, count: count) + "end"
        var writer = JSONWriter()
        writer.string(text)
        var document = JSONDocument()
        try document.parse(writer.bytes)
        let length = document.bytes(of: document.root).count
        #expect(length == text.utf8.count)
        let read = document.text(of: document.root)
        #expect(read == text)
    }
}
