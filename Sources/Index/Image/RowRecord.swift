internal import Matcher

/// The fixed-size columns of one patient, side by side in half a cache line: whoever looks at a
/// candidate needs them all.
struct RowRecord: BitwiseCopyable {
    /// 0 when absent.
    var abhaNumber: UInt64
    /// E.164 digits, 0 when absent.
    var mobile: UInt64
    /// gender 3 bits, year 12, month 4, day 5, from the top of 24 bits; year 0 when absent.
    var demographics: UInt32
    /// From the base of the row's chunk of `PatientImage.chunkRows` rows.
    var textOffset: UInt32
    /// The first of the row's care contexts; they end where the next row's begin.
    var contextsStart: UInt32
    var facility: UInt16
    var idCount: UInt8
    var addressCount: UInt8

    var facts: PatientFacts {
        PatientFacts(
            abhaNumber: abhaNumber, mobile: mobile, gender: gender, birthDate: birthDate)
    }

    private var gender: Gender { Gender(rawValue: UInt8(demographics >> 21 & 7)) ?? .notStated }

    private var birthDate: BirthDate? {
        let year = UInt16(demographics >> 9 & 0xFFF)
        guard year > 0 else { return nil }
        let month = UInt8(demographics >> 5 & 15)
        let day = UInt8(demographics & 31)
        return month > 0 && day > 0 ? .day(year: year, month: month, day: day) : .yearOnly(year)
    }

    static func demographics(_ gender: Gender, _ birthDate: BirthDate?) -> UInt32 {
        let sex = UInt32(gender.rawValue) << 21
        switch birthDate {
        case nil: return sex
        case .yearOnly(let year): return sex | UInt32(year) << 9
        case .day(let year, let month, let day):
            return sex | UInt32(year) << 9 | UInt32(month) << 5 | UInt32(day)
        }
    }
}
