/// A 14-digit ABHA (health) number.
public struct ABHANumber: Hashable, Sendable {
    /// The digits as one number, 1...99_999_999_999_999.
    public let digits: UInt64

    /// A number from its digits; nil when it is zero or has more than 14.
    public init?(digits: UInt64) {
        guard digits > 0, digits < 100_000_000_000_000 else { return nil }
        self.digits = digits
    }

    /// Reads `42-7175-8604-4553`, `42717586044553` and any other grouping by dashes or spaces.
    ///
    /// - Throws: `ABHANumberError`; fourteen zeros are a stand-in that desks type, not a number.
    public init(parsing text: Span<UInt8>) throws(ABHANumberError) {
        if let plain = ABHANumber.plain(text) {
            digits = plain
            return
        }
        var value: UInt64 = 0
        var digits = 0
        for index in text.indices {
            let byte = text[index]
            if ASCII.isDigit(byte) {
                digits += 1
                guard digits <= 14 else { throw .wrongLength }
                value = value * 10 + UInt64(byte - ASCII.zero)
            } else if byte != UInt8(ascii: "-"), !ASCII.isSpace(byte) {
                throw .unexpectedByte(offset: index)
            }
        }
        guard digits == 14 else { throw .wrongLength }
        guard value > 0 else { throw .onlyZeros }
        self.digits = value
    }

    /// Same as the general way for the spellings that nearly all apps and tables use: fourteen digits in
    /// one piece, or with dashes as on the card; nil for any other.
    @inline(__always)
    package static func plain(_ text: Span<UInt8>) -> UInt64? {
        let raw = unsafe text.bytes
        // Two words of eight digits that overlap in two.
        let first: UInt64
        let last: UInt64
        if text.count == 14 {
            first = unsafe raw.unsafeLoadUnaligned(as: UInt64.self)
            last = unsafe raw.unsafeLoadUnaligned(fromByteOffset: 6, as: UInt64.self)
        } else if text.count == 17, text[2] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[12] == UInt8(ascii: "-")
        {
            // 42-7175-8604-4553
            let two = UInt64(unsafe raw.unsafeLoadUnaligned(as: UInt16.self))
            let four = UInt64(unsafe raw.unsafeLoadUnaligned(fromByteOffset: 3, as: UInt32.self))
            let next = UInt64(unsafe raw.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt32.self))
            let end = UInt64(unsafe raw.unsafeLoadUnaligned(fromByteOffset: 13, as: UInt32.self))
            first = two | four << 16 | next << 48
            last = next | end << 32
        } else {
            return nil
        }
        guard let high = ASCII.number(ofEightDigits: UInt64(littleEndian: first)),
            let low = ASCII.number(ofEightDigits: UInt64(littleEndian: last))
        else { return nil }
        let value = high / 100 * 100_000_000 + low
        return value > 0 ? value : nil
    }
}

/// Why a text is not an ABHA number.
public enum ABHANumberError: Error, Equatable {
    case unexpectedByte(offset: Int)
    /// Fewer or more than 14 digits.
    case wrongLength
    case onlyZeros
}
