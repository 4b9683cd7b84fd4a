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
}

/// Why a text is not an ABHA number.
public enum ABHANumberError: Error, Equatable {
    case unexpectedByte(offset: Int)
    /// Fewer or more than 14 digits.
    case wrongLength
    case onlyZeros
}
