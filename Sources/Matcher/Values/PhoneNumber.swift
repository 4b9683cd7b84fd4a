/// A phone number in E.164 form: digits only, no plus sign.
public struct PhoneNumber: Hashable, Sendable {
    /// Country code and subscriber number as one number, 7...15 digits.
    public let e164: UInt64

    /// A number from E.164 digits; nil when it has more than 15.
    public init?(e164: UInt64) {
        guard e164 >= 1_000_000, e164 < 1_000_000_000_000_000 else { return nil }
        self.e164 = e164
    }

    /// Reads an Indian mobile in any usual spelling, or a foreign number that names its country.
    ///
    /// `98480 22338`, `098480-22338`, `9198...`, `+91-98...`, `0091 98...` are one number; `+1 (415)
    /// 555-0123` is kept as it is. Spaces, dashes, dots, brackets and the invisible marks that come
    /// with copied text are passed over.
    ///
    /// - Throws: `PhoneNumberError`; see its `isUnusable` for the ones that are no fault.
    /// - Complexity: O(bytes).
    public init(parsing text: Span<UInt8>) throws(PhoneNumberError) {
        if let plain = PhoneNumber.plainMobile(text) {
            e164 = plain
            return
        }
        let scan = try DigitScan(text.trimmed())
        guard !scan.isMasked else { throw .masked }
        guard scan.count > 0 else { throw .tooShort(digits: 0, minimum: 10) }

        guard scan.value > 0 || scan.count < 10 else { throw .notAMobile }
        if scan.isInternational {
            guard scan.leadingZeros == 0 else { throw .notAMobile }
            guard PhoneNumber.isIndian(scan.value, digits: scan.count) else {
                guard scan.count >= 7 else { throw .tooShort(digits: scan.count, minimum: 7) }
                guard scan.count <= 15 else { throw .tooLong(digits: scan.count, maximum: 15) }
                e164 = scan.value
                return
            }
            // A country that is named is no part of a short number.
            guard scan.count >= 12 else { throw .tooShort(digits: scan.count - 2, minimum: 10) }
        }
        // Without its trunk zero and country code an Indian mobile has ten digits, 6-9 first.
        var subscriber = scan.value  // leading zeros are gone, but counted
        var digits = scan.count - scan.leadingZeros
        if digits == 12 || digits == 13, PhoneNumber.isIndian(subscriber, digits: digits) {
            subscriber %= PhoneNumber.power10(digits - 2)
            digits -= 2
            if digits == 11, subscriber < 10_000_000_000 { digits = 10 }  // +91 (0) 98...
        }
        guard digits >= 10 else { throw .tooShort(digits: digits, minimum: 10) }
        guard digits == 10 else { throw .tooLong(digits: digits, maximum: 10) }
        guard scan.leadingZeros <= 1, subscriber >= 6_000_000_000 else { throw .notAMobile }
        e164 = 910_000_000_000 + subscriber
    }

    /// Same as the general way for the spellings that nearly all apps and tables use: ten digits in one
    /// piece, alone or behind `+91` or `+91-`; nil for any other.
    package static func plainMobile(_ text: Span<UInt8>) -> UInt64? {
        let lead = text.count - 10
        guard lead == 0 || lead == 3 || lead == 4 else { return nil }
        let raw = unsafe text.bytes
        if lead > 0 {
            let plus91: UInt32 = 0x31_392B
            let dash = UInt32(UInt8(ascii: "-")) << 24
            let first = UInt32(littleEndian: unsafe raw.unsafeLoadUnaligned(as: UInt32.self))
            guard (lead == 3 ? first & 0xFF_FFFF : first ^ dash) == plus91 else { return nil }
        }
        let eight = unsafe raw.unsafeLoadUnaligned(fromByteOffset: lead, as: UInt64.self)
        let two = UInt16(
            littleEndian: unsafe raw.unsafeLoadUnaligned(
                fromByteOffset: lead &+ 8, as: UInt16.self))
        let tens = UInt8(truncatingIfNeeded: two) &- ASCII.zero
        let ones = UInt8(truncatingIfNeeded: two >> 8) &- ASCII.zero
        guard let high = ASCII.number(ofEightDigits: UInt64(littleEndian: eight)), tens <= 9,
            ones <= 9
        else { return nil }
        let subscriber = high &* 100 &+ UInt64(tens) &* 10 &+ UInt64(ones)
        return subscriber >= 6_000_000_000 ? 910_000_000_000 &+ subscriber : nil
    }

    private static func isIndian(_ value: UInt64, digits: Int) -> Bool {
        digits >= 3 && value / power10(digits - 2) == 91
    }

    private static func power10(_ exponent: Int) -> UInt64 {
        var result: UInt64 = 1
        for _ in 0..<exponent { result *= 10 }
        return result
    }
}

/// Why a text is not a phone number that can be looked up.
public enum PhoneNumberError: Error, Equatable {
    case unexpectedByte(offset: Int)
    /// Digits are hidden, as in `98XXXXX767`.
    case masked
    case tooShort(digits: Int, minimum: Int)
    case tooLong(digits: Int, maximum: Int)
    /// Digits that no Indian mobile has: a land line, `0000000000`, `1234567890`; or a country code
    /// that begins with zero.
    case notAMobile

    /// Whether the text is a number that merely cannot be used, rather than no number at all.
    ///
    /// Hospitals' columns are full of them; a row is not refused for one.
    public var isUnusable: Bool {
        if case .unexpectedByte = self { return false }
        return true
    }
}

/// The digits of a phone number's text, read once.
private struct DigitScan {
    var value: UInt64 = 0
    var count = 0
    var leadingZeros = 0
    var isInternational = false
    var isMasked = false

    init(_ text: Span<UInt8>) throws(PhoneNumberError) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                try take(byte - ASCII.zero)
            case UInt8(ascii: "+"):
                guard count == 0, !isInternational else {
                    throw PhoneNumberError.unexpectedByte(offset: index)
                }
                isInternational = true
            case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "*"), UInt8(ascii: "#"):
                isMasked = true
            case UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."),
                ASCII.space, ASCII.tab:
                break
            default:
                index += try Self.invisibleMarkLength(text, at: index) - 1
            }
            index += 1
        }
        // 00 is how a plus sign is dialled.
        if !isInternational, leadingZeros == 2, count > 10 {
            isInternational = true
            count -= 2
            leadingZeros = 0
        }
    }

    private mutating func take(_ digit: UInt8) throws(PhoneNumberError) {
        count += 1
        guard count <= 17 else { throw .tooLong(digits: count, maximum: 15) }
        if digit == 0, value == 0 { leadingZeros += 1 }
        value = value * 10 + UInt64(digit)
    }

    /// Bytes of a typographic space or dash, or of an invisible mark, at `index`.
    private static func invisibleMarkLength(
        _ text: Span<UInt8>, at index: Int
    ) throws(PhoneNumberError) -> Int {
        let scalar = UTF8Scalar(text, at: index)
        switch scalar.value?.value ?? 0 {
        case 0xA0, 0xAD, 0x2000...0x2015, 0x2028...0x202F, 0x2060...0x2069, 0x2212, 0xFEFF:
            return scalar.length
        default:
            throw .unexpectedByte(offset: index)
        }
    }
}
