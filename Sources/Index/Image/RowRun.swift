internal import Matcher

/// A gender and a birth year: the rows of a facility that have both are one run of memory.
struct RowRun: Comparable, BitwiseCopyable {
    /// How many there can be.
    static let count: UInt16 = 1 << 15
    /// The last year that a row can have.
    static let yearMax = (1 << 12) - 1

    /// The gender's three bits, then the year's twelve.
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The run of a gender and a year, 0 for none.
    init(_ gender: Gender, year: Int) {
        rawValue = UInt16(gender.rawValue) << 12 | UInt16(year)
    }

    var gender: Gender {
        @inline(__always) get {
            Gender(rawValue: UInt8(truncatingIfNeeded: rawValue >> 12)) ?? .notStated
        }
    }

    /// 0 where it is not known.
    var year: UInt16 { rawValue & UInt16(Self.yearMax) }

    static func < (a: RowRun, b: RowRun) -> Bool { a.rawValue < b.rawValue }
}
