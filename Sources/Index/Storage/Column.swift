internal import Glibc

/// One column of fixed-size values in memory of its own, without a Swift array's header, slack or
/// copy-on-write.
///
/// Grows through `realloc`, which for large blocks moves pages and not bytes, so that loading ten
/// million rows never holds two copies. Large blocks ask for huge pages: a look-up lands on a random
/// page, and with 4 KiB pages half of its cost is the translation.
///
/// `@unchecked Sendable`: owned by one builder while it changes, by one immutable image afterwards.
@safe package struct Column<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    private var base: UnsafeMutablePointer<Element>?
    /// How many values it holds.
    package private(set) var count = 0
    private var capacity = 0

    /// An empty column.
    package init() {
        unsafe base = nil
    }

    /// A column of `count` equal values that starts at a page's, and so at a cache line's, border.
    package init(repeating value: Element, count: Int) {
        unsafe base = nil
        guard count > 0 else { return }
        let bytes = count * MemoryLayout<Element>.stride
        let alignment = bytes >= Self.hugePageBytes ? Self.hugePageBytes : 4096
        var memory: UnsafeMutableRawPointer?
        guard unsafe posix_memalign(&memory, alignment, bytes) == 0, let memory = unsafe memory
        else {
            fatalError("out of memory")
        }
        unsafe Self.advise(memory, bytes, MADV_HUGEPAGE)
        unsafe base = memory.bindMemory(to: Element.self, capacity: count)
        unsafe base?.initialize(repeating: value, count: count)
        self.count = count
        capacity = count
    }

    deinit { unsafe free(base) }

    /// The values, lent.
    package var span: Span<Element> {
        @_lifetime(borrow self) get {
            let span = unsafe Span(_unsafeStart: base ?? Self.nowhere, count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// The value at an offset below `count`.
    package subscript(offset: Int) -> Element {
        @inline(__always) get {
            precondition(UInt(bitPattern: offset) < UInt(bitPattern: count))
            return unsafe base.unsafelyUnwrapped[offset]
        }
        @inline(__always) set {
            precondition(UInt(bitPattern: offset) < UInt(bitPattern: count))
            unsafe base.unsafelyUnwrapped[offset] = newValue
        }
    }

    /// Adds one value at the end.
    @inline(__always)
    package mutating func append(_ value: Element) {
        if count == capacity { grow(toHold: count + 1) }
        unsafe (base.unsafelyUnwrapped + count).initialize(to: value)
        count += 1
    }

    /// Adds values at the end.
    @inline(__always)
    package mutating func append(_ values: Span<Element>) {
        if count + values.count > capacity { grow(toHold: count + values.count) }
        for index in values.indices {
            unsafe (base.unsafelyUnwrapped + count + index).initialize(to: values[index])
        }
        count += values.count
    }

    /// Takes back the values from `count` on.
    package mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= self.count)
        self.count = count
    }

    /// Gives back the memory that growth had reserved, and gathers what stays into huge pages.
    ///
    /// A block that `realloc` moved lies on small pages again: the system parts huge ones that come to
    /// stand across a border.
    ///
    /// - Complexity: O(count) where pages are gathered.
    package mutating func trim() {
        guard count > 0 else { return }
        if count < capacity { reallocate(capacity: count) }
        unsafe Self.advise(base, bytes, Self.collapse)
    }

    /// The address of a value, for prefetching only.
    @unsafe package func address(of offset: Int) -> UnsafeRawPointer? {
        unsafe base.map { unsafe UnsafeRawPointer($0 + offset) }
    }

    /// Bytes of memory that the values take.
    package var bytes: Int { capacity * MemoryLayout<Element>.stride }

    private mutating func grow(toHold needed: Int) {
        reallocate(capacity: max(needed, capacity + capacity / 2, 64))
    }

    private mutating func reallocate(capacity: Int) {
        let bytes = capacity * MemoryLayout<Element>.stride
        guard let memory = unsafe realloc(base, bytes) else { fatalError("out of memory") }
        unsafe Self.advise(memory, bytes, MADV_HUGEPAGE)
        unsafe base = memory.bindMemory(to: Element.self, capacity: capacity)
        self.capacity = capacity
    }

    private static var hugePageBytes: Int { 2 << 20 }

    /// MADV_COLLAPSE of Linux 6.1, for which glibc 2.36 has no name; an older system refuses it.
    private static var collapse: CInt { 25 }

    /// Tells the system something about the whole huge pages of a block.
    private static func advise(
        _ memory: UnsafeMutableRawPointer?, _ bytes: Int, _ advice: CInt
    ) {
        guard bytes >= 2 * hugePageBytes else { return }
        let mask = UInt(hugePageBytes - 1)
        let start = (UInt(bitPattern: memory) + mask) & ~mask
        let end = (UInt(bitPattern: memory) + UInt(bytes)) & ~mask
        guard end > start, let aligned = unsafe UnsafeMutableRawPointer(bitPattern: start) else {
            return
        }
        // Only advice: where the system has no huge pages the column works with small ones.
        unsafe madvise(aligned, Int(end - start), advice)
    }

    /// Where the span of an empty column points; never read.
    private static var nowhere: UnsafeMutablePointer<Element> {
        unsafe UnsafeMutablePointer(
            bitPattern: MemoryLayout<Element>.alignment
        ).unsafelyUnwrapped
    }
}
