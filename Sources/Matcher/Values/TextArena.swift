/// Where one text stands inside a `TextArena`.
public struct TextRange: Hashable, Sendable, BitwiseCopyable {
    /// The first byte's offset.
    public let start: Int
    /// How many bytes there are.
    public let count: Int

    /// A range of `count` bytes from `start`.
    @inlinable @inline(__always)
    public init(start: Int, count: Int) {
        self.start = start
        self.count = count
    }

    /// No text at all: what stands for an absent value.
    @inlinable public static var empty: TextRange { TextRange(start: 0, count: 0) }

    /// Whether there is no text.
    @inlinable public var isEmpty: Bool { count == 0 }
}

/// Normalised texts one after the other, in memory that is kept from one use to the next.
///
/// The values of a request or of a row are written here once, at the door, so that a decision
/// needs no `String` and no allocation.
@safe public struct TextArena: ~Copyable {
    // Not an array: it would ask at each byte whether it is shared.
    @usableFromInline var start: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    @usableFromInline var used = 0

    /// How many bytes are in use.
    @inlinable public var count: Int { used }

    /// An empty arena that will grow to the largest use.
    ///
    /// - Parameter capacityBytes: >= 0.
    public init(capacityBytes: Int = 1024) {
        precondition(capacityBytes >= 0)
        capacity = max(capacityBytes, 8)
        unsafe start = .allocate(capacity: capacity)
    }

    @inlinable deinit { unsafe start.deallocate() }

    /// The bytes of a range that this arena handed out since its last `reset`.
    @inlinable @inline(__always)
    @_lifetime(borrow self)
    public func bytes(_ range: TextRange) -> Span<UInt8> {
        precondition(
            range.start >= 0 && range.count >= 0 && range.count <= used
                && range.start <= used - range.count, "a range of another text")
        let span = unsafe Span(
            _unsafeStart: UnsafePointer(start + range.start), count: range.count)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The byte at an offset below `count`.
    @inlinable @inline(__always)
    public func byte(at offset: Int) -> UInt8 {
        precondition(UInt(bitPattern: offset) < UInt(bitPattern: used))
        return unsafe start[offset]
    }

    /// Forgets all texts and keeps the memory.
    @inlinable @inline(__always)
    public mutating func reset() { used = 0 }

    /// Adds one byte.
    @inlinable @inline(__always)
    public mutating func append(_ byte: UInt8) {
        if used == capacity { grow(1) }
        unsafe start[used] = byte
        used += 1
    }

    /// Adds a text.
    @inlinable @inline(__always)
    public mutating func append(_ text: Span<UInt8>) -> TextRange {
        let range = TextRange(start: used, count: text.count)
        if capacity - used < text.count { grow(text.count) }
        unsafe text.withUnsafeBufferPointer { text in
            guard let source = text.baseAddress else { return }
            unsafe (start + used).update(from: source, count: text.count)
        }
        used += text.count
        return range
    }

    /// Adds a text with the letters of ASCII in lower case.
    @inline(__always)
    mutating func append(lowercasing text: Span<UInt8>) -> TextRange {
        let range = TextRange(start: used, count: text.count)
        // Sixteen bytes are stored at a time.
        if capacity - used < text.count + 16 { grow(text.count + 16) }
        let place = unsafe UnsafeMutableRawPointer(start + used)
        // The last sixteen may overlap the ones before; there are none in a shorter text.
        let last = max(text.count - 16, 0)
        var offset = 0
        while true {
            let bytes = ASCII.lowercased(text.sixteen(from: offset, filler: 0))
            unsafe place.storeBytes(of: bytes, toByteOffset: offset, as: SIMD16<UInt8>.self)
            if offset == last { break }
            offset = min(offset + 16, last)
        }
        used += text.count
        return range
    }

    /// Sixteen bytes from an offset on, of which those behind the texts mean nothing; of a text that was added by
    /// `append(lowercasing:)`, which leaves so many to be read.
    @inline(__always)
    func sixteen(from offset: Int) -> SIMD16<UInt8> {
        precondition(offset >= 0 && offset <= capacity - 16)
        return unsafe UnsafeRawPointer(start).loadUnaligned(
            fromByteOffset: offset, as: SIMD16<UInt8>.self)
    }

    /// Eight bytes from an offset on as one number, the first one lowest; else as `sixteen(from:)`.
    @inline(__always)
    func eight(from offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset <= capacity - 8)
        return UInt64(
            littleEndian: unsafe UnsafeRawPointer(start).loadUnaligned(
                fromByteOffset: offset, as: UInt64.self))
    }

    /// Everything that was added since `start`.
    @inlinable @inline(__always)
    public func range(from start: Int) -> TextRange {
        TextRange(start: start, count: used - start)
    }

    /// Takes back what was added since `start`.
    @inlinable @inline(__always)
    public mutating func truncate(to start: Int) {
        precondition(start >= 0 && start <= used)
        used = start
    }

    @usableFromInline @inline(never)
    mutating func grow(_ room: Int) {
        let larger = max(capacity * 2, used + room)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe moved.update(from: start, count: used)
        unsafe start.deallocate()
        unsafe start = unsafe moved
        capacity = larger
    }
}

// Owned by one place; only its mutating methods write.
extension TextArena: @unchecked Sendable {}
