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
        let mine = unsafe bytes
        let others = unsafe other.bytes
        guard count >= 8 else {
            for index in indices where self[index] != other[index] { return false }
            return true
        }
        // The last word ends at the end and may overlap the one before.
        var offset = 0
        while offset < count {
            let at = Swift.min(offset, count - 8)
            let a = unsafe mine.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
            let b = unsafe others.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
            if a != b { return false }
            offset += 8
        }
        return true
    }

    /// Whether there is a NUL byte; eight bytes are looked at together.
    ///
    /// - Source: Mycroft (1987).
    package var holdsNUL: Bool {
        guard count >= 8 else {
            for index in indices where self[index] == 0 { return true }
            return false
        }
        // The last word ends at the end and may overlap the one before.
        let raw = unsafe bytes
        var found: UInt64 = 0
        var offset = 0
        while offset < count {
            let word = unsafe raw.unsafeLoadUnaligned(
                fromByteOffset: Swift.min(offset, count - 8), as: UInt64.self)
            found |= (word &- 0x0101_0101_0101_0101) & ~word
            offset += 8
        }
        return found & 0x8080_8080_8080_8080 != 0
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
