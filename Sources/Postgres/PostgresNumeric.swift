/// A `numeric` as far as a loader is interested in it.
public enum PostgresNumeric: Equatable, Sendable {
    /// A whole number, however many zeros follow its decimal point.
    case integer(Int64)
    /// A number with a fraction.
    case fractional
    /// A whole number beyond 64 bits.
    case tooLarge
    /// NaN or an infinity.
    case notFinite

    /// Decodes the binary form.
    ///
    /// The form is the count of digits to the base 10,000, the weight of the first one, the sign,
    /// the number of decimal digits to show, and the digits; zeros at both ends are left out.
    ///
    /// - Parameter bytes: a field of type `numeric`.
    /// - Throws: `protocolViolation` where the bytes are no such form.
    /// - Complexity: O(bytes).
    public init(_ bytes: Span<UInt8>) throws(PostgresError) {
        let raw = unsafe bytes.bytes
        guard raw.byteCount >= 8 else { throw PostgresBinary.malformed(.numeric) }
        let digitCount = Int(bigEndian(raw, 0, Int16.self))
        let weight = Int(bigEndian(raw, 2, Int16.self))
        let sign = bigEndian(raw, 4, UInt16.self)
        guard digitCount >= 0, raw.byteCount == 8 + 2 * digitCount else {
            throw PostgresBinary.malformed(.numeric)
        }
        switch sign {
        case 0x0000, 0x4000: break
        case 0xC000, 0xD000, 0xF000:
            self = .notFinite
            return
        default: throw PostgresBinary.malformed(.numeric)
        }

        var negated: Int64 = 0  // summed up below zero, where there is room for one more
        var overflows = false
        var hasFraction = false
        for index in 0..<max(digitCount, weight + 1) {
            let digit = index < digitCount ? bigEndian(raw, 8 + 2 * index, Int16.self) : 0
            guard (0...9999).contains(digit) else { throw PostgresBinary.malformed(.numeric) }
            guard index <= weight else {
                if digit != 0 { hasFraction = true }
                continue
            }
            let (scaled, overflowsScaling) = negated.multipliedReportingOverflow(by: 10_000)
            let (sum, overflowsSum) = scaled.subtractingReportingOverflow(Int64(digit))
            overflows = overflows || overflowsScaling || overflowsSum
            negated = overflows ? 0 : sum
        }
        if hasFraction {
            self = .fractional
        } else if overflows || (sign == 0x0000 && negated == .min) {
            self = .tooLarge
        } else {
            self = .integer(sign == 0x0000 ? -negated : negated)
        }
    }
}
