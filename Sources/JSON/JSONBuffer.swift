/// Bytes that are only ever appended, in memory that is kept: what the writer writes to.
///
/// An array would do, but asks at each byte whether it is shared and whether it is full; here room is
/// made once for a whole string. The unchecked stores of this module are in this file.
@safe @usableFromInline struct JSONBuffer: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    @usableFromInline var count = 0

    /// An empty buffer that grows.
    ///
    /// - Parameter capacity: in bytes, > 0.
    init(capacity: Int) {
        precondition(capacity > 0)
        unsafe start = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    @inlinable deinit { unsafe start.deallocate() }

    /// What was appended.
    var span: Span<UInt8> {
        @_lifetime(borrow self) get {
            let span = unsafe Span(_unsafeStart: UnsafePointer(start), count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Forgets the bytes and keeps the memory.
    mutating func removeAll() { count = 0 }

    /// Appends one byte.
    @inlinable @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        unsafe start[count] = byte
        count &+= 1
    }

    /// Appends a byte, behind a comma where one is due.
    @inlinable @inline(__always)
    mutating func append(_ byte: UInt8, afterComma: Bool) {
        reserve(2)
        // Stored in any case, and kept only where it is due: nothing to be predicted.
        unsafe start[count] = UInt8(ascii: ",")
        count &+= afterComma ? 1 : 0
        unsafe start[count] = byte
        count &+= 1
    }

    /// Appends bytes as they are.
    @inlinable @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        unsafe (start + count).initialize(from: source, count: bytes.count)
        count &+= bytes.count
    }

    /// Appends a member's name that needs no escapes, and its colon.
    ///
    /// - Parameters:
    ///   - name: ASCII or UTF-8 without quotation marks, backslashes and controls.
    ///   - afterComma: whether a comma is due before it.
    /// - Complexity: a store or two where the name is a literal.
    @inlinable @inline(__always)
    mutating func append(key name: StaticString, afterComma: Bool) {
        let length = name.utf8CodeUnitCount
        reserve(length + 4)
        unsafe start[count] = UInt8(ascii: ",")
        count &+= afterComma ? 1 : 0
        let place = unsafe start + count
        unsafe Self.write(key: name, at: place)
        count &+= length &+ 3
    }

    /// Appends a string that needs no escapes, between its quotation marks.
    ///
    /// - Parameters:
    ///   - text: ASCII or UTF-8 without quotation marks, backslashes and controls.
    ///   - afterComma: whether a comma is due before it.
    @inlinable @inline(__always)
    mutating func append(plain text: StaticString, afterComma: Bool) {
        let length = text.utf8CodeUnitCount
        reserve(length + 3)
        unsafe start[count] = UInt8(ascii: ",")
        count &+= afterComma ? 1 : 0
        let place = unsafe start + count
        unsafe place[0] = UInt8(ascii: "\"")
        unsafe (place + 1).initialize(from: text.utf8Start, count: length)
        unsafe place[length + 1] = UInt8(ascii: "\"")
        count &+= length &+ 2
    }

    /// Appends a text of at most eight bytes.
    ///
    /// - Parameters:
    ///   - word: the text, its first byte lowest.
    ///   - length: 0 ... 8.
    @inline(__always)
    mutating func append(word: UInt64, length: Int) {
        precondition(0...8 ~= length)
        reserve(8)
        unsafe UnsafeMutableRawPointer(start + count)
            .storeBytes(of: word.littleEndian, as: UInt64.self)
        count &+= length
    }

    /// Appends a number's decimal digits.
    ///
    /// - Parameters:
    ///   - value: any number.
    ///   - width: zeros are put in front up to this many digits, 1 ... 20.
    mutating func append(digitsOf value: UInt64, width: Int = 1) {
        precondition(1...20 ~= width)
        if value < 100_000_000, width == 1 {
            // Zeros in front are shifted out; the last digit stays.
            let digits = eightDigits(UInt32(truncatingIfNeeded: value))
            let zeros = min(digits.trailingZeroBitCount >> 3, 7)
            append(word: (digits | 0x3030_3030_3030_3030) >> UInt64(8 * zeros), length: 8 - zeros)
            return
        }
        // Written from the last digit on behind where they belong, then moved there as a whole.
        reserve(40)
        let place = unsafe UnsafeMutableRawPointer(start + count)
        var first = 40
        var rest = value
        repeat {
            let digit = UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            first -= 1
            unsafe place.storeBytes(
                of: UInt8(ascii: "0") + digit, toByteOffset: first, as: UInt8.self)
        } while rest > 0
        while 40 - first < width {
            first -= 1
            unsafe place.storeBytes(of: UInt8(ascii: "0"), toByteOffset: first, as: UInt8.self)
        }
        let length = 40 - first
        unsafe place.copyMemory(from: place + first, byteCount: length)
        count += length
    }

    /// Appends a string: its quotation marks, and between them its bytes with JSON's escapes (the
    /// quotation mark, the backslash and controls).
    ///
    /// Same as looking at each byte alone; sixteen are looked at together, and copied meanwhile. The
    /// last ones may overlap those before.
    ///
    /// - Parameters:
    ///   - text: valid UTF-8.
    ///   - afterComma: whether a comma is due before it.
    /// - Complexity: O(text.count).
    /// - Source: RFC 8259, section 7; the tests of a word are those of Mycroft (1987).
    @inline(__always)
    mutating func append(quoting text: UnsafeBufferPointer<UInt8>, afterComma: Bool) {
        reserve(text.count + 11)
        unsafe start[count] = UInt8(ascii: ",")
        let offset = count &+ (afterComma ? 1 : 0)
        unsafe start[offset] = UInt8(ascii: "\"")
        unsafe append(text, behindQuoteAt: offset &+ 1)
    }

    /// Appends a member: its name, which needs no escapes, and a string as its value.
    ///
    /// - Parameters:
    ///   - name: ASCII or UTF-8 without quotation marks, backslashes and controls.
    ///   - text: valid UTF-8.
    ///   - afterComma: whether a comma is due before it.
    @inlinable @inline(__always)
    mutating func append(
        key name: StaticString, quoting text: UnsafeBufferPointer<UInt8>, afterComma: Bool
    ) {
        let length = name.utf8CodeUnitCount
        reserve(length + text.count + 14)
        unsafe start[count] = UInt8(ascii: ",")
        let offset = count &+ (afterComma ? 1 : 0)
        let place = unsafe start + offset
        unsafe Self.write(key: name, at: place)
        unsafe place[length + 3] = UInt8(ascii: "\"")
        unsafe append(text, behindQuoteAt: offset &+ length &+ 4)
    }

    /// The same for a string that needs no escapes.
    @inlinable @inline(__always)
    mutating func append(
        key name: StaticString, plain text: UnsafeBufferPointer<UInt8>, afterComma: Bool
    ) {
        let length = name.utf8CodeUnitCount
        reserve(length + text.count + 6)
        unsafe start[count] = UInt8(ascii: ",")
        count &+= afterComma ? 1 : 0
        let place = unsafe start + count
        unsafe Self.write(key: name, at: place)
        unsafe place[length + 3] = UInt8(ascii: "\"")
        let value = unsafe place + length + 4
        if let source = text.baseAddress {
            unsafe value.initialize(from: source, count: text.count)
        }
        unsafe value[text.count] = UInt8(ascii: "\"")
        count &+= length &+ text.count &+ 5
    }

    /// Writes a member's name and its colon, three bytes more than the name has.
    @inlinable @inline(__always)
    static func write(key name: StaticString, at place: UnsafeMutablePointer<UInt8>) {
        let length = name.utf8CodeUnitCount
        unsafe place[0] = UInt8(ascii: "\"")
        unsafe (place + 1).initialize(from: name.utf8Start, count: length)
        unsafe place[length + 1] = UInt8(ascii: "\"")
        unsafe place[length + 2] = UInt8(ascii: ":")
    }

    /// Writes a string's bytes and its closing mark at an offset, behind which there is room for the bytes
    /// and nine more.
    @usableFromInline
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, behindQuoteAt offset: Int) {
        let source = UnsafeRawBufferPointer(text)
        let total = source.count
        let place = unsafe UnsafeMutableRawPointer(start + offset)
        let isClean =
            total >= 16
            ? unsafe copySixteens(source, to: place)
            : total >= 8
                ? unsafe copyTwoWords(source, to: place) : unsafe copyWord(source, to: place)
        if isClean {
            unsafe place.storeBytes(of: UInt8(ascii: "\""), toByteOffset: total, as: UInt8.self)
            count = offset &+ total &+ 1
        } else {
            count = offset
            unsafe append(escaping: text)
            append(UInt8(ascii: "\""))
        }
    }

    /// Appends a part of a string with JSON's escapes, without quotation marks.
    mutating func append(partOfString text: UnsafeBufferPointer<UInt8>) {
        unsafe append(escaping: text)
    }

    /// What `append(quoting:)` does where something is to be escaped, from the first byte on.
    @inline(never)
    private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        let source = UnsafeRawBufferPointer(text)
        let total = source.count
        // Room for everything that is left as it is, and a whole word more.
        reserve(total + 8)
        var offset = 0
        while offset < total {
            var clean: Int
            if total - offset >= 8 {
                let word = UInt64(
                    littleEndian: unsafe source.loadUnaligned(
                        fromByteOffset: offset, as: UInt64.self))
                unsafe UnsafeMutableRawPointer(start + count)
                    .storeBytes(of: word.littleEndian, as: UInt64.self)
                clean = escapeMask(word).trailingZeroBitCount >> 3
            } else {
                clean = 0
                while offset + clean < total {
                    let byte = unsafe source[offset + clean]
                    if needsEscape(byte) { break }
                    unsafe start[count + clean] = byte
                    clean += 1
                }
            }
            offset += clean
            count += clean
            // Eight clean bytes, or the end: no byte to escape was found.
            if clean == 8 || offset == total { continue }
            append(escape: unsafe source[offset])
            offset += 1
            reserve(total - offset + 8)
        }
    }

    private mutating func append(escape byte: UInt8) {
        let short: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): short = byte
        case 0x08: short = UInt8(ascii: "b")
        case 0x09: short = UInt8(ascii: "t")
        case 0x0A: short = UInt8(ascii: "n")
        case 0x0C: short = UInt8(ascii: "f")
        case 0x0D: short = UInt8(ascii: "r")
        default:
            // The bytes of `\u00` in the order in which they are stored.
            append(word: 0x3030_755C, length: 4)
            append(hexadecimalDigit(byte >> 4))
            append(hexadecimalDigit(byte & 15))
            return
        }
        append(UInt8(ascii: "\\"))
        append(short)
    }

    @inlinable @inline(__always)
    mutating func reserve(_ room: Int) {
        // The count is never beyond the capacity, and neither is near to the largest number: sums of both and
        // of what there is room for need no check of their own.
        if room > capacity &- count { grow(room) }
    }

    @usableFromInline @inline(never)
    mutating func grow(_ room: Int) {
        let larger = max(capacity * 2, count + room)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe moved.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = unsafe moved
        capacity = larger
    }
}

// Owned by one place; only its mutating methods write.
extension JSONBuffer: @unchecked Sendable {}

/// Whether RFC 8259 forbids the byte inside of a string.
@inline(__always)
func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
}

/// A word whose lowest set bit is the top bit of the first byte that needs an escape; 0 if none does.
///
/// Bits above the lowest one mean nothing: a borrow may have set them.
@inline(__always)
private func escapeMask(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let control = (word &- ones &* 0x20) & ~word
    let found = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | control
    return found & (ones &* 0x80)
}

/// Copies sixteen bytes or more, and tells whether none of them needs an escape.
@inline(__always)
private func copySixteens(
    _ source: UnsafeRawBufferPointer, to place: UnsafeMutableRawPointer
) -> Bool {
    let last = source.count - 16
    let first = unsafe source.loadUnaligned(as: SIMD16<UInt8>.self)
    let end = unsafe source.loadUnaligned(fromByteOffset: last, as: SIMD16<UInt8>.self)
    unsafe place.storeBytes(of: first, as: SIMD16<UInt8>.self)
    unsafe place.storeBytes(of: end, toByteOffset: last, as: SIMD16<UInt8>.self)
    var found = escapeMask(first) .| escapeMask(end)
    // Two loads are enough for most strings: nothing to be predicted.
    var offset = 16
    while offset < last {
        let bytes = unsafe source.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
        unsafe place.storeBytes(of: bytes, toByteOffset: offset, as: SIMD16<UInt8>.self)
        found = found .| escapeMask(bytes)
        offset += 16
    }
    let words = unsafe unsafeBitCast(found, to: SIMD2<UInt64>.self)
    return words[0] | words[1] == 0
}

/// The same for eight to fifteen bytes.
@inline(__always)
private func copyTwoWords(
    _ source: UnsafeRawBufferPointer, to place: UnsafeMutableRawPointer
) -> Bool {
    let last = source.count - 8
    let low = UInt64(littleEndian: unsafe source.loadUnaligned(as: UInt64.self))
    let high = UInt64(
        littleEndian: unsafe source.loadUnaligned(fromByteOffset: last, as: UInt64.self))
    unsafe place.storeBytes(of: low.littleEndian, as: UInt64.self)
    unsafe place.storeBytes(of: high.littleEndian, toByteOffset: last, as: UInt64.self)
    return escapeMask(low) | escapeMask(high) == 0
}

/// The same for less than eight bytes; eight are stored.
@inline(__always)
private func copyWord(
    _ source: UnsafeRawBufferPointer, to place: UnsafeMutableRawPointer
) -> Bool {
    let total = source.count
    let word: UInt64
    if total >= 4 {
        let low = UInt32(littleEndian: unsafe source.loadUnaligned(as: UInt32.self))
        let high = UInt32(
            littleEndian: unsafe source.loadUnaligned(fromByteOffset: total - 4, as: UInt32.self))
        word = UInt64(low) | UInt64(high) << UInt64(8 * (total - 4))
    } else if total > 0 {
        // The first, the middle and the last byte: of three, two or one.
        let middle = total >> 1
        word =
            UInt64(unsafe source[0]) | UInt64(unsafe source[middle]) << UInt64(8 * middle)
            | UInt64(unsafe source[total - 1]) << UInt64(8 * (total - 1))
    } else {
        word = 0
    }
    unsafe place.storeBytes(of: word.littleEndian, as: UInt64.self)
    // The bytes above the text are spaces, which need no escape.
    return escapeMask(word | 0x2020_2020_2020_2020 << UInt64(8 * total)) == 0
}

/// Which of sixteen bytes need an escape.
@inline(__always)
private func escapeMask(_ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
    // Vectors of a named type on either side: comparisons with a scalar are loops over the bytes.
    let space = SIMD16<UInt8>(repeating: 0x20)
    let quote = SIMD16<UInt8>(repeating: UInt8(ascii: "\""))
    let backslash = SIMD16<UInt8>(repeating: UInt8(ascii: "\\"))
    return (bytes .< space) .| (bytes .== quote) .| (bytes .== backslash)
}

/// The decimal digits of a number below 10^8, with zeros in front: the first one in the lowest byte.
///
/// - Source: P. Khuong, "How to print integers really fast" (2017).
@inline(__always)
private func eightDigits(_ value: UInt32) -> UInt64 {
    let fours = UInt64(value / 10_000) | UInt64(value % 10_000) << 32
    let high = (fours &* 10486) >> 20 & 0x0000_007F_0000_007F
    let twos = high | (fours &- 100 &* high) << 16
    let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
    return tens | (twos &- 10 &* tens) << 8
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
