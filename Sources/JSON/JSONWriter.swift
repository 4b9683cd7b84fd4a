/// Writes one JSON document after another into a buffer that is kept.
///
/// Commas and colons come by themselves. A call that would break the grammar (a member without its
/// key, a brace that does not match, nesting deeper than 63) is a mistake in the program and traps.
/// Once the buffer has grown to the longest document, writing allocates nothing.
public struct JSONWriter: ~Copyable, Sendable {
    @usableFromInline var buffer = JSONBuffer(capacity: 1024)
    @usableFromInline var nesting = JSONNesting()

    /// An empty writer.
    public init() {}

    /// The bytes written since the last `reset`.
    public var bytes: Span<UInt8> {
        @_lifetime(borrow self) get { buffer.span }
    }

    /// Whether every brace is closed and the last document has a value.
    public var isComplete: Bool { nesting.isComplete }

    /// Forgets what was written and keeps the memory.
    public mutating func reset() {
        buffer.removeAll()
        nesting = JSONNesting()
    }

    /// A copy of the bytes for someone who keeps them; the writer is then reset.
    public mutating func take() -> [UInt8] {
        let copy = unsafe buffer.span.withUnsafeBufferPointer { unsafe Array($0) }
        reset()
        return copy
    }

    /// Opens an object; a comma is written where one is due.
    @inlinable @inline(__always)
    public mutating func beginObject() {
        let needsComma = nesting.value()
        nesting.open(object: true)
        buffer.append(UInt8(ascii: "{"), afterComma: needsComma)
    }

    /// Closes an object.
    @inlinable @inline(__always)
    public mutating func endObject() {
        nesting.close(object: true)
        buffer.append(UInt8(ascii: "}"))
    }

    /// Opens an array.
    @inlinable @inline(__always)
    public mutating func beginArray() {
        let needsComma = nesting.value()
        nesting.open(object: false)
        buffer.append(UInt8(ascii: "["), afterComma: needsComma)
    }

    /// Closes an array.
    @inlinable @inline(__always)
    public mutating func endArray() {
        nesting.close(object: false)
        buffer.append(UInt8(ascii: "]"))
    }

    /// A member's name of our own.
    ///
    /// - Parameter name: a literal without quotation marks, backslashes and controls: it is written
    ///   as it is. A debug build traps on any other.
    @inlinable @inline(__always)
    public mutating func key(_ name: StaticString) {
        assert(!needsEscapes(name), "a key of ours that needs escapes")
        buffer.append(key: name, afterComma: nesting.key())
    }

    /// A member of our own whose value is a string.
    ///
    /// - Parameters:
    ///   - name: a literal without quotation marks, backslashes and controls: it is written as it is.
    ///     A debug build traps on any other.
    ///   - text: valid UTF-8, as for `string`.
    @inlinable @inline(__always)
    public mutating func member(_ name: StaticString, _ text: Span<UInt8>) {
        assert(!needsEscapes(name), "a key of ours that needs escapes")
        let needsComma = nesting.member()
        unsafe text.withUnsafeBufferPointer {
            unsafe buffer.append(key: name, quoting: $0, afterComma: needsComma)
        }
    }

    /// An object of our own whose two members are strings.
    ///
    /// Same as its parts written one by one.
    ///
    /// - Parameters:
    ///   - firstName: as for `member(_:_:)`.
    ///   - first: valid UTF-8, as for `string`.
    ///   - secondName: as for `member(_:_:)`.
    ///   - second: valid UTF-8, as for `string`.
    @inlinable @inline(__always)
    public mutating func object(
        _ firstName: StaticString, _ first: Span<UInt8>,
        _ secondName: StaticString, _ second: Span<UInt8>
    ) {
        assert(
            !needsEscapes(firstName) && !needsEscapes(secondName),
            "a key of ours that needs escapes")
        buffer.append(UInt8(ascii: "{"), afterComma: nesting.value())
        unsafe first.withUnsafeBufferPointer {
            unsafe buffer.append(key: firstName, quoting: $0, afterComma: false)
        }
        unsafe second.withUnsafeBufferPointer {
            unsafe buffer.append(key: secondName, quoting: $0, afterComma: true)
        }
        buffer.append(UInt8(ascii: "}"))
    }

    /// A member of our own whose value was written before.
    ///
    /// - Parameters:
    ///   - name: as for `member(_:_:)`.
    ///   - value: one whole value, as another writer wrote it; anything else makes the document worthless.
    @inlinable @inline(__always)
    public mutating func member(_ name: StaticString, json value: Span<UInt8>) {
        assert(!needsEscapes(name), "a key of ours that needs escapes")
        buffer.append(key: name, afterComma: nesting.member())
        unsafe value.withUnsafeBufferPointer { unsafe buffer.append($0) }
    }

    /// A member's name that is only known at run time.
    ///
    /// - Parameter name: valid UTF-8.
    public mutating func key(_ name: Span<UInt8>) {
        let needsComma = nesting.key()
        unsafe name.withUnsafeBufferPointer {
            unsafe buffer.append(quoting: $0, afterComma: needsComma)
        }
        buffer.append(UInt8(ascii: ":"))
    }

    /// A Boolean.
    public mutating func boolean(_ value: Bool) {
        beginValue()
        // The bytes of `true` and `false` in the order in which they are stored.
        if value {
            buffer.append(word: 0x6575_7274, length: 4)
        } else {
            buffer.append(word: 0x65_736C_6166, length: 5)
        }
    }

    /// A null.
    public mutating func null() {
        beginValue()
        buffer.append(word: 0x6C6C_756E, length: 4)
    }

    /// Bytes outside of any document, such as the line feed between two of them.
    public mutating func raw(_ text: StaticString) {
        nesting.separator()
        text.withUTF8Buffer { unsafe buffer.append($0) }
    }

    @inline(__always)
    mutating func beginValue() {
        if nesting.value() { buffer.append(UInt8(ascii: ",")) }
    }
}

/// Whether a text would not be the same inside of a JSON string.
@usableFromInline
func needsEscapes(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes in
        unsafe bytes.contains { needsEscape($0) }
    }
}
