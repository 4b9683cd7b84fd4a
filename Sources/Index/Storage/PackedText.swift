internal import Matcher

/// An identifier's text in few bytes: its letters in five bits each, the digits at its end as one number.
///
///     short   number of letters and of digits, 4 bits each | the letters, then the digits' number, lowest bits first
///     long    0xF0, number of bytes | six bits for each     0xF1, number of bytes | as they are
///
/// A text has one form, the first that can hold it, so that two texts are the same where their forms are. Nearly
/// all texts are short: up to 14 letters and marks of `FiveBits` with up to 15 digits behind them, 16 bytes with
/// their head. Six bits are those of the bytes from a space to `_`, in which letters are those of the text's case.
package struct PackedText: BitwiseCopyable, Sendable, Equatable {
    /// The longest text that can be stored, in bytes.
    static let textBytesMax = 255
    static let lettersMax = 14
    static let digitsMax = 15
    fileprivate static let sixBitHead: UInt8 = 0xF0
    fileprivate static let rawHead: UInt8 = 0xF1

    /// The first eight bytes of a short form, the head lowest; of a long one a head and the length.
    let low: UInt64
    /// The last eight bytes of a short form.
    let high: UInt64

    /// What no text has.
    static let none = PackedText(low: 0xFFFF, high: 0)

    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The form of a text.
    ///
    /// - Parameters:
    ///   - text: at most `textBytesMax` bytes.
    ///   - letters: the case of its letters; the same wherever it is compared.
    @inline(__always)
    init(_ text: Span<UInt8>, _ letters: LetterCase) {
        self = Self.form(of: text, letters)
    }

    /// Whether this is all of the text's form.
    @inline(__always)
    var isShort: Bool { Self.isShort(head) }

    /// Whether a form of this head is a short one.
    @inline(__always)
    static func isShort(_ head: UInt8) -> Bool { head < sixBitHead }

    @inline(__always)
    fileprivate var head: UInt8 { UInt8(truncatingIfNeeded: low) }

    private static func form(of text: Span<UInt8>, _ letters: LetterCase) -> PackedText {
        let count = text.count
        guard count <= lettersMax + digitsMax else { return longForm(count) }
        // The first eight bytes, the first one lowest; the last eight, the last one highest.
        let start = text.firstWord
        let end = count >= 8 ? text.word(at: count - 8) : start << UInt64(64 &- 8 &* count)
        var digits = EightDigits.trailingCount(end)
        var number = EightDigits.number(end, count: digits)
        if digits == 8 {
            // Seldom more than one or two.
            var scale: UInt64 = 100_000_000
            while digits < digitsMax, digits < count {
                let digit = text[count - 1 - digits] ^ UInt8(ascii: "0")
                guard digit < 10 else { break }
                number &+= UInt64(digit) &* scale
                scale &*= 10
                digits += 1
            }
        }
        let left = count - digits
        guard left <= lettersMax else { return longForm(count) }
        var low = UInt64(left &<< 4 | digits)
        var high: UInt64 = 0
        if left > 0 {
            guard let codes = FiveBits.codes(of: start, count: left, letters) else {
                return longForm(count)
            }
            low |= codes &<< 8
        }
        if left > 8 {
            let rest =
                count >= 16 ? text.word(at: 8) : end &>> UInt64(128 &- 8 &* count)
            guard let codes = FiveBits.codes(of: rest, count: left - 8, letters) else {
                return longForm(count)
            }
            low |= codes &<< 48
            high = codes &>> 16
        }
        let shift = UInt64(8 &+ 5 &* left)
        if shift < 64 {
            low |= number &<< shift
            high |= number &>> (64 &- shift)
        } else {
            high |= number &<< (shift &- 64)
        }
        return PackedText(low: low, high: high)
    }

    @inline(__always)
    private static func longForm(_ count: Int) -> PackedText {
        precondition(count <= textBytesMax)
        return PackedText(low: UInt64(sixBitHead) | UInt64(count) &<< 8, high: 0)
    }

    /// How many bits hold every number of so many digits.
    @inline(__always)
    static func numberBits(_ digits: Int) -> Int {
        // (10 · digits + 2) / 3
        ((10 &* digits &+ 2) &* 171) &>> 9
    }

    /// How many bytes the form of a head has, the head among them.
    @inline(__always)
    private static func shortCount(_ head: UInt8) -> Int {
        let bits = 5 &* Int(head &>> 4) &+ numberBits(Int(head & 0xF))
        return 1 &+ (bits &+ 7) &>> 3
    }

    /// Whether the digits of one text come before those of another, of texts that differ in nothing else.
    ///
    /// - Parameter other: the other one.
    /// - Returns: nil where they differ in more, or are long.
    @inline(__always)
    func hasLessNumber(than other: PackedText) -> Bool? {
        let shift = 8 &+ 5 &* UInt64(head &>> 4)
        guard isShort, shift < 64, (low ^ other.low) & (1 &<< shift &- 1) == 0 else { return nil }
        return high == other.high ? low < other.low : high < other.high
    }

    // MARK: In memory

    /// Where the text behind the one at an offset begins.
    @inline(__always)
    static func end(ofTextAt offset: Int, in bytes: borrowing Column<UInt8>) -> Int {
        let head = bytes[offset]
        if head < sixBitHead { return offset &+ shortCount(head) }
        return longEnd(head, offset, bytes)
    }

    @inline(never)
    private static func longEnd(
        _ head: UInt8, _ offset: Int, _ bytes: borrowing Column<UInt8>
    ) -> Int {
        let count = Int(bytes[offset + 1])
        return offset + 2 + (head == sixBitHead ? (6 * count + 7) / 8 : count)
    }

    /// The form of the text at an offset; of a long one `low` and `high` mean nothing more.
    @inline(__always)
    init(at offset: Int, in bytes: borrowing Column<UInt8>) {
        let low = UInt64(littleEndian: bytes.word(at: offset))
        let head = UInt8(truncatingIfNeeded: low)
        guard head < Self.sixBitHead else {
            self.init(low: low & 0xFFFF, high: 0)
            return
        }
        let count = Self.shortCount(head)
        guard count > 8 else {
            self.init(low: low & UInt64.max &>> UInt64(64 &- 8 &* count), high: 0)
            return
        }
        let high = UInt64(littleEndian: bytes.word(at: offset + 8))
        self.init(low: low, high: high & UInt64.max &>> UInt64(128 &- 8 &* count))
    }

    /// Whether the text at an offset is this one.
    ///
    /// - Parameters:
    ///   - offset: where its form begins.
    ///   - bytes: what it stands in.
    ///   - text: this text; looked at where the form is a long one.
    ///   - letters: the case of its letters.
    /// - Returns: whether it is.
    @inline(__always)
    func stands(
        at offset: Int, in bytes: borrowing Column<UInt8>, _ text: Span<UInt8>,
        _ letters: LetterCase
    ) -> Bool {
        let difference = UInt64(littleEndian: bytes.word(at: offset)) ^ low
        // Not even the same number of letters and digits, or not as long.
        guard difference & 0xFF == 0 || !isShort else { return false }
        guard isShort else { return Self.isLong(text, at: offset, in: bytes, letters) }
        let count = Self.shortCount(head)
        guard count > 8 else { return difference &<< UInt64(64 &- 8 &* count) == 0 }
        guard difference == 0 else { return false }
        let others = UInt64(littleEndian: bytes.word(at: offset + 8))
        return (others ^ high) &<< UInt64(128 &- 8 &* count) == 0
    }

    /// Whether two texts in memory are the same.
    @inline(__always)
    static func areEqual(_ one: Int, _ other: Int, in bytes: borrowing Column<UInt8>) -> Bool {
        let packed = PackedText(at: one, in: bytes)
        guard !packed.isShort else { return packed == PackedText(at: other, in: bytes) }
        return areLongAndEqual(one, other, bytes)
    }

    @inline(never)
    private static func areLongAndEqual(
        _ one: Int, _ other: Int, _ bytes: borrowing Column<UInt8>
    ) -> Bool {
        let count = end(ofTextAt: one, in: bytes) - one
        guard end(ofTextAt: other, in: bytes) - other == count else { return false }
        for index in 0..<count where bytes[one + index] != bytes[other + index] { return false }
        return true
    }

    @inline(never)
    private static func isLong(
        _ text: Span<UInt8>, at offset: Int, in bytes: borrowing Column<UInt8>,
        _ letters: LetterCase
    ) -> Bool {
        guard bytes[offset] >= sixBitHead, Int(bytes[offset + 1]) == text.count else {
            return false
        }
        let form = PackedForm(at: offset, in: bytes, letters)
        for index in text.indices where form.byte(index, in: bytes) != text[index] { return false }
        return true
    }

    /// Adds the form of a text at the end of some bytes.
    ///
    /// - Parameters:
    ///   - text: the text whose form this is.
    ///   - letters: the case of its letters.
    ///   - bytes: where it is added.
    @inline(__always)
    func append(
        _ text: Span<UInt8>, _ letters: LetterCase, to bytes: inout Column<UInt8>
    ) {
        guard isShort else { return Self.appendLong(text, letters, &bytes) }
        let count = Self.shortCount(head)
        bytes.append(word: low.littleEndian, count: min(count, 8))
        if count > 8 { bytes.append(word: high.littleEndian, count: count &- 8) }
    }

    @inline(never)
    private static func appendLong(
        _ text: Span<UInt8>, _ letters: LetterCase, _ bytes: inout Column<UInt8>
    ) {
        var head = sixBitHead
        for index in text.indices where sixBits(of: text[index], letters) == nil { head = rawHead }
        bytes.append(head)
        bytes.append(UInt8(text.count))
        guard head == sixBitHead else { return bytes.append(text: text) }
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for index in text.indices {
            bits |= UInt32(sixBits(of: text[index], letters) ?? 0) << count
            count += 6
            guard count >= 8 else { continue }
            bytes.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            count -= 8
        }
        if count > 0 { bytes.append(UInt8(truncatingIfNeeded: bits)) }
    }

    // MARK: Six bits

    /// Bytes from a space to `_`, of which letters may be those of the other case.
    private static func sixBits(of byte: UInt8, _ letters: LetterCase) -> UInt8? {
        let isUpper = byte &- 0x41 < 26
        let isLower = byte &- 0x61 < 26
        switch letters {
        case .lower where isLower: return byte - 0x40
        case .lower where isUpper: return nil
        default: return byte >= 0x20 && byte < 0x60 ? byte - 0x20 : nil
        }
    }

    fileprivate static func byte(ofSixBits bits: UInt8, _ letters: LetterCase) -> UInt8 {
        let byte = bits &+ 0x20
        return letters == .lower && byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}

/// A packed text in memory, read byte by byte.
struct PackedForm {
    private enum Kind {
        case short, sixBit, raw
    }

    /// How many bytes the text has.
    let count: Int

    private let kind: Kind
    private let letters: LetterCase
    /// Of a short form.
    private let letterCount: Int
    private let codes: UInt128
    private let number: UInt64
    /// The first byte of a long form's text.
    private let start: Int

    init(at offset: Int, in bytes: borrowing Column<UInt8>, _ letters: LetterCase) {
        self.letters = letters
        start = offset + 2
        let packed = PackedText(at: offset, in: bytes)
        guard packed.isShort else {
            kind = packed.head == PackedText.sixBitHead ? .sixBit : .raw
            count = Int(bytes[offset + 1])
            (letterCount, codes, number) = (0, 0, 0)
            return
        }
        kind = .short
        letterCount = Int(packed.head >> 4)
        let digits = Int(packed.head & 0xF)
        count = letterCount + digits
        let word = (UInt128(packed.high) << 64 | UInt128(packed.low)) >> 8
        codes = word & (1 << UInt128(5 * letterCount) - 1)
        number =
            UInt64(truncatingIfNeeded: word >> UInt128(5 * letterCount))
            & (1 << UInt64(PackedText.numberBits(digits)) - 1)
    }

    /// The byte at an index below the count.
    func byte(_ index: Int, in bytes: borrowing Column<UInt8>) -> UInt8 {
        switch kind {
        case .raw: return bytes[start + index]
        case .sixBit:
            let place = start + 6 * index / 8
            let shift = UInt16(6 * index % 8)
            var bits = UInt16(bytes[place])
            if shift > 2 { bits |= UInt16(bytes[place + 1]) << 8 }
            return PackedText.byte(ofSixBits: UInt8(bits >> shift & 0x3F), letters)
        case .short:
            guard index >= letterCount else {
                let code = UInt64(truncatingIfNeeded: codes >> UInt128(5 * index)) & 0x1F
                return UInt8(truncatingIfNeeded: FiveBits.bytes(of: code, letters))
            }
            var number = number
            for _ in index + 1..<count { number /= 10 }
            return UInt8(ascii: "0") + UInt8(number % 10)
        }
    }

    /// Whether the text at one offset comes before the one at another, byte by byte.
    static func precedes(
        _ one: Int, _ other: Int, in bytes: borrowing Column<UInt8>, _ letters: LetterCase
    ) -> Bool {
        let (a, b) = (PackedText(at: one, in: bytes), PackedText(at: other, in: bytes))
        if let isLess = a.hasLessNumber(than: b) { return isLess }
        return precedesByBytes(one, other, bytes, letters)
    }

    @inline(never)
    private static func precedesByBytes(
        _ one: Int, _ other: Int, _ bytes: borrowing Column<UInt8>, _ letters: LetterCase
    ) -> Bool {
        let one = PackedForm(at: one, in: bytes, letters)
        let other = PackedForm(at: other, in: bytes, letters)
        for index in 0..<min(one.count, other.count) {
            let (a, b) = (one.byte(index, in: bytes), other.byte(index, in: bytes))
            if a != b { return a < b }
        }
        return one.count < other.count
    }
}

extension Span<UInt8> {
    /// The eight bytes from an offset on as one number, the first one lowest.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset <= count - 8)
        return UInt64(
            littleEndian: unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: offset, as: UInt64.self))
    }
}
