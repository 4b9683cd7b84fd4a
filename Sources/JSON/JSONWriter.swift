/// Writes one JSON document after another into a buffer that is kept.
public struct JSONWriter: ~Copyable {
    private var buffer: [UInt8] = []

    /// An empty writer.
    public init() {}

    /// The bytes written since the last `reset`.
    public var bytes: Span<UInt8> {
        @_lifetime(borrow self) get { buffer.span }
    }

    /// Forgets what was written and keeps the memory.
    public mutating func reset() { buffer.removeAll(keepingCapacity: true) }

    /// Opens an object; a comma is written where one is due.
    public mutating func beginObject() {}
    /// Closes an object.
    public mutating func endObject() {}
    /// Opens an array.
    public mutating func beginArray() {}
    /// Closes an array.
    public mutating func endArray() {}
    /// A member's name.
    public mutating func key(_ name: StaticString) {}
    /// A member's name that is only known at run time.
    public mutating func key(_ name: Span<UInt8>) {}
    /// A string.
    public mutating func string(_ text: Span<UInt8>) {}
    /// A string.
    public mutating func string(_ text: String) {}
    /// A string of our own that needs no escapes.
    public mutating func string(_ text: StaticString) {}
    /// An integer.
    public mutating func integer(_ value: Int) {}
    /// A number with at most `decimals` digits after the point.
    public mutating func decimal(_ value: Double, decimals: Int) {}
    /// A Boolean.
    public mutating func boolean(_ value: Bool) {}
    /// A null.
    public mutating func null() {}
    /// Bytes outside of any document, such as the line feed between two of them.
    public mutating func raw(_ text: StaticString) {}
}
