internal import Glibc
internal import Matcher

/// One column of fixed-size values in memory of its own, without a Swift array's header, slack or
/// copy-on-write.
///
/// A block of more than a huge page is a mapping of its own, see `HugePages`: growing moves its pages and
/// not its bytes, so that loading ten million rows never holds two copies, and a look-up, which lands on
/// a random page, does not spend half of its cost on the translation of small ones.
///
/// `@unchecked Sendable`: owned by one builder while it changes, by one immutable image afterwards.
@safe package struct Column<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
    fileprivate var base: UnsafeMutablePointer<Element>?
    /// How many values it holds.
    package fileprivate(set) var count = 0
    private var capacity = 0
    /// How many bytes are mapped; 0 where the block is one of `malloc`, `lent` where it is somebody else's.
    private var mappedBytes = 0
    private static var lent: Int { -1 }

    /// An empty column.
    package init() {
        unsafe base = nil
    }

    /// A column of `count` equal values that starts at a page's, and so at a cache line's, border.
    package init(repeating value: Element, count: Int) {
        self.init(unwritten: count)
        unsafe base?.initialize(repeating: value, count: count)
    }

    /// A column of `count` values whose bytes are all 0, as `init(repeating:count:)` makes it.
    ///
    /// Fresh mappings are zeroed: each of their pages is then touched first by whoever writes there.
    package init(zeros count: Int) {
        self.init(unwritten: count)
        guard mappedBytes == 0, let base = unsafe base else { return }
        unsafe memset(base, 0, count * MemoryLayout<Element>.stride)
    }

    /// A column of `count` values of which nobody knows anything, but that they are zeros in a mapping.
    private init(unwritten count: Int) {
        unsafe base = nil
        guard count > 0 else { return }
        let bytes = count * MemoryLayout<Element>.stride
        let memory: UnsafeMutableRawPointer
        if bytes > HugePages.pageBytes {
            unsafe (memory, mappedBytes) = HugePages.map(bytes)
        } else {
            var aligned: UnsafeMutableRawPointer?
            guard unsafe posix_memalign(&aligned, 4096, bytes) == 0, let aligned = unsafe aligned
            else { HugePages.outOfMemory() }
            unsafe memory = unsafe aligned
        }
        unsafe base = unsafe memory.bindMemory(to: Element.self, capacity: count)
        self.count = count
        capacity = count
    }

    /// A column of values that somebody else keeps, at least as long, and that nobody changes.
    @unsafe package init(lent start: UnsafePointer<Element>, count: Int) {
        unsafe base = UnsafeMutablePointer(mutating: start)
        self.count = count
        capacity = count
        mappedBytes = Self.lent
    }

    deinit { unsafe Self.release(base, mappedBytes) }

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
        guard values.count > 0 else { return }
        if count + values.count > capacity { grow(toHold: count + values.count) }
        unsafe values.withUnsafeBufferPointer { values in
            guard let source = values.baseAddress else { return }
            unsafe (base.unsafelyUnwrapped + count).initialize(from: source, count: values.count)
        }
        count += values.count
    }

    /// Adds values of which nobody knows anything, to be written over at once.
    @inline(__always)
    fileprivate mutating func extend(by more: Int) {
        if count + more > capacity { grow(toHold: count + more) }
        count += more
    }

    /// Takes back the values from `count` on.
    package mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= self.count)
        self.count = count
    }

    /// Gives back the memory that growth had reserved.
    package mutating func trim() {
        guard count < capacity, count > 0 else { return }
        reallocate(capacity: count)
    }

    /// The place of the value at an offset below `count`, for a look at a part of it.
    @inline(__always)
    @unsafe package func pointer(to offset: Int) -> UnsafePointer<Element> {
        precondition(UInt(bitPattern: offset) < UInt(bitPattern: count))
        return unsafe UnsafePointer(base.unsafelyUnwrapped + offset)
    }

    /// The place of the value at an offset below `count`, to change a part of it.
    @inline(__always)
    @unsafe mutating func mutablePointer(to offset: Int) -> UnsafeMutablePointer<Element> {
        precondition(UInt(bitPattern: offset) < UInt(bitPattern: count))
        return unsafe base.unsafelyUnwrapped + offset
    }

    /// The place of some values that all stand below `count`.
    @inline(__always)
    @unsafe package func pointer(to offset: Int, count: Int) -> UnsafePointer<Element> {
        precondition(offset >= 0 && count >= 0 && offset <= self.count - count)
        return unsafe UnsafePointer(base.unsafelyUnwrapped + offset)
    }

    /// The address of a value, for prefetching only.
    @inline(__always)
    @unsafe package func address(of offset: Int) -> UnsafeRawPointer? {
        // Of no column too: a prefetch may miss.
        unsafe UnsafeRawPointer(bitPattern: addressBits(of: offset))
    }

    /// The same as a number, to work with.
    @inline(__always)
    package func addressBits(of offset: Int) -> UInt {
        UInt(bitPattern: unsafe base) &+ UInt(bitPattern: offset &* MemoryLayout<Element>.stride)
    }

    /// Bytes of memory that the values take.
    package var bytes: Int { capacity * MemoryLayout<Element>.stride }

    private mutating func grow(toHold needed: Int) {
        reallocate(capacity: max(needed, capacity + capacity / 2, 64))
    }

    private mutating func reallocate(capacity wanted: Int) {
        precondition(mappedBytes != Self.lent, "a lent column does not grow")
        var capacity = wanted
        let bytes = capacity * MemoryLayout<Element>.stride
        var memory: UnsafeMutableRawPointer
        if mappedBytes > 0, let base = unsafe base {
            unsafe (memory, mappedBytes) = HugePages.remap(base, mappedBytes, to: bytes)
            if wanted > self.capacity { capacity = mappedBytes / MemoryLayout<Element>.stride }
        } else if bytes > HugePages.pageBytes {
            unsafe (memory, mappedBytes) = HugePages.map(bytes)
            if let base = unsafe base {
                let used = count * MemoryLayout<Element>.stride
                unsafe memory.copyMemory(from: base, byteCount: used)
                unsafe free(base)
            }
        } else {
            guard let block = unsafe realloc(base, bytes) else { HugePages.outOfMemory() }
            unsafe memory = unsafe block
        }
        unsafe base = memory.bindMemory(to: Element.self, capacity: capacity)
        self.capacity = capacity
    }

    private static func release(_ base: UnsafeMutablePointer<Element>?, _ mappedBytes: Int) {
        if mappedBytes > 0, let base = unsafe base {
            unsafe HugePages.unmap(base, mappedBytes)
        } else if mappedBytes != lent {
            unsafe free(base)
        }
    }

    /// Where the span of an empty column points; never read.
    private static var nowhere: UnsafeMutablePointer<Element> {
        unsafe UnsafeMutablePointer(
            bitPattern: MemoryLayout<Element>.alignment
        ).unsafelyUnwrapped
    }
}

// Values of other types, which need not be aligned.
extension Column<UInt8> {
    /// The value whose bytes stand at an offset.
    @inline(__always)
    func load<Value: BitwiseCopyable>(at offset: Int, as type: Value.Type = Value.self) -> Value {
        let place = unsafe UnsafeRawPointer(pointer(to: offset, count: MemoryLayout<Value>.size))
        return unsafe place.loadUnaligned(as: type)
    }

    /// The number that begins at an offset, whose bytes may go on behind the last one; zeros stand there.
    @inline(__always)
    func word<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Number {
        let size = MemoryLayout<Number>.size
        guard offset >= 0, offset <= count &- size else { return lastWord(at: offset) }
        return unsafe UnsafeRawPointer(base.unsafelyUnwrapped + offset).loadUnaligned(
            as: Number.self)
    }

    @inline(never)
    private func lastWord<Number: FixedWidthInteger>(at offset: Int) -> Number {
        precondition(offset >= 0 && offset <= count)
        var word: Number = 0
        for index in offset..<min(offset + MemoryLayout<Number>.size, count) {
            word |= Number(self[index]) << Number(8 * (index - offset))
        }
        return Number(littleEndian: word)
    }

    /// Adds bytes at the end that somebody writes.
    ///
    /// - Parameters:
    ///   - most: how many may be written over.
    ///   - write: writes them and says how many are meant, at most as many.
    /// - Returns: what `write` returned.
    @inline(__always)
    mutating func append(
        atMost most: Int, _ write: (_ target: UnsafeMutableRawPointer) -> Int
    ) -> Int {
        let start = count
        extend(by: most)
        let written = unsafe write(UnsafeMutableRawPointer(base.unsafelyUnwrapped + start))
        precondition(written >= 0 && written <= most)
        count = start + written
        return written
    }

    /// Adds the first bytes of a number at the end.
    @inline(__always)
    mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(
        word: Number, count more: Int
    ) {
        let start = count
        extend(by: MemoryLayout<Number>.size)
        store(word, at: start)
        truncate(to: start + more)
    }

    /// Writes a value's bytes at an offset.
    @inline(__always)
    mutating func store<Value: BitwiseCopyable>(_ value: Value, at offset: Int) {
        let place = unsafe UnsafeMutableRawPointer(
            mutating: pointer(to: offset, count: MemoryLayout<Value>.size))
        unsafe place.storeBytes(of: value, as: Value.self)
    }

    /// Writes a text at an offset, where there is room for it.
    mutating func store(_ text: Span<UInt8>, at offset: Int) {
        guard text.count > 0 else { return }
        let place = unsafe UnsafeMutableRawPointer(
            mutating: pointer(to: offset, count: text.count))
        unsafe text.withUnsafeBytes {
            unsafe place.copyMemory(from: $0.baseAddress.unsafelyUnwrapped, byteCount: $0.count)
        }
    }

    /// Adds a short text at the end, sixteen bytes at a time.
    ///
    /// Same as `append`, without a call for each text.
    @inline(__always)
    mutating func append(text: Span<UInt8>) {
        let more = text.count
        let start = count
        // What is stored behind the text's end stands in memory that was reserved.
        extend(by: more + Self.textSlack)
        count = start + more
        let source = unsafe text.bytes
        let target = unsafe UnsafeMutableRawPointer(base.unsafelyUnwrapped + start)
        if more < 8 {
            let word = text.firstWord.littleEndian
            return unsafe target.storeBytes(of: word, as: UInt64.self)
        }
        // The last step ends at the end and may overlap those before.
        guard more > 16 else {
            let head = unsafe source.unsafeLoadUnaligned(as: UInt64.self)
            let tail = unsafe source.unsafeLoadUnaligned(
                fromByteOffset: more - 8, as: UInt64.self)
            unsafe target.storeBytes(of: head, as: UInt64.self)
            unsafe target.storeBytes(of: tail, toByteOffset: more - 8, as: UInt64.self)
            return
        }
        let last = more - 16
        var offset = 0
        while true {
            let bytes = unsafe source.unsafeLoadUnaligned(
                fromByteOffset: offset, as: SIMD16<UInt8>.self)
            unsafe target.storeBytes(of: bytes, toByteOffset: offset, as: SIMD16<UInt8>.self)
            if offset == last { break }
            offset = min(offset + 16, last)
        }
    }

    /// Adds less than eight zeros at the end.
    @inline(__always)
    mutating func append(zeros more: Int) {
        precondition(more >= 0 && more < 8)
        let start = count
        extend(by: 8)
        store(0 as UInt64, at: start)
        count = start + more
    }

    private static var textSlack: Int { 16 }

    /// Adds a value's bytes at the end.
    @inline(__always)
    mutating func append<Value: BitwiseCopyable>(bytesOf value: Value) {
        let start = count
        extend(by: MemoryLayout<Value>.size)
        store(value, at: start)
    }
}
