/// The bytes of one text that was packed, in memory that is kept from one text to the next.
///
/// Whoever reads texts of rows owns one, or as many as it looks at together: nothing is allocated for a text.
@safe public struct UnpackedText: ~Copyable {
    /// How many bytes from a short text's head on are read, whatever it has.
    private static let readBytes = 24

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
        let head = bytes[offset]
        guard PackedText.isShort(head), offset <= bytes.count &- Self.readBytes else {
            return readSlowly(offset, bytes, letters)
        }
        let place = unsafe UnsafeRawPointer(bytes.pointer(to: offset)) + 1
        count = unsafe Self.write(head, place, to: start, letters)
    }

    /// Writes a short text.
    ///
    /// - Parameters:
    ///   - head: its head.
    ///   - source: what stands behind the head.
    ///   - target: where it is written; there is room for far more.
    ///   - letters: the case of its letters.
    /// - Returns: how many bytes it has.
    @inline(__always)
    private static func write(
        _ head: UInt8, _ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer,
        _ letters: LetterCase
    ) -> Int {
        let count = Int(head &>> 4)
        var digits = Int(head & 0xF)
        let codes = unsafe UInt64(littleEndian: source.loadUnaligned(as: UInt64.self))
        let first = FiveBits.bytes(of: codes, letters)
        unsafe target.storeBytes(of: first.littleEndian, as: UInt64.self)
        if count > 8 {
            let codes = unsafe UInt64(
                littleEndian: source.loadUnaligned(
                    fromByteOffset: FiveBits.groupBytes, as: UInt64.self))
            let second = FiveBits.bytes(of: codes, letters)
            unsafe target.storeBytes(of: second.littleEndian, toByteOffset: 8, as: UInt64.self)
        }
        guard digits > 0 else { return count }
        // At most seven bits and fifty.
        let bits = 5 &* count
        let word = unsafe UInt64(
            littleEndian: source.loadUnaligned(fromByteOffset: bits &>> 3, as: UInt64.self))
        var number =
            word &>> UInt64(bits & 7) & (1 &<< UInt64(PackedText.numberBits(digits)) &- 1)
        var end = unsafe target + count
        if digits > 8 {
            let high = number / 100_000_000
            number &-= high &* 100_000_000
            digits &-= 8
            let bytes = EightDigits.bytes(of: high) &>> UInt64(64 &- 8 &* digits)
            unsafe end.storeBytes(of: bytes.littleEndian, as: UInt64.self)
            unsafe end = unsafe end + digits
            digits = 8
        }
        let bytes = EightDigits.bytes(of: number) &>> UInt64(64 &- 8 &* digits)
        unsafe end.storeBytes(of: bytes.littleEndian, as: UInt64.self)
        return count &+ Int(head & 0xF)
    }

    /// One that is long, or stands at the very end.
    @inline(never)
    private mutating func readSlowly(
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
        // Each word of five bytes is read as eight.
        guard begin <= bytes.count &- PackedName.readBytes(letters) else {
            return readSlowly(nameAt: begin, letters, bytes)
        }
        // Less than 128 letters, and what the last word has beyond them, always have room.
        var source = unsafe UnsafeRawPointer(bytes.pointer(to: begin))
        var target = unsafe start
        let end = unsafe start + letters
        var codes: UInt64 = 0
        while unsafe target < end {
            let word = unsafe UInt64(littleEndian: source.loadUnaligned(as: UInt64.self))
            let group = FiveBits.spread(word)
            codes |= FiveBits.marks(in: group)
            unsafe target.storeBytes(
                of: FiveBits.lowerLetters(of: group).littleEndian, as: UInt64.self)
            unsafe target = unsafe target + 8
            unsafe source = unsafe source + FiveBits.groupBytes
        }
        count = letters
        if codes != 0 { putMarks() }
    }

    /// Puts marks in the places of what stands behind the last letter.
    @inline(never)
    private mutating func putMarks() {
        var place = 0
        while place < count {
            let word = unsafe UInt64(
                littleEndian: start.load(fromByteOffset: place, as: UInt64.self))
            unsafe start.storeBytes(
                of: FiveBits.withMarks(word).littleEndian, toByteOffset: place, as: UInt64.self)
            place &+= 8
        }
    }

    @inline(never)
    private mutating func readSlowly(
        nameAt begin: Int, _ letters: Int, _ bytes: borrowing Column<UInt8>
    ) {
        for group in 0..<(letters + 7) / 8 {
            let codes = UInt64(
                littleEndian: bytes.word(at: begin + group * FiveBits.groupBytes))
            unsafe start.storeBytes(
                of: FiveBits.bytes(of: codes, .lower).littleEndian, toByteOffset: group * 8,
                as: UInt64.self)
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
