/// Values one after the other, in memory that is kept from one use to the next.
///
/// What an array would be, without its reference count: several threads that work side by side share
/// nothing here, and a write asks for no uniqueness. Every access is checked against `count`.
@safe public struct ScratchList<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<Element>
    @usableFromInline var capacity: Int
    @usableFromInline var used = 0

    /// How many values it holds.
    @inlinable public var count: Int { used }

    /// An empty list that will grow to the largest use.
    ///
    /// - Parameter capacity: in values, > 0.
    public init(capacity: Int) {
        precondition(capacity > 0)
        unsafe start = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    @inlinable deinit { unsafe start.deallocate() }

    /// Whether it holds nothing.
    @inlinable public var isEmpty: Bool { used == 0 }

    /// The places of its values.
    @inlinable public var indices: Range<Int> { 0..<used }

    /// The values, lent.
    public var span: Span<Element> {
        @inlinable @inline(__always) @_lifetime(borrow self) get {
            let span = unsafe Span(_unsafeStart: UnsafePointer(start), count: used)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// The value at a place below `count`.
    public subscript(place: Int) -> Element {
        @inlinable @inline(__always) get {
            precondition(UInt(bitPattern: place) < UInt(bitPattern: used))
            return unsafe start[place]
        }
        @inlinable @inline(__always) _modify {
            precondition(UInt(bitPattern: place) < UInt(bitPattern: used))
            yield unsafe &start[place]
        }
    }

    /// Adds a value at the end.
    @inlinable @inline(__always)
    public mutating func append(_ value: Element) {
        if used == capacity { grow() }
        unsafe (start + used).initialize(to: value)
        used += 1
    }

    /// Adds a value at the end, or does not, without a jump: where it is chance that would be mispredicted.
    @inlinable @inline(__always)
    public mutating func append(_ value: Element, if isWanted: Bool) {
        if used == capacity { grow() }
        unsafe (start + used).initialize(to: value)
        used += isWanted ? 1 : 0
    }

    /// Puts a value before the one at a place from 0 to the count.
    public mutating func insert(_ value: Element, at place: Int) {
        precondition(place >= 0 && place <= used)
        append(value)
        var index = used - 1
        while index > place {
            self[index] = self[index - 1]
            index -= 1
        }
        self[place] = value
    }

    /// Forgets the values and keeps the memory.
    @inlinable @inline(__always)
    public mutating func removeAll() { used = 0 }

    /// Forgets the values from a place on.
    public mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= used)
        used = count
    }

    /// Fills all of the memory with one value.
    public mutating func fill(with value: Element) {
        unsafe start.initialize(repeating: value, count: capacity)
        used = capacity
    }

    /// Lends the values to code that writes over them.
    @unsafe public mutating func withUnsafeMutable<Result>(
        _ body: (UnsafeMutablePointer<Element>) -> Result
    ) -> Result {
        unsafe body(start)
    }

    @usableFromInline @inline(never)
    mutating func grow() {
        let larger = capacity * 2
        let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        unsafe moved.initialize(from: start, count: used)
        unsafe start.deallocate()
        unsafe start = unsafe moved
        capacity = larger
    }
}

// Owned by one place; only its mutating methods write.
extension ScratchList: @unchecked Sendable where Element: Sendable {}
