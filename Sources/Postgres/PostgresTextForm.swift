extension PostgresColumnType {
    /// Appends a binary value of this type in the text form that people and files use.
    ///
    /// Integers in decimal digits, a `numeric` likewise if it is whole, booleans as `true` and
    /// `false`, dates and the days of timestamps as `YYYY-MM-DD`, texts as they are (`char(n)`
    /// without its padding).
    ///
    /// - Parameters:
    ///   - bytes: a field of this type, not NULL.
    ///   - text: gets UTF-8; left as it was where the answer is false.
    ///   - utcOffsetSeconds: which clock tells the day of a timestamp with time zone.
    /// - Returns: false where there is no such text: an infinite date, a year before 1 or after
    ///   9999, a `numeric` with a fraction or beyond 64 bits.
    /// - Throws: `protocolViolation` where the bytes cannot be of this type.
    public func appendText(
        of bytes: Span<UInt8>, to text: inout [UInt8], utcOffsetSeconds: Int = 0
    ) throws(PostgresError) -> Bool {
        switch self {
        case .text:
            append(bytes, to: &text)
        case .paddedText:
            append(PostgresBinary.withoutPadding(bytes), to: &text)
        case .int2, .int4, .int8:
            guard bytes.count == integerBytes else { throw PostgresBinary.malformed(self) }
            appendDecimal(try PostgresBinary.integer(bytes), to: &text)
        case .numeric:
            guard case .integer(let value) = try PostgresNumeric(bytes) else { return false }
            appendDecimal(value, to: &text)
        case .boolean:
            text += (try PostgresBinary.boolean(bytes) ? "true" : "false").utf8
        case .date:
            return appendISO(try PostgresBinary.date(bytes), to: &text)
        case .timestamp:
            return appendISO(try PostgresBinary.timestampDate(bytes), to: &text)
        case .timestampWithTimeZone:
            guard bytes.count == 8 else { throw PostgresBinary.malformed(self) }
            return appendISO(
                try PostgresBinary.timestampDate(bytes, utcOffsetSeconds: utcOffsetSeconds),
                to: &text)
        case .uuid:
            try PostgresBinary.appendUUID(bytes, to: &text)
        }
        return true
    }

    private var integerBytes: Int { self == .int2 ? 2 : self == .int4 ? 4 : 8 }
}

private func append(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
}

private func appendISO(_ date: PostgresDate, to text: inout [UInt8]) -> Bool {
    guard case .day(let year, let month, let day) = date, year <= 9999 else { return false }
    appendDecimal(Int64(year), digits: 4, to: &text)
    text.append(UInt8(ascii: "-"))
    appendDecimal(Int64(month), digits: 2, to: &text)
    text.append(UInt8(ascii: "-"))
    appendDecimal(Int64(day), digits: 2, to: &text)
    return true
}

/// Appends a number, filled up with leading zeros; no memory is allocated but for the text's
/// growth.
private func appendDecimal(_ value: Int64, digits: Int = 1, to text: inout [UInt8]) {
    if value < 0 { text.append(UInt8(ascii: "-")) }
    let start = text.count
    var rest = value.magnitude
    while rest > 0 || text.count - start < digits {
        text.append(UInt8(ascii: "0") + UInt8(rest % 10))
        rest /= 10
    }
    // Not `text[start...].reverse()`: a slice would copy the whole text.
    var low = start
    var high = text.count - 1
    while low < high {
        text.swapAt(low, high)
        low += 1
        high -= 1
    }
}
