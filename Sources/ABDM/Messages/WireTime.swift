/// A moment as ABDM's messages write one, in whole milliseconds.
public struct WireTime: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var milliseconds: Int64

    /// A moment from its milliseconds since 1970.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Reads `2022-05-25T01:09:02.330549`, with 0...9 fractional digits, with `Z`, an offset or no zone.
    ///
    /// Without a zone it is UTC, as the gateway means it. Digits beyond the milliseconds are cut off.
    ///
    /// - Returns: nil for anything else, and for days that the calendar does not have.
    /// - Source: RFC 3339, and messages as they were captured.
    public init?(parsing text: Span<UInt8>) {
        var scan = DigitScanner(text: text)
        guard let year = scan.digits(4), scan.take("-"), let month = scan.digits(2),
            scan.take("-"), let day = scan.digits(2),
            scan.take("T") || scan.take("t") || scan.take(" "),
            let hour = scan.digits(2), scan.take(":"), let minute = scan.digits(2),
            scan.take(":"), let second = scan.digits(2)
        else { return nil }
        guard (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, year: year),
            hour <= 23, minute <= 59, second <= 60
        else { return nil }
        var fraction = 0
        if scan.take(".") {
            guard let milliseconds = scan.fraction() else { return nil }
            fraction = milliseconds
        }
        guard let offset = scan.zoneMinutes(), scan.isAtEnd else { return nil }
        let days = Self.days(since1970: year, month, day)
        let minutes = (days * 24 + Int64(hour)) * 60 + Int64(minute) - Int64(offset)
        milliseconds = (minutes * 60 + Int64(second)) * 1000 + Int64(fraction)
    }

    /// The moment as it is sent: `2022-10-06T15:10:00.587Z`, in UTC with milliseconds.
    public var text: String {
        let days = milliseconds.floorDivided(by: 86_400_000)
        let rest = Int(milliseconds - days * 86_400_000)
        let (year, month, day) = Self.date(ofDay: days)
        return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2) + "T"
            + Self.padded(rest / 3_600_000, 2) + ":" + Self.padded(rest / 60_000 % 60, 2) + ":"
            + Self.padded(rest / 1000 % 60, 2) + "." + Self.padded(rest % 1000, 3) + "Z"
    }

    /// The day at the desk, in India's time, such as `2026-11-21`.
    public var indianDay: String {
        let local = WireTime(milliseconds: milliseconds + 19_800_000)
        return String(local.text.prefix(10))
    }

    /// The moment so many milliseconds later.
    public func adding(milliseconds more: Int64) -> WireTime {
        WireTime(milliseconds: milliseconds + more)
    }

    /// The moment so many minutes later.
    public func adding(minutes: Int) -> WireTime { adding(milliseconds: Int64(minutes) * 60_000) }

    /// The moment so many times 24 hours later.
    public func adding(days: Int) -> WireTime { adding(minutes: days * 24 * 60) }

    /// Whether one comes before the other.
    public static func < (one: WireTime, other: WireTime) -> Bool {
        one.milliseconds < other.milliseconds
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// - Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    private static func days(since1970 year: Int, _ month: Int, _ day: Int) -> Int64 {
        let y = Int64(month <= 2 ? year - 1 : year)
        let era = y.floorDivided(by: 400)
        let yearOfEra = y - era * 400
        let shifted = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * shifted + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// - Source: as above, `civil_from_days`.
    private static func date(ofDay day: Int64) -> (year: Int, month: Int, day: Int) {
        let z = day + 719_468
        let era = z.floorDivided(by: 146_097)
        let dayOfEra = z - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(dayOfYear - (153 * shifted + 2) / 5 + 1))
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }
}

/// Takes the parts of a timestamp off its text, one after the other.
private struct DigitScanner: ~Escapable {
    private let text: Span<UInt8>
    private var offset = 0

    @_lifetime(copy text)
    init(text: Span<UInt8>) { self.text = text }

    var isAtEnd: Bool { offset == text.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard offset < text.count, UInt32(text[offset]) == character.value else { return false }
        offset += 1
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        guard text.count - offset >= count else { return nil }
        var value = 0
        for index in offset..<offset + count {
            guard let digit = Self.digit(text[index]) else { return nil }
            value = value * 10 + digit
        }
        offset += count
        return value
    }

    /// The milliseconds of 0...9 digits behind the point.
    mutating func fraction() -> Int? {
        var value = 0
        var count = 0
        while offset < text.count, let digit = Self.digit(text[offset]) {
            if count < 3 { value = value * 10 + digit }
            count += 1
            offset += 1
        }
        guard count <= 9 else { return nil }
        while count < 3 {
            value *= 10
            count += 1
        }
        return value
    }

    /// The zone's minutes east of Greenwich; 0 where none is said.
    mutating func zoneMinutes() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign: Int
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = digits(2) else { return nil }
        _ = take(":")
        guard let minutes = digits(2), hours <= 23, minutes <= 59 else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        let digit = Int(byte) - Int(UInt8(ascii: "0"))
        return (0...9).contains(digit) ? digit : nil
    }
}
