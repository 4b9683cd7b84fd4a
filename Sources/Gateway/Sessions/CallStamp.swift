/// What every call to the gateway carries: a request id of its own, and the time.
///
/// A new one for each try: the gateway refuses a request id that it has seen, and a time that is not now.
public struct CallStamp: Sendable, Equatable {
    /// A random UUID, version 4, in lower case.
    public let requestID: String
    /// `2026-11-21T10:00:00.000Z`.
    public let timestamp: String

    /// A fresh one.
    public init(clock: any GatewayClock) {
        var random = SystemRandomNumberGenerator()
        self.init(
            randomBits: (random.next(), random.next()), unixMilliseconds: clock.unixMilliseconds)
    }

    /// One made of these bits, for tests.
    ///
    /// - Parameters:
    ///   - randomBits: 122 of the 128 are used.
    ///   - unixMilliseconds: years 1...9999.
    public init(randomBits: (UInt64, UInt64), unixMilliseconds: Int64) {
        // RFC 9562: four bits of version in the seventh byte, two of variant in the ninth.
        let high = randomBits.0 & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = randomBits.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Array(Self.hexadecimal(high) + Self.hexadecimal(low))
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        requestID = groups.map { String(digits[$0]) }.joined(separator: "-")
        timestamp = Self.text(ofUnixMilliseconds: unixMilliseconds)
    }

    private static func hexadecimal(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// A moment in UTC with milliseconds and `Z`, the one form that every gateway takes.
    ///
    /// - Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days.
    static func text(ofUnixMilliseconds moment: Int64) -> String {
        let (days, rest) = divided(moment, by: 86_400_000)
        let (era, dayOfEra) = divided(days + 719_468, by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        let time = "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2))"
        return "\(date)T\(time):\(padded(rest / 1000 % 60, 2)).\(padded(rest % 1000, 3))Z"
    }

    /// The quotient rounded down and the remainder, which is not negative.
    private static func divided(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
        let remainder = (value % divisor + divisor) % divisor
        return ((value - remainder) / divisor, remainder)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
