internal import Glibc
internal import Matcher
internal import Postgres

/// A day of the calendar, as a load compares birth dates with it.
public struct CalendarDay: Equatable, Sendable {
    /// Of our era.
    public let year: Int
    /// 1...12.
    public let month: Int
    /// 1...31.
    public let day: Int

    /// A day that the caller knows to exist.
    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that it is in India, where ABDM's facilities are.
    public static var today: CalendarDay { inIndia(secondsSince1970: time(nil)) }

    /// The day that it is in India at a moment.
    static func inIndia(secondsSince1970 seconds: Int) -> CalendarDay {
        let days = (seconds + 19_800) / 86_400 - 10_957
        guard let days = Int32(exactly: days),
            case .day(let year, let month, let day) = PostgresDate(daysSince2000: days)
        else { return CalendarDay(year: .max, month: 12, day: 31) }  // a clock that tells nothing
        return CalendarDay(year: year, month: month, day: day)
    }

    /// Whether nobody who is born on a date has been born yet; of a year alone, not before it begins.
    func isBefore(_ date: BirthDate) -> Bool {
        switch date {
        case .yearOnly(let year): self.year < Int(year)
        case .day(let year, let month, let day):
            (self.year, self.month, self.day) < (Int(year), Int(month), Int(day))
        }
    }
}
