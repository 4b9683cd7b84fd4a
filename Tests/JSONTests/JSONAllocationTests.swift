internal import AllocationCount
internal import JSON
internal import TestSupport
internal import Testing

@Suite("JSON memory")
struct JSONAllocationTests {
    @Test("the counter sees an allocation")
    func counterWorks() {
        guard allocation_count_works() != 0 else { return }
        let before = allocation_count()
        let bytes = [UInt8](repeating: 1, count: 100 + Int(before % 2))
        let after = allocation_count()
        #expect(bytes.count >= 100)
        #expect(after > before)
    }

    @Test(
        "parsing, walking and writing a document again allocates nothing",
        arguments: [1, 2, 3] as [UInt64])
    func nothingAllocated(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let sample = JSONSample.array(
            (0..<50).map { _ in .random(depth: 4, using: &random) })
        let text = Array(sample.text.utf8)
        var document = JSONDocument()
        var writer = JSONWriter()
        try document.parse(text.span)
        rewrite(document.root, in: document, to: &writer)

        let before = allocation_count()
        for _ in 0..<20 {
            try document.parse(text.span)
            writer.reset()
            rewrite(document.root, in: document, to: &writer)
        }
        let after = allocation_count()
        #expect(after - before == 0)
        let rewritten = writer.take()
        #expect(rewritten == text)
    }

    /// Copies a value of a document, without leaving the two types under test.
    private func rewrite(
        _ node: JSONNode, in document: borrowing JSONDocument, to writer: inout JSONWriter
    ) {
        switch document.kind(of: node) {
        case .object:
            writer.beginObject()
            var members = document.members(of: node)
            while let member = members.next(in: document) {
                writer.key(document.bytes(of: member.name))
                rewrite(member.value, in: document, to: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            var elements = document.elements(of: node)
            while let element = elements.next(in: document) {
                rewrite(element, in: document, to: &writer)
            }
            writer.endArray()
        case .string: writer.string(document.bytes(of: node))
        case .integer: writer.integer(Int(document.integer(of: node) ?? 0))
        case .double: writer.decimal(document.double(of: node) ?? 0, decimals: 9)
        case .boolean: writer.boolean(document.boolean(of: node) ?? false)
        case .null: writer.null()
        }
    }
}
