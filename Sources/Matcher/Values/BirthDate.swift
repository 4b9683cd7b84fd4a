/// A date of birth, or as much of one as is known.
public enum BirthDate: Hashable, Sendable {
    case day(year: UInt16, month: UInt8, day: UInt8)
    case yearOnly(UInt16)

    /// Years that a living patient's record can hold.
    public static let years: ClosedRange<Int> = 1850...2100

    /// The year, in either case.
    public var year: Int {
        switch self {
        case .day(let year, _, _): Int(year)
        case .yearOnly(let year): Int(year)
        }
    }

    /// Whether month and day are known too.
    public var isFull: Bool {
        if case .day = self { return true }
        return false
    }

    /// Whether both are known to the day and no usual slip of a desk makes one of the other.
    ///
    /// A slip leaves two of year, month and day as they were, or swaps day and month; the first of January
    /// stands for a year of which no more was known.
    public func contradicts(_ other: BirthDate) -> Bool {
        guard case .day(let year, let month, let day) = self,
            case .day(let otherYear, let otherMonth, let otherDay) = other
        else { return false }
        if (month == 1 && day == 1) || (otherMonth == 1 && otherDay == 1) { return false }
        if year == otherYear, month == otherDay, day == otherMonth { return false }
        let equalParts =
            (year == otherYear ? 1 : 0) + (month == otherMonth ? 1 : 0) + (day == otherDay ? 1 : 0)
        return equalParts < 2
    }

    /// A date from its parts; 0 for an unknown month or day leaves the year only.
    ///
    /// - Throws: `BirthDateError` when the calendar has no such day.
    public init(year: Int, month: Int, day: Int) throws(BirthDateError) {
        guard BirthDate.years.contains(year) else { throw .yearOutOfRange }
        guard month > 0, day > 0 else {
            guard month >= 0, month <= 12, day >= 0, day <= 31 else { throw .noSuchDay }
            self = .yearOnly(UInt16(year))
            return
        }
        guard month <= 12, day <= BirthDate.days(inMonth: month, year: year) else {
            throw day <= 31 && month <= 12 ? .notInThisMonth : .noSuchDay
        }
        self = .day(year: UInt16(year), month: UInt8(month), day: UInt8(day))
    }

    /// Reads `YYYY-MM-DD`, `D-M-YYYY`, `D/M/YYYY` (day first, always), parts written `xx`, or a year.
    ///
    /// A time of day behind the date is passed over. A part with an `x` in it is not known: `1x` is no
    /// day, `198x` no year. A month without a day is kept as the year.
    ///
    /// - Parameters:
    ///   - text: the date, as written.
    ///   - keepsYear: whether a day that its month does not have leaves the year instead of an error.
    /// - Returns: nil where the text stands for no date at all (blank, `-`, `0000-00-00`).
    /// - Throws: `BirthDateError`.
    public static func parse(
        _ text: Span<UInt8>, keepsYear: Bool = false
    ) throws(BirthDateError) -> BirthDate? {
        let text = text.trimmed()
        if let iso = plainParts(text) { return try calendar(iso.0, iso.1, iso.2, keepsYear) }
        guard !text.isPlaceholder else { return nil }
        var parts = (0, 0, 0)
        var lengths = (0, 0, 0)
        var part = 0
        for index in text.indices {
            let byte = ASCII.lowercased(text[index])
            // `1980-05-12 00:00:00` and `1980-05-12T00:00:00Z` are how tables print a date.
            if lengths.2 > 0, byte == UInt8(ascii: "t") || ASCII.isSpace(byte),
                index + 1 < text.count, ASCII.isDigit(text[index + 1])
            {
                break
            }
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") {
                part += 1
                guard part <= 2 else { throw .malformed(offset: index) }
                continue
            }
            guard ASCII.isDigit(byte) || (byte == UInt8(ascii: "x")) else {
                throw .malformed(offset: index)
            }
            switch part {
            case 0: parts.0 = adding(byte, to: parts.0); lengths.0 += 1
            case 1: parts.1 = adding(byte, to: parts.1); lengths.1 += 1
            default: parts.2 = adding(byte, to: parts.2); lengths.2 += 1
            }
            guard max(lengths.0, lengths.1, lengths.2) <= 4 else { throw .malformed(offset: index) }
        }
        // Parts that are not known count as nought from here on.
        parts = (max(parts.0, 0), max(parts.1, 0), max(parts.2, 0))
        if part == 0, lengths.0 == 4 { return try calendar(parts.0, 0, 0, keepsYear) }
        guard part == 2, lengths.1 >= 1, lengths.1 <= 2 else {
            throw .malformed(offset: text.count)
        }
        if lengths.0 == 4, (1...2).contains(lengths.2) {
            return try calendar(parts.0, parts.1, parts.2, keepsYear)
        }
        guard lengths.2 == 4, (1...2).contains(lengths.0) else {
            throw .malformed(offset: text.count)
        }
        return try calendar(parts.2, parts.1, parts.0, keepsYear)
    }

    /// Reads a year alone.
    ///
    /// - Returns: nil where the text stands for no year.
    /// - Throws: `BirthDateError`.
    public static func parseYear(_ text: Span<UInt8>) throws(BirthDateError) -> BirthDate? {
        let text = text.trimmed()
        guard !text.isPlaceholder else { return nil }
        guard text.count == 4 else { throw .malformed(offset: text.count) }
        return try parse(text)
    }

    /// The parts of `YYYY-MM-DD` in digits, which most tables hold; nil for anything else.
    private static func plainParts(_ text: Span<UInt8>) -> (Int, Int, Int)? {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else {
            return nil
        }
        var value = 0
        for index in 0..<10 where index != 4 && index != 7 {
            guard ASCII.isDigit(text[index]) else { return nil }
            value = value * 10 + Int(text[index] - ASCII.zero)
        }
        return (value / 10_000, value / 100 % 100, value % 100)
    }

    private static func calendar(
        _ year: Int, _ month: Int, _ day: Int, _ keepsYear: Bool
    ) throws(BirthDateError) -> BirthDate? {
        guard year > 0 else { return nil }
        do throws(BirthDateError) {
            return try BirthDate(year: year, month: month, day: day)
        } catch {
            guard keepsYear, error == .notInThisMonth else { throw error }
            return .yearOnly(UInt16(year))
        }
    }

    /// A part with one more digit; negative once one of its digits is not known.
    private static func adding(_ byte: UInt8, to part: Int) -> Int {
        part < 0 || !ASCII.isDigit(byte) ? -1 : part * 10 + Int(byte - ASCII.zero)
    }

    private static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

/// Why a text is not a date of birth.
public enum BirthDateError: Error, Equatable {
    case malformed(offset: Int)
    case noSuchDay
    /// A day that other months have, such as 31 April.
    case notInThisMonth
    case yearOutOfRange
}
