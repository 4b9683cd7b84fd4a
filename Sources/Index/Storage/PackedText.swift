internal import Matcher

/// An identifier's text in few bytes: its letters in five bits each, the digits at its end as one number.
///
///     short   number of letters and of digits, 4 bits each | the digits' number, then the letters, lowest bits first
///     long    0xF0, number of bytes | six bits for each     0xF1, number of bytes | as they are
///
/// A text has one form, the first that can hold it, so that two texts are the same where their forms are. Nearly all
/// texts are short: up to 14 letters and marks of `FiveBits` with up to 15 digits behind them, 16 bytes with their head. Six
/// bits are those of the bytes from a space to `_`, in which the letters are those of the text's case.
package struct PackedText: BitwiseCopyable, Sendable, Equatable {
    /// The longest text that can be stored, in bytes.
    package static let textBytesMax = 255
    static let lettersMax = 14
    static let digitsMax = 15
    private static let sixBitHead: UInt8 = 0xF0
    private static let rawHead: UInt8 = 0xF1

    /// All bytes of a short form, the head lowest; head and length of a long one.
    let word: UInt128

    /// What no text has.
    static let none = PackedText(word: 0xFFFF)

    init(word: UInt128) { self.word = word }

    /// The form of a text.
    ///
    /// - Parameters:
    ///   - text: at most `textBytesMax` bytes.
    ///   - letters: the case of its letters; the same wherever it is compared.
    @inline(__always)
    package init(_ text: Span<UInt8>, _ letters: LetterCase) {
        self.init(word: Self.shortForm(text, letters) ?? Self.longHead(text, letters))
    }

    /// Whether `word` is all of it.
    var isShort: Bool { word & 0xFF < UInt128(Self.sixBitHead) }

    private static func shortForm(_ text: Span<UInt8>, _ letters: LetterCase) -> UInt128? {
        let count = text.count
        guard count <= lettersMax + digitsMax else { return nil }
        let end = lastWord(of: text, upTo: count)
        var digits = EightDigits.trailingCount(end)
        var number = EightDigits.number(end, count: digits)
        if digits == 8, count > 8 {
            let before = lastWord(of: text, upTo: count - 8)
            let more = min(EightDigits.trailingCount(before), digitsMax - 8)
            number &+= EightDigits.number(before, count: more) &* 100_000_000
            digits += more
        }
        let left = count - digits
        guard left <= lettersMax else { return nil }
        var codes: UInt128 = 0
        if left > 0 {
            guard let first = FiveBits.codes(of: text.firstWord, count: left, letters) else {
                return nil
            }
            codes = UInt128(first)
            if left > 8 {
                let rest = text.extracting(8...).firstWord
                guard let second = FiveBits.codes(of: rest, count: left - 8, letters) else {
                    return nil
                }
                codes |= UInt128(second) &<< 40
            }
        }
        return UInt128(left &<< 4 | digits) | UInt128(number) &<< 8
            | codes &<< UInt128(8 &+ numberBits(digits))
    }

    /// The last eight bytes of a text's first so many, the last one highest; zeros stand before a shorter one.
    @inline(__always)
    private static func lastWord(of text: Span<UInt8>, upTo count: Int) -> UInt64 {
        if count >= 8 { return text.extracting(count - 8..<count).firstWord }
        guard count > 0 else { return 0 }
        return text.extracting(0..<count).firstWord &<< UInt64(64 &- 8 &* count)
    }

    @inline(never)
    private static func longHead(_ text: Span<UInt8>, _ letters: LetterCase) -> UInt128 {
        precondition(text.count <= textBytesMax)
        var head = sixBitHead
        for index in text.indices where sixBits(of: text[index], letters) == nil { head = rawHead }
        return UInt128(head) | UInt128(text.count) &<< 8
    }

    /// How many bits hold every number of so many digits.
    @inline(__always)
    private static func numberBits(_ digits: Int) -> Int {
        // (10 · digits + 2) / 3
        ((10 &* digits &+ 2) &* 171) &>> 9
    }

    /// How many bytes the form of a head has, the head among them.
    @inline(__always)
    private static func shortCount(_ head: UInt8) -> Int {
        let bits = 5 &* Int(head &>> 4) &+ numberBits(Int(head & 0xF))
        return 1 &+ (bits &+ 7) &>> 3
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

    /// The form of the text at an offset.
    @inline(__always)
    init(at offset: Int, in bytes: borrowing Column<UInt8>) {
        let word = UInt128(littleEndian: bytes.word(at: offset))
        let head = UInt8(truncatingIfNeeded: word)
        let count = head < Self.sixBitHead ? Self.shortCount(head) : 2
        self.init(word: word & Self.mask(count))
    }

    /// Whether the text at an offset is this one.
    ///
    /// - Parameters:
    ///   - offset: where its form begins.
    ///   - bytes: what it stands in.
    ///   - text: this text; looked at where the form is a long one.
    ///   - letters: the case of its letters.
    @inline(__always)
    func stands(
        at offset: Int, in bytes: borrowing Column<UInt8>, _ text: Span<UInt8>,
        _ letters: LetterCase
    ) -> Bool {
        let head = UInt8(truncatingIfNeeded: word)
        guard head < Self.sixBitHead else {
            return Self.isLong(text, head, at: offset, in: bytes, letters)
        }
        let other = UInt128(littleEndian: bytes.word(at: offset))
        return (other ^ word) & Self.mask(Self.shortCount(head)) == 0
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
        _ text: Span<UInt8>, _ head: UInt8, at offset: Int, in bytes: borrowing Column<UInt8>,
        _ letters: LetterCase
    ) -> Bool {
        guard bytes[offset] == head, Int(bytes[offset + 1]) == text.count else { return false }
        let form = PackedForm(at: offset, in: bytes, letters)
        for index in text.indices where form.byte(index, in: bytes) != text[index] { return false }
        return true
    }

    /// The bits of so many bytes, 1 to 16.
    @inline(__always)
    private static func mask(_ count: Int) -> UInt128 {
        UInt128.max &>> UInt128(128 &- 8 &* count)
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
        let head = UInt8(truncatingIfNeeded: word)
        guard head < Self.sixBitHead else { return Self.appendLong(text, head, letters, &bytes) }
        bytes.append(word: word.littleEndian, count: Self.shortCount(head))
    }

    @inline(never)
    private static func appendLong(
        _ text: Span<UInt8>, _ head: UInt8, _ letters: LetterCase, _ bytes: inout Column<UInt8>
    ) {
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

    // MARK: Reading

    /// How many bytes the text at an offset has, and how they stand.
    fileprivate enum Kind {
        case short, sixBit, raw
    }

    fileprivate static func kind(_ head: UInt8) -> Kind {
        head < sixBitHead ? .short : head == sixBitHead ? .sixBit : .raw
    }

    /// The letters of a short form, lowest first.
    @inline(__always)
    fileprivate var letterCodes: UInt128 {
        word &>> UInt128(8 &+ Self.numberBits(digitCount))
    }
    fileprivate var letterCount: Int { Int(truncatingIfNeeded: word &>> 4 & 0xF) }
    fileprivate var digitCount: Int { Int(truncatingIfNeeded: word & 0xF) }
    @inline(__always)
    fileprivate var number: UInt64 {
        UInt64(truncatingIfNeeded: word &>> 8) & (1 &<< UInt64(Self.numberBits(digitCount)) &- 1)
    }

    /// Writes the text of a short form into memory that has room for `UnpackedText.roomMin`.
    ///
    /// - Returns: how many bytes it has.
    @inline(__always)
    @unsafe func write(to place: UnsafeMutableRawPointer, _ letters: LetterCase) -> Int {
        let codes = letterCodes
        let first = FiveBits.bytes(of: UInt64(truncatingIfNeeded: codes), letters)
        unsafe place.storeBytes(of: first.littleEndian, as: UInt64.self)
        let count = letterCount
        if count > 8 {
            let second = FiveBits.bytes(of: UInt64(truncatingIfNeeded: codes &>> 40), letters)
            unsafe place.storeBytes(of: second.littleEndian, toByteOffset: 8, as: UInt64.self)
        }
        var digits = digitCount
        var number = number
        var end = unsafe place + count
        if digits > 8 {
            let high = number / 100_000_000
            number &-= high &* 100_000_000
            digits &-= 8
            let bytes = EightDigits.bytes(of: high) &>> UInt64(64 &- 8 &* digits)
            unsafe end.storeBytes(of: bytes.littleEndian, as: UInt64.self)
            unsafe end = unsafe end + digits
            digits = 8
        }
        guard digits > 0 else { return count }
        let bytes = EightDigits.bytes(of: number) &>> UInt64(64 &- 8 &* digits)
        unsafe end.storeBytes(of: bytes.littleEndian, as: UInt64.self)
        return count &+ digitCount
    }
}

/// A packed text in memory, read byte by byte.
struct PackedForm {
    /// How many bytes the text has.
    let count: Int

    private let letters: LetterCase
    private let kind: PackedText.Kind
    /// A short form.
    private let packed: PackedText
    /// The first byte of a long form's text.
    private let start: Int

    init(at offset: Int, in bytes: borrowing Column<UInt8>, _ letters: LetterCase) {
        self.letters = letters
        packed = PackedText(at: offset, in: bytes)
        kind = PackedText.kind(bytes[offset])
        start = offset + 2
        count =
            kind == .short ? packed.letterCount + packed.digitCount : Int(bytes[offset + 1])
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
            guard index >= packed.letterCount else {
                let codes = UInt64(truncatingIfNeeded: packed.letterCodes >> UInt128(5 * index))
                return UInt8(truncatingIfNeeded: FiveBits.bytes(of: codes & 0x1F, letters))
            }
            var number = packed.number
            for _ in index + 1..<packed.letterCount + packed.digitCount { number /= 10 }
            return UInt8(ascii: "0") + UInt8(number % 10)
        }
    }

    /// Whether the text at one offset comes before the one at another, byte by byte.
    static func precedes(
        _ one: Int, _ other: Int, in bytes: borrowing Column<UInt8>, _ letters: LetterCase
    ) -> Bool {
        let one = PackedForm(at: one, in: bytes, letters)
        let other = PackedForm(at: other, in: bytes, letters)
        if one.kind == .short, other.kind == .short, one.packed.word & 0xFF == other.packed.word & 0xFF,
            one.packed.letterCodes == other.packed.letterCodes
        {
            return one.packed.number < other.packed.number
        }
        for index in 0..<min(one.count, other.count) {
            let (a, b) = (one.byte(index, in: bytes), other.byte(index, in: bytes))
            if a != b { return a < b }
        }
        return one.count < other.count
    }
}
