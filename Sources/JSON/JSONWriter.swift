/// Writes one JSON document after another into a buffer that is kept.
///
/// Commas and colons come by themselves. A call that would break the grammar (a member without its
/// key, a brace that does not match, nesting deeper than 63) is a mistake in the program and traps.
/// Once the buffer has grown to the longest document, writing allocates nothing.
public struct JSONWriter: ~Copyable, Sendable {
    var buffer = JSONBuffer(capacity: 1024)
    private var nesting = JSONNesting()

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
    public mutating func beginObject() {
        beginValue()
        nesting.open(object: true)
        buffer.append(UInt8(ascii: "{"))
    }

    /// Closes an object.
    public mutating func endObject() {
        nesting.close(object: true)
        buffer.append(UInt8(ascii: "}"))
    }

    /// Opens an array.
    public mutating func beginArray() {
        beginValue()
        nesting.open(object: false)
        buffer.append(UInt8(ascii: "["))
    }

    /// Closes an array.
    public mutating func endArray() {
        nesting.close(object: false)
        buffer.append(UInt8(ascii: "]"))
    }

    /// A member's name.
    public mutating func key(_ name: StaticString) {
        beginKey()
        name.withUTF8Buffer { unsafe quote($0) }
        buffer.append(UInt8(ascii: ":"))
    }

    /// A member's name that is only known at run time.
    ///
    /// - Parameter name: valid UTF-8.
    public mutating func key(_ name: Span<UInt8>) {
        beginKey()
        unsafe name.withUnsafeBufferPointer { unsafe quote($0) }
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

    @inline(__always)
    private mutating func beginKey() {
        if nesting.key() { buffer.append(UInt8(ascii: ",")) }
    }

    /// A text between quotation marks, escaped, without the comma before it.
    @inline(__always)
    mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
        buffer.append(UInt8(ascii: "\""))
        unsafe buffer.append(escaping: text)
        buffer.append(UInt8(ascii: "\""))
    }
}
