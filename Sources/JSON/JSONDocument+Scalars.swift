extension JSONDocument {
    /// The unescaped UTF-8 bytes of a string.
    ///
    /// - Parameter string: a node of the kind `string`; any other traps.
    /// - Returns: a view of the document's own memory, valid UTF-8, possibly with zero bytes.
    @_lifetime(borrow self)
    @inlinable @inline(__always)
    public func bytes(of string: JSONNode) -> Span<UInt8> {
        let bytes = unsafe checkedString(string)
        let span = unsafe Span(_unsafeElements: bytes)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The unescaped UTF-8 bytes of a node that may be no string.
    ///
    /// - Returns: as `bytes(of:)`; nil for a node of any other kind.
    @_lifetime(borrow self)
    @inlinable @inline(__always)
    public func bytesIfString(_ node: JSONNode) -> Span<UInt8>? {
        guard let bytes = unsafe tape(for: node).string(at: node.tapeIndex) else { return nil }
        let span = unsafe Span(_unsafeElements: bytes)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// A string's text, copied.
    ///
    /// - Parameter string: a node of the kind `string`; any other traps.
    /// - Returns: the unescaped text.
    public func text(of string: JSONNode) -> String {
        unsafe String(decoding: checkedString(string), as: UTF8.self)
    }

    /// Whether a string consists of exactly these bytes, as a member's name often should.
    ///
    /// - Parameters:
    ///   - string: a node of the kind `string`; any other traps.
    ///   - text: compared byte by byte, without Unicode normalisation.
    /// - Returns: true when they are equal.
    @inlinable @inline(__always)
    public func string(_ string: JSONNode, equals text: StaticString) -> Bool {
        let bytes = unsafe checkedString(string)
        // A literal's length and bytes are known where this is inlined: a few comparisons remain.
        return unsafe equalBytes(
            bytes,
            UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// An integer that fits, or a double without a fraction; nil for anything else.
    ///
    /// - Returns: -2^63 ..< 2^63; of doubles only those of -2^53 ... 2^53, above which the next
    ///   integer is another double.
    public func integer(of node: JSONNode) -> Int64? {
        let tape = tape(for: node)
        switch tape.tag(at: node.tapeIndex) {
        case JSONTape.Tag.signed:
            return Int64(bitPattern: tape.number(at: node.tapeIndex))
        case JSONTape.Tag.unsigned:
            return Int64(exactly: tape.number(at: node.tapeIndex))
        case JSONTape.Tag.double:
            let value = Double(bitPattern: tape.number(at: node.tapeIndex))
            return abs(value) <= 0x1p53 ? Int64(exactly: value) : nil
        default:
            return nil
        }
    }

    /// Any number.
    ///
    /// - Returns: the nearest double, or nil when the node is not a number.
    public func double(of node: JSONNode) -> Double? {
        let tape = tape(for: node)
        switch tape.tag(at: node.tapeIndex) {
        case JSONTape.Tag.signed:
            return Double(Int64(bitPattern: tape.number(at: node.tapeIndex)))
        case JSONTape.Tag.unsigned:
            return Double(tape.number(at: node.tapeIndex))
        case JSONTape.Tag.double:
            return Double(bitPattern: tape.number(at: node.tapeIndex))
        default:
            return nil
        }
    }

    /// A Boolean.
    ///
    /// - Returns: nil when the node is not a Boolean.
    public func boolean(of node: JSONNode) -> Bool? {
        switch tape(for: node).tag(at: node.tapeIndex) {
        case JSONTape.Tag.yes: true
        case JSONTape.Tag.no: false
        default: nil
        }
    }

    @inlinable @inline(__always)
    @unsafe func checkedString(_ node: JSONNode) -> UnsafeBufferPointer<UInt8> {
        guard let bytes = unsafe tape(for: node).string(at: node.tapeIndex) else {
            preconditionFailure("not a JSON string")
        }
        return unsafe bytes
    }
}

extension Span<UInt8> {
    /// Whether these are the bytes of a literal.
    ///
    /// - Complexity: one comparison with most texts of another length, a few with one of the same.
    @inlinable @inline(__always)
    public func equals(_ text: StaticString) -> Bool {
        unsafe withUnsafeBufferPointer {
            unsafe equalBytes(
                $0, UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
    }
}

/// Whether two buffers hold the same bytes; made for names of a few words' length.
@inlinable @inline(__always)
@unsafe func equalBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = b.count
    guard a.count == count else { return false }
    let a = UnsafeRawBufferPointer(a)
    let b = UnsafeRawBufferPointer(b)
    if count < 4 {
        var index = 0
        while index < count {
            if unsafe a[index] != b[index] { return false }
            index += 1
        }
        return true
    }
    // The last word ends at the end and may overlap the one before.
    if count < 8 {
        let last = count - 4
        let low = unsafe a.loadUnaligned(as: UInt32.self) ^ b.loadUnaligned(as: UInt32.self)
        let high =
            unsafe a.loadUnaligned(fromByteOffset: last, as: UInt32.self)
            ^ b.loadUnaligned(fromByteOffset: last, as: UInt32.self)
        return low | high == 0
    }
    var offset = 0
    while offset < count {
        let start = min(offset, count - 8)
        let x = unsafe a.loadUnaligned(fromByteOffset: start, as: UInt64.self)
        let y = unsafe b.loadUnaligned(fromByteOffset: start, as: UInt64.self)
        if x != y { return false }
        offset += 8
    }
    return true
}
