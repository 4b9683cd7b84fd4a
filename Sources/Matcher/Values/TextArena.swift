/// Where one text stands inside a `TextArena`.
public struct TextRange: Hashable, Sendable {
    /// The first byte's offset.
    public let start: Int
    /// How many bytes there are.
    public let count: Int

    /// A range of `count` bytes from `start`.
    public init(start: Int, count: Int) {
        self.start = start
        self.count = count
    }

    /// No text at all: what stands for an absent value.
    public static let empty = TextRange(start: 0, count: 0)

    /// Whether there is no text.
    public var isEmpty: Bool { count == 0 }
}

/// Normalised texts one after the other, in memory that is kept from one use to the next.
///
/// The values of a request or of a row are written here once, at the door, so that a decision
/// needs no `String` and no allocation.
public struct TextArena: ~Copyable, Sendable {
    private var storage: [UInt8] = []

    /// An empty arena that will grow to the largest use.
    public init(capacityBytes: Int = 1024) {
        storage.reserveCapacity(capacityBytes)
    }

    /// How many bytes are in use.
    public var count: Int { storage.count }

    /// The bytes of a range that this arena handed out since its last `reset`.
    @_lifetime(borrow self)
    public func bytes(_ range: TextRange) -> Span<UInt8> {
        storage.span.extracting(range.start..<range.start + range.count)
    }

    /// The byte at an offset below `count`.
    public func byte(at offset: Int) -> UInt8 { storage[offset] }

    /// Forgets all texts and keeps the memory.
    public mutating func reset() {
        storage.removeAll(keepingCapacity: true)
    }

    /// Adds one byte.
    public mutating func append(_ byte: UInt8) {
        storage.append(byte)
    }

    /// Adds a text.
    public mutating func append(_ text: Span<UInt8>) -> TextRange {
        let start = storage.count
        unsafe text.withUnsafeBufferPointer { unsafe storage.append(contentsOf: $0) }
        return TextRange(start: start, count: text.count)
    }

    /// Everything that was added since `start`.
    public func range(from start: Int) -> TextRange {
        TextRange(start: start, count: storage.count - start)
    }

    /// Takes back what was added since `start`.
    public mutating func truncate(to start: Int) {
        storage.removeSubrange(start...)
    }
}
