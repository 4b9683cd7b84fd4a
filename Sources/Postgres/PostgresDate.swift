/// A date as PostgreSQL can hold it.
public enum PostgresDate: Hashable, Sendable {
    /// A day of our era: year 1...5874897, month 1...12, day 1...31.
    case day(year: Int, month: Int, day: Int)
    /// A day before our era: year 1 is 1 BC; month 1...12, day 1...31.
    case beforeChrist(year: Int, month: Int, day: Int)
    /// Later than all other dates.
    case infinity
    /// Earlier than all other dates.
    case minusInfinity

    /// The date of a number of days since 2000-01-01, in the proleptic Gregorian calendar.
    ///
    /// - Parameter days: any that fits 32 bits.
    /// - Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`; years
    ///   begin in March.
    public init(daysSince2000 days: Int32) {
        self.init(days: Int(days))
    }

    init(days: Int) {
        let sinceMarchOfYear0 = days + 730_425  // days from 0000-03-01 to 2000-01-01
        let era = floorDivide(sinceMarchOfYear0, 146_097)
        let dayOfEra = sinceMarchOfYear0 - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self =
            year >= 1
            ? .day(year: year, month: month, day: day)
            : .beforeChrist(year: 1 - year, month: month, day: day)
    }
}

/// The quotient rounded towards minus infinity.
func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
