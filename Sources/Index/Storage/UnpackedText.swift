/// The bytes of one text that was packed, in memory that is kept from one text to the next.
///
/// Whoever reads texts of rows owns one, or as many as it looks at together: nothing is allocated for a text.
@safe public struct UnpackedText: ~Copyable {
    /// What a short text may be written over, more than it has.
    static let roomMin = 64

    private var start: UnsafeMutableRawPointer
    private var capacity: Int
    private var count = 0

    /// No text.
    public init() {
        capacity = 256
        unsafe start = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit { unsafe start.deallocate() }

    /// The text that was read last.
    public var bytes: Span<UInt8> {
        @inline(__always) @_lifetime(borrow self) get {
            let span = unsafe Span(
                _unsafeStart: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), count: count
            )
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// The text as a string; what is no UTF-8 becomes U+FFFD.
    public var string: String {
        unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Forgets the text.
    mutating func clear() { count = 0 }

    /// Reads the packed text at an offset.
    @inline(__always)
    mutating func read(
        textAt offset: Int, in bytes: borrowing Column<UInt8>, _ letters: LetterCase
    ) {
        let packed = PackedText(at: offset, in: bytes)
        guard packed.isShort else { return readLong(offset, bytes, letters) }
        count = unsafe packed.write(to: start, letters)
    }

    @inline(never)
    private mutating func readLong(
        _ offset: Int, _ bytes: borrowing Column<UInt8>, _ letters: LetterCase
    ) {
        let form = PackedForm(at: offset, in: bytes, letters)
        reserve(form.count)
        for index in 0..<form.count {
            unsafe start.storeBytes(
                of: form.byte(index, in: bytes), toByteOffset: index, as: UInt8.self)
        }
        count = form.count
    }

    /// Reads the packed name at an offset.
    @inline(__always)
    mutating func read(nameAt offset: Int, in bytes: borrowing Column<UInt8>) {
        let (isPacked, begin, letters) = PackedName.head(at: offset, in: bytes)
        guard isPacked else { return readRaw(begin, letters, bytes) }
        // Less than 128 letters, and what the last word has beyond them, always have room.
        var done = 0
        var place = begin
        while done < letters {
            let codes = UInt64(littleEndian: bytes.word(at: place))
            unsafe start.storeBytes(
                of: FiveBits.bytes(of: codes, .lower).littleEndian, toByteOffset: done,
                as: UInt64.self)
            done &+= 8
            place &+= FiveBits.groupBytes
        }
        count = letters
    }

    @inline(never)
    private mutating func readRaw(
        _ offset: Int, _ count: Int, _ bytes: borrowing Column<UInt8>
    ) {
        reserve(count)
        unsafe start.copyMemory(from: bytes.pointer(to: offset, count: count), byteCount: count)
        self.count = count
    }

    private mutating func reserve(_ count: Int) {
        guard count > capacity else { return }
        unsafe start.deallocate()
        capacity = count
        unsafe start = .allocate(byteCount: capacity, alignment: 8)
    }
}
