/// The bytes of text that the parsers speak of, by name.
enum ASCII {
    static let tab = UInt8(ascii: "\t")
    static let space = UInt8(ascii: " ")
    static let zero = UInt8(ascii: "0")
    static let nine = UInt8(ascii: "9")

    @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- zero <= 9 }
    @inline(__always) static func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }
    @inline(__always) static func isLower(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
    @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }
    @inline(__always) static func isSpace(_ byte: UInt8) -> Bool {
        byte == space || byte &- tab < 5
    }
    @inline(__always) static func lowercased(_ byte: UInt8) -> UInt8 {
        isUpper(byte) ? byte | 0x20 : byte
    }

    // The same of sixteen bytes. Both sides of a comparison are vectors of a named type: one with a
    // scalar is a loop over the bytes.

    @inline(__always) static func lowercased(_ bytes: SIMD16<UInt8>) -> SIMD16<UInt8> {
        let isUpper = isFrom(UInt8(ascii: "A"), 26, bytes)
        let stroke = SIMD16<UInt8>(repeating: 0x20)
        return bytes | (unsafe unsafeBitCast(isUpper, to: SIMD16<UInt8>.self) & stroke)
    }

    /// Which bytes are one of so many from a first one on.
    @inline(__always)
    static func isFrom(
        _ first: UInt8, _ count: UInt8, _ bytes: SIMD16<UInt8>
    ) -> SIMDMask<SIMD16<Int8>> {
        let distance: SIMD16<UInt8> = bytes &- SIMD16<UInt8>(repeating: first)
        let end = SIMD16<UInt8>(repeating: count)
        return distance .< end
    }

    /// Which bytes are a certain one.
    @inline(__always)
    static func equals(_ byte: UInt8, _ bytes: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
        let wanted = SIMD16<UInt8>(repeating: byte)
        return bytes .== wanted
    }

    /// Which of sixteen places come behind the first so many, 0 to 255.
    @inline(__always)
    static func isBehind(_ count: Int) -> SIMDMask<SIMD16<Int8>> {
        let places = SIMD16<UInt8>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        let end = SIMD16<UInt8>(repeating: UInt8(truncatingIfNeeded: count))
        return places .>= end
    }

    @inline(__always) static func any(_ mask: SIMDMask<SIMD16<Int8>>) -> Bool {
        let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        return words[0] | words[1] != 0
    }

    @inline(__always) static func all(_ mask: SIMDMask<SIMD16<Int8>>) -> Bool {
        let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        return words[0] & words[1] == UInt64.max
    }

    /// The number that eight digits write, the first one in the lowest byte; nil for anything else.
    ///
    /// - Source: D. Lemire, "Quickly parsing eight digits" (2018).
    @inline(__always)
    static func number(ofEightDigits word: UInt64) -> UInt64? {
        let digits = word &- 0x3030_3030_3030_3030
        guard (digits | (digits &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0 else {
            return nil
        }
        let pairs = digits &* 10 &+ digits >> 8
        let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let high = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (low &+ high) >> 32
    }
}

extension Span<UInt8> {
    /// The same bytes without white space at either end.
    @_lifetime(copy self)
    @inline(__always)
    package func trimmed() -> Span<UInt8> {
        // Nearly every value has nothing to trim.
        guard !isEmpty else { return self }
        if !ASCII.isSpace(self[0]), !ASCII.isSpace(self[count - 1]) { return self }
        return trimmedAtEnds()
    }

    @_lifetime(copy self)
    private func trimmedAtEnds() -> Span<UInt8> {
        var start = 0
        var end = count
        while start < end, ASCII.isSpace(self[start]) { start += 1 }
        while end > start, ASCII.isSpace(self[end - 1]) { end -= 1 }
        return extracting(start..<end)
    }

    /// Whether both hold the same bytes.
    @inlinable
    package func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard count >= 8 else { return firstWord == other.firstWord }
        let mine = unsafe bytes
        let others = unsafe other.bytes
        // The last word ends at the end and may overlap the first one: together they are all of most.
        let last = count - 8
        let first =
            unsafe mine.unsafeLoadUnaligned(as: UInt64.self)
            ^ others.unsafeLoadUnaligned(as: UInt64.self)
        let end =
            unsafe mine.unsafeLoadUnaligned(fromByteOffset: last, as: UInt64.self)
            ^ others.unsafeLoadUnaligned(fromByteOffset: last, as: UInt64.self)
        guard first | end == 0 else { return false }
        var offset = 8
        while offset < last {
            let a = unsafe mine.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let b = unsafe others.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if a != b { return false }
            offset += 8
        }
        return true
    }

    /// Whether there is a NUL byte; eight or sixteen bytes are looked at together.
    ///
    /// - Source: Mycroft (1987).
    package var holdsNUL: Bool {
        let raw = unsafe bytes
        guard count >= 16 else {
            // Neither word has a gap: both are full, or the bytes behind the text are made ones.
            let gap = count >= 8 ? 0 : UInt64.max << UInt64(8 * count)
            let first = firstWord | gap
            let last =
                count >= 8
                ? unsafe raw.unsafeLoadUnaligned(fromByteOffset: count - 8, as: UInt64.self) : first
            let ones: UInt64 = 0x0101_0101_0101_0101
            return ((first &- ones) & ~first | (last &- ones) & ~last) & (ones &* 0x80) != 0
        }
        // The last sixteen end at the end and may overlap those before.
        let zero = SIMD16<UInt8>(repeating: 0)
        let last = count - 16
        var found = SIMDMask<SIMD16<Int8>>()
        var offset = 0
        while true {
            let bytes = unsafe raw.unsafeLoadUnaligned(
                fromByteOffset: offset, as: SIMD16<UInt8>.self)
            found = found .| (bytes .== zero)
            if offset == last { break }
            offset = Swift.min(offset + 16, last)
        }
        return ASCII.any(found)
    }

    /// The first eight bytes as one number, the first one lowest; zeros stand behind a shorter text.
    @inlinable @inline(__always)
    package var firstWord: UInt64 {
        let raw = unsafe bytes
        if count >= 8 {
            return UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(as: UInt64.self))
        }
        // Loads that overlap say the same of the bytes that they share.
        if count >= 4 {
            let low = UInt32(littleEndian: unsafe raw.unsafeLoadUnaligned(as: UInt32.self))
            let high = UInt32(
                littleEndian: unsafe raw.unsafeLoadUnaligned(
                    fromByteOffset: count - 4, as: UInt32.self))
            return UInt64(low) | UInt64(high) &<< UInt64(8 &* (count &- 4))
        }
        guard count > 0 else { return 0 }
        let middle = count &>> 1
        return UInt64(self[0]) | UInt64(self[middle]) &<< UInt64(8 &* middle)
            | UInt64(self[count - 1]) &<< UInt64(8 &* (count &- 1))
    }

    /// Sixteen bytes from an offset below the count on; `filler` stands behind the text's end.
    @inline(__always)
    func sixteen(from offset: Int, filler: UInt8) -> SIMD16<UInt8> {
        let left = count - offset
        if left >= 16 {
            return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
        }
        let rest = extracting(offset...)
        let words = SIMD2<UInt64>(
            rest.firstWord, left > 8 ? rest.extracting(8...).firstWord : 0)
        let isBehind = unsafe unsafeBitCast(ASCII.isBehind(left), to: SIMD16<UInt8>.self)
        return unsafe unsafeBitCast(words, to: SIMD16<UInt8>.self)
            | (isBehind & SIMD16<UInt8>(repeating: filler))
    }

    /// Whether these are the bytes of a text of ours, in lower case, whatever their own case is.
    package func equalsIgnoringCase(_ lowercase: StaticString) -> Bool {
        guard count == lowercase.utf8CodeUnitCount else { return false }
        let expected = unsafe lowercase.utf8Start
        for index in indices {
            let byte = unsafe expected[index]
            guard ASCII.lowercased(self[index]) == byte else { return false }
        }
        return true
    }

    /// Whether a person typed a stand-in for "nothing": blank, a dash, NA, NULL, nil, none.
    ///
    /// Broken cards and exports write these where a value is absent (`"distlgd":"-"`).
    package var isPlaceholder: Bool {
        // Nearly every value is longer than all of them.
        if count > 4, !ASCII.isSpace(self[0]), !ASCII.isSpace(self[count - 1]) { return false }
        return isPlaceholderWord
    }

    private var isPlaceholderWord: Bool {
        let text = trimmed()
        switch text.count {
        case 0: return true
        case 1: return text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: ".")
        case 2: return text.equalsIgnoringCase("na") || text.equalsIgnoringCase("--")
        case 3: return text.equalsIgnoringCase("n/a") || text.equalsIgnoringCase("nil")
        case 4: return text.equalsIgnoringCase("null") || text.equalsIgnoringCase("none")
        default: return false
        }
    }

    /// Whether this text comes before the other one, byte by byte.
    package func precedes(_ other: Span<UInt8>) -> Bool {
        let shared = Swift.min(count, other.count)
        for index in 0..<shared where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }
}
