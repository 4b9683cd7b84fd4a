extension JSONWriter {
    /// A string.
    ///
    /// - Parameter text: valid UTF-8, such as `JSONDocument.bytes(of:)` lends; for bytes of unknown
    ///   origin see `string(repairing:)`.
    public mutating func string(_ text: Span<UInt8>) {
        let needsComma = nesting.value()
        unsafe text.withUnsafeBufferPointer {
            unsafe buffer.append(quoting: $0, afterComma: needsComma)
        }
    }

    /// A string.
    public mutating func string(_ text: String) {
        // Lends the string's own bytes: nothing is copied.
        let bytes = text.utf8.span
        string(bytes)
    }

    /// A member of our own whose value is a string, or null.
    ///
    /// - Parameters:
    ///   - name: as for `member(_:_:)` with bytes.
    ///   - text: null is written for nil.
    public mutating func member(_ name: StaticString, _ text: String?) {
        key(name)
        if let text { string(text) } else { null() }
    }

    /// A member of our own whose value is a string of a document.
    ///
    /// Same as with the string's bytes. Those of a document without escapes need none here either, and
    /// are copied as they are.
    ///
    /// - Parameters:
    ///   - name: as for `member(_:_:)` with bytes.
    ///   - node: a node of the kind `string`; any other traps.
    ///   - document: whose node it is.
    @inlinable @inline(__always)
    public mutating func member(
        _ name: StaticString, _ node: JSONNode, of document: borrowing JSONDocument
    ) {
        let text = document.bytes(of: node)
        if document.hasEscapes { return member(name, text) }
        assert(!needsEscapes(name), "a key of ours that needs escapes")
        let needsComma = nesting.member()
        unsafe text.withUnsafeBufferPointer {
            unsafe buffer.append(key: name, plain: $0, afterComma: needsComma)
        }
    }

    /// A string of our own.
    ///
    /// - Parameter text: a literal without quotation marks, backslashes and controls: it is written
    ///   as it is. A debug build traps on any other.
    @inlinable @inline(__always)
    public mutating func string(_ text: StaticString) {
        assert(!needsEscapes(text), "a string of ours that needs escapes")
        buffer.append(plain: text, afterComma: nesting.value())
    }

    /// A string from bytes that may not be UTF-8, such as a header's.
    ///
    /// Each longest piece that begins no character becomes one U+FFFD, as in `String(decoding:as:)`.
    public mutating func string(repairing text: Span<UInt8>) {
        beginValue()
        unsafe text.withUnsafeBufferPointer { text in
            buffer.append(UInt8(ascii: "\""))
            var validStart = 0
            var offset = 0
            while offset < text.count {
                switch unsafe scalarLength(in: text, at: offset) {
                case .valid(let length):
                    offset += length
                case .invalid(let length):
                    unsafe buffer.append(
                        partOfString: UnsafeBufferPointer(rebasing: text[validStart..<offset]))
                    // The UTF-8 of U+FFFD in the order in which it is stored.
                    buffer.append(word: 0xBD_BFEF, length: 3)
                    offset += length
                    validStart = offset
                }
            }
            unsafe buffer.append(
                partOfString: UnsafeBufferPointer(rebasing: text[validStart..<offset]))
            buffer.append(UInt8(ascii: "\""))
        }
    }
}

/// What stands at a place in a text that should be UTF-8, and for how many bytes.
private enum ScalarLength {
    case valid(Int)
    case invalid(Int)
}

/// Measures the scalar at an offset, or the longest beginning of one.
///
/// - Source: The Unicode Standard 15.0, table 3-7 (well-formed byte sequences) and section 3.9 on
///   the substitution of maximal subparts.
private func scalarLength(in text: UnsafeBufferPointer<UInt8>, at offset: Int) -> ScalarLength {
    let lead = unsafe text[offset]
    // The second byte's range is narrower after some leads: no overlong form, surrogate or > U+10FFFF.
    let second: ClosedRange<UInt8>
    let length: Int
    switch lead {
    case 0x00...0x7F: return .valid(1)
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return .invalid(1)
    }
    guard offset + 1 < text.count, unsafe second ~= text[offset + 1] else { return .invalid(1) }
    var found = 2
    while found < length {
        guard offset + found < text.count, unsafe 0x80...0xBF ~= text[offset + found] else {
            return .invalid(found)
        }
        found += 1
    }
    return .valid(length)
}
