internal import CSimdJSON

/// A JSON parser together with the one document that it parsed last.
///
/// Memory grows with the longest text ever parsed (15 to 30 bytes for each of its bytes, 80 KiB at
/// first use) and is kept, so that parsing the next document allocates nothing.
@safe public struct JSONDocument: ~Copyable {
    private let parser: OpaquePointer
    @usableFromInline var tape: JSONTape?
    @usableFromInline var generation: UInt32
    /// Whether the document that was parsed last has an escape anywhere, in a name or a string.
    ///
    /// Only an escape can write a quotation mark, a backslash or a control character such as NUL.
    public private(set) var hasEscapes = false

    /// An empty parser that grows with the largest document it is given.
    public init() {
        guard let parser = unsafe csimdjson_create() else {
            preconditionFailure("out of memory for a JSON parser")
        }
        unsafe self.parser = unsafe parser
        // Parsers start far apart, so that one's nodes are strangers to the others.
        let address = UInt(bitPattern: parser)
        generation = UInt32(truncatingIfNeeded: (address >> 4) &* 0x9E37_79B9)
    }

    deinit { unsafe csimdjson_destroy(parser) }

    /// Parses one document and forgets the one before.
    ///
    /// Accepts RFC 8259 without extensions: no byte order mark, no comments, valid UTF-8 only, paired
    /// surrogates only, integers of -2^63 ..< 2^64, finite doubles. Of two members of the same name
    /// both are kept.
    ///
    /// - Parameter text: 1 ..< 2^32 bytes, nested at most 1024 deep; copied, not kept.
    /// - Throws: `JSONError`; the document is then empty, and asking for its `root` traps.
    /// - Complexity: O(text.count) time; no allocation unless the text is longer than any before.
    public mutating func parse(_ text: Span<UInt8>) throws(JSONError) {
        tape = nil
        generation &+= 1
        var parsed = unsafe csimdjson_document()
        let code = unsafe text.withUnsafeBufferPointer { text in
            unsafe csimdjson_parse(parser, text.baseAddress, text.count, &parsed)
        }
        guard code == 0, let words = unsafe parsed.tape, let strings = unsafe parsed.strings else {
            throw JSONError(reason: unsafe String(cString: csimdjson_error_message(code)))
        }
        hasEscapes = unsafe parsed.has_escapes
        tape = unsafe JSONTape(
            words: words, wordCount: parsed.tape_count, strings: strings,
            stringsCapacity: parsed.strings_capacity)
    }

    /// The outermost value; the document must have been parsed.
    public var root: JSONNode {
        precondition(tape != nil, "no document was parsed")
        // Word 0 is simdjson's own.
        return JSONNode(tapeIndex: 1, generation: generation)
    }

    /// The kind of a node.
    @inlinable @inline(__always)
    public func kind(of node: JSONNode) -> JSONKind {
        switch tape(for: node).tag(at: node.tapeIndex) {
        case JSONTape.Tag.object: .object
        case JSONTape.Tag.array: .array
        case JSONTape.Tag.string: .string
        case JSONTape.Tag.signed, JSONTape.Tag.unsigned: .integer
        case JSONTape.Tag.double: .double
        case JSONTape.Tag.yes, JSONTape.Tag.no: .boolean
        case JSONTape.Tag.null: .null
        default: preconditionFailure("a node that is not a value")
        }
    }

    /// Whether a node is of a kind: for one that is written in the source, a single comparison.
    @inlinable @inline(__always)
    public func node(_ node: JSONNode, is kind: JSONKind) -> Bool {
        let tag = tape(for: node).tag(at: node.tapeIndex)
        return switch kind {
        case .object: tag == JSONTape.Tag.object
        case .array: tag == JSONTape.Tag.array
        case .string: tag == JSONTape.Tag.string
        case .integer: tag == JSONTape.Tag.signed || tag == JSONTape.Tag.unsigned
        case .double: tag == JSONTape.Tag.double
        case .boolean: tag == JSONTape.Tag.yes || tag == JSONTape.Tag.no
        case .null: tag == JSONTape.Tag.null
        }
    }

    /// The tape, once it is certain that the node is one of this document.
    @inlinable @inline(__always)
    func tape(for node: JSONNode) -> JSONTape {
        precondition(node.generation == generation, "a node of another document")
        guard let tape else { preconditionFailure("no document was parsed") }
        return tape
    }
}

// Owned by one place, and only `parse` writes; everything else reads what nothing changes meanwhile.
extension JSONDocument: @unchecked Sendable {}
