/// In which case a text's letters are; those of the other one are stored as any other byte.
package enum LetterCase: Sendable {
    case lower, upper
}

/// The alphabet of packed texts: a space, 26 letters of one case, `/`, `.`, `-` and `_`, in five bits each.
///
/// Eight bytes at a time, in one word, the first one lowest.
enum FiveBits {
    /// What eight codes take.
    static let groupBytes = 5

    private static let highest: UInt64 = 0x8080_8080_8080_8080
    private static let lowest: UInt64 = 0x0101_0101_0101_0101
    /// `/`, `.`, `-` and `_`, of the codes behind the last letter's.
    private static let marks: UInt32 = 0x5F2D_2E2F
    private static let firstMark: UInt64 = 27

    /// The codes of a word's first bytes, 40 bits; nil when one is not in the alphabet.
    ///
    /// - Parameters:
    ///   - word: the bytes; those behind the count mean nothing.
    ///   - count: how many there are, 1 and more; of more than eight the first eight.
    ///   - letters: the case of letters.
    /// - Returns: the codes, the first one lowest.
    @inline(__always)
    static func codes(of word: UInt64, count: Int, _ letters: LetterCase) -> UInt64? {
        let isAbsent = count >= 8 ? 0 : UInt64.max &<< UInt64(8 &* count)
        let spaces = lowest &* 0x20
        let bytes = (word & ~isAbsent) | (spaces & isAbsent)
        let low = bytes & ~highest
        // A carry into the highest bit where a byte is not below the first letter, or behind the last one.
        let first: UInt64 = letters == .lower ? 0x80 - 0x61 : 0x80 - 0x41
        let isLetter = (low &+ lowest &* first) ^ (low &+ lowest &* (first - 26))
        let isNoSpace = (low ^ spaces) &+ ~highest
        let isOther = ((~isLetter & isNoSpace) | bytes) & highest
        guard isOther == 0 else { return codesWithMarks(of: bytes, isOther, letters) }
        return gathered(bytes & (lowest &* 0x1F))
    }

    /// The same where some bytes are neither letters nor spaces.
    @inline(never)
    private static func codesWithMarks(
        of bytes: UInt64, _ others: UInt64, _ letters: LetterCase
    ) -> UInt64? {
        var codes = bytes & (lowest &* 0x1F)
        var others = others
        while others != 0 {
            let shift = UInt64(others.trailingZeroBitCount) & ~7
            guard let code = code(ofMark: UInt8(truncatingIfNeeded: bytes &>> shift)) else {
                return nil
            }
            codes = codes & ~(0x1F &<< shift) | code &<< shift
            others &= others &- 1
        }
        return gathered(codes)
    }

    private static func code(ofMark byte: UInt8) -> UInt64? {
        for place in 0..<4 as Range<UInt64>
        where UInt8(truncatingIfNeeded: marks &>> UInt32(8 &* place)) == byte {
            return firstMark + place
        }
        return nil
    }

    /// The eight bytes of 40 bits; what stands above them means nothing.
    @inline(__always)
    static func bytes(of codes: UInt64, _ letters: LetterCase) -> UInt64 {
        let codes = spread(codes)
        let bytes = letters == .lower ? lowerLetters(of: codes) : upperLetters(of: codes)
        return marks(in: codes) == 0 ? bytes : withMarks(bytes)
    }

    /// Spaces and lower-case letters of eight codes; what they have for marks stands behind the last letter.
    @inline(__always)
    static func lowerLetters(of codes: UInt64) -> UInt64 {
        codes | lowest &* 0x20 | isNoSpace(codes) &<< 1
    }

    @inline(__always)
    private static func upperLetters(of codes: UInt64) -> UInt64 {
        let isLetter = isNoSpace(codes)
        return codes | (isLetter ^ lowest &* 0x20) | isLetter &<< 1
    }

    /// Bit 5 of each byte that is not the code of a space.
    @inline(__always)
    private static func isNoSpace(_ codes: UInt64) -> UInt64 {
        (codes &+ lowest &* 0x1F) & (lowest &* 0x20)
    }

    /// Bit 5 of each byte that is the code of a mark.
    @inline(__always)
    static func marks(in codes: UInt64) -> UInt64 {
        (codes &+ lowest &* (0x20 - firstMark)) & (lowest &* 0x20)
    }

    /// What `lowerLetters` or `upperLetters` gives, with the marks in their places.
    @inline(never)
    static func withMarks(_ bytes: UInt64) -> UInt64 {
        // Both give bytes below 128, in the low five bits of which is the code.
        let isLetterOrMark = bytes &<< 1 & highest
        var left = ((bytes & (lowest &* 0x1F)) &+ lowest &* (0x80 - firstMark)) & isLetterOrMark
        var bytes = bytes
        while left != 0 {
            let shift = UInt64(left.trailingZeroBitCount) & ~7
            let place = (bytes &>> shift) & 0x1F &- firstMark
            // There is none of the last code, but in a file that somebody made.
            let mark = UInt64(marks &>> UInt32(8 &* min(place, 3))) & 0xFF
            bytes = bytes & ~(0xFF &<< shift) | mark &<< shift
            left &= left &- 1
        }
        return bytes
    }

    /// Five bits of each byte, side by side.
    @inline(__always)
    private static func gathered(_ codes: UInt64) -> UInt64 {
        let twos =
            codes & 0x001F_001F_001F_001F | (codes & 0x1F00_1F00_1F00_1F00) &>> 3
        let fours = twos & 0x0000_03FF_0000_03FF | (twos & 0x03FF_0000_03FF_0000) &>> 6
        return fours & 0xF_FFFF | (fours &>> 12) & 0xFF_FFF0_0000
    }

    /// The reverse of `gathered`.
    @inline(__always)
    static func spread(_ codes: UInt64) -> UInt64 {
        let fours = codes & 0xF_FFFF | (codes & 0xFF_FFF0_0000) &<< 12
        let twos = fours & 0x0000_03FF_0000_03FF | (fours & 0x000F_FC00_000F_FC00) &<< 6
        return twos & 0x001F_001F_001F_001F | (twos & 0x03E0_03E0_03E0_03E0) &<< 3
    }
}

/// Up to eight decimal digits in one word, the first one lowest.
enum EightDigits {
    /// How many of a word's last bytes are digits.
    @inline(__always)
    static func trailingCount(_ word: UInt64) -> Int {
        let values = word ^ 0x3030_3030_3030_3030
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let isOther = ((values & low) &+ 0x7676_7676_7676_7676 | values) & ~low
        return isOther.leadingZeroBitCount &>> 3
    }

    /// The number that a word's last bytes write.
    ///
    /// - Source: D. Lemire, "Quickly parsing eight digits" (2018).
    @inline(__always)
    static func number(_ word: UInt64, count: Int) -> UInt64 {
        guard count > 0 else { return 0 }
        let digits =
            (word ^ 0x3030_3030_3030_3030) & UInt64.max &<< UInt64(64 &- 8 &* count)
        let pairs = digits &* 10 &+ digits &>> 8
        let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let high = (pairs &>> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (low &+ high) &>> 32
    }

    /// The eight digits of a number below 10⁸; of a greater one some bytes.
    @inline(__always)
    static func bytes(of number: UInt64) -> UInt64 {
        // Four and four, then two and two, each divided by a multiplication.
        let high = number / 10_000
        let fours = high | (number &- high &* 10_000) &<< 32
        let hundreds = ((fours &* 10_486) &>> 20) & 0x0000_007F_0000_007F
        let twos = hundreds | (fours &- hundreds &* 100) &<< 16
        let tens = ((twos &* 103) &>> 10) & 0x000F_000F_000F_000F
        return (tens | (twos &- tens &* 10) &<< 8) | 0x3030_3030_3030_3030
    }
}
