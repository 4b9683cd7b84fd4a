internal import Matcher

/// The fixed-size columns of one patient, side by side: whoever looks at a candidate needs them all.
///
///     abhaNumber   47 bits, 0 when absent; above it the district's number, 0 when absent
///     mobile       E.164 digits, 0 when absent
///     demographics text offset 40 bits, day 5, month 4, year 12, gender 3 from there on up
struct RowRecord: BitwiseCopyable {
    /// More districts than these are not told apart.
    static let districtsMax = (1 << 17) - 1
    private static let numberBits: UInt64 = 47
    private static let offsetBits: UInt64 = 40

    private var numberAndDistrict: UInt64
    /// E.164 digits, 0 when absent.
    private(set) var mobile: UInt64
    private var offsetAndDemographics: UInt64

    /// A row of a parsed record, whose texts begin at an offset.
    init(_ patient: borrowing PatientRecord, textOffset: Int, district: Int) {
        precondition(textOffset < 1 << Self.offsetBits, "texts exceed their 40-bit offsets")
        numberAndDistrict = patient.abhaNumber | UInt64(district) << Self.numberBits
        mobile = patient.mobile
        offsetAndDemographics =
            UInt64(textOffset)
            | UInt64(Self.demographics(patient.gender, patient.birthDate)) << Self.offsetBits
    }

    /// A row about nobody, to be written over.
    init() {
        numberAndDistrict = 0
        mobile = 0
        offsetAndDemographics = 0
    }

    /// 0 when absent.
    var abhaNumber: UInt64 { numberAndDistrict & (1 << Self.numberBits - 1) }

    /// One more than the district's number, 0 when absent.
    var district: Int { Int(numberAndDistrict >> Self.numberBits) }

    /// Where the texts of the row begin.
    var textOffset: Int { Int(offsetAndDemographics & (1 << Self.offsetBits - 1)) }

    /// What rows of one facility are ordered by: the gender, then the birth year, 0 where it is not known.
    var run: RowRun { RowRun(rawValue: UInt16(offsetAndDemographics >> 49)) }

    var facts: PatientFacts {
        PatientFacts(
            abhaNumber: abhaNumber, mobile: mobile, gender: gender, birthDate: birthDate)
    }

    private var demographics: UInt32 { UInt32(offsetAndDemographics >> Self.offsetBits) }

    private var gender: Gender { Gender(rawValue: UInt8(demographics >> 21 & 7)) ?? .notStated }

    private var birthDate: BirthDate? {
        let year = UInt16(demographics >> 9 & 0xFFF)
        guard year > 0 else { return nil }
        let month = UInt8(demographics >> 5 & 15)
        let day = UInt8(demographics & 31)
        return month > 0 && day > 0 ? .day(year: year, month: month, day: day) : .yearOnly(year)
    }

    private static func demographics(_ gender: Gender, _ birthDate: BirthDate?) -> UInt32 {
        let sex = UInt32(gender.rawValue) << 21
        switch birthDate {
        case nil: return sex
        case .yearOnly(let year): return sex | UInt32(year) << 9
        case .day(let year, let month, let day):
            return sex | UInt32(year) << 9 | UInt32(month) << 5 | UInt32(day)
        }
    }
}

/// A gender and a birth year: the rows of a facility that have both are one run of memory.
struct RowRun: Comparable, BitwiseCopyable {
    /// How many there can be.
    static let count = 1 << 15
    /// The last year that a row can have.
    static let yearMax = (1 << 12) - 1

    /// The gender's three bits, then the year's twelve.
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The run of a gender and a year, 0 for none.
    init(_ gender: Gender, year: Int) {
        rawValue = UInt16(gender.rawValue) << 12 | UInt16(year)
    }

    static func < (a: RowRun, b: RowRun) -> Bool { a.rawValue < b.rawValue }
}
