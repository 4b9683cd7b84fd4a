internal import Matcher

/// The fixed-size columns of one patient, side by side: whoever looks at a candidate needs them all.
///
///     number     ABHA number 47 bits, 0 when absent; above it one more than the district's number 17, 0 when absent
///     mobile     E.164 digits 50 bits, 0 when absent; day 5, month 4; whether there are care contexts 1
///     whose      the first care context's place 32 bits; facility 16; year 12, gender 3
struct RowRecord: BitwiseCopyable {
    /// Bytes in memory.
    static let bytes = 24
    /// How many of them say where the row's first care context is; whether there is one is a bit elsewhere.
    static let contextLinkBytes = 4
    /// More districts than these are not told apart.
    static let districtsMax = (1 << 17) - 1
    private static let numberBits: UInt64 = 47
    private static let mobileBits: UInt64 = 50
    private static let facilityBits: UInt64 = 32
    private static let runBits: UInt64 = 48
    private static let contextsBits: UInt64 = 59

    private var numberAndDistrict: UInt64
    private var mobileAndDay: UInt64
    private var whose: UInt64

    /// A row of a parsed record, without care contexts.
    init(_ patient: borrowing PatientRecord, facility: UInt16, district: Int) {
        let date = Self.parts(of: patient.birthDate)
        numberAndDistrict = patient.abhaNumber | UInt64(district) << Self.numberBits
        mobileAndDay = patient.mobile | UInt64(date.month << 5 | date.day) << Self.mobileBits
        whose =
            UInt64(facility) << Self.facilityBits
            | UInt64(RowRun(patient.gender, year: Int(date.year)).rawValue) << Self.runBits
    }

    /// 0 when absent.
    var abhaNumber: UInt64 { numberAndDistrict & (1 << Self.numberBits - 1) }

    /// One more than the district's number, 0 when absent.
    var district: Int { Int(numberAndDistrict >> Self.numberBits) }

    /// E.164 digits, 0 when absent.
    var mobile: UInt64 { mobileAndDay & (1 << Self.mobileBits - 1) }

    /// The ABHA number or the mobile, 0 when absent.
    @inline(__always)
    func number(_ kind: IdentifierKind) -> UInt64 { kind == .mobile ? mobile : abhaNumber }

    /// Whose record it is.
    var facility: UInt16 { UInt16(truncatingIfNeeded: whose >> Self.facilityBits) }

    /// What rows of one facility are ordered by: the gender, then the birth year, 0 where it is not known.
    var run: RowRun {
        RowRun(rawValue: UInt16(truncatingIfNeeded: whose >> Self.runBits))
    }

    /// What rows are ordered by: the facility, then the run.
    var order: RowOrderKey { RowOrderKey(facility: facility, run: run) }

    /// Where the first care context is; 0 when there is none.
    var firstContext: Int { Int(UInt32(truncatingIfNeeded: whose)) }

    /// Whether there are care contexts.
    var hasContexts: Bool { mobileAndDay >> Self.contextsBits & 1 == 1 }

    /// Says where the care contexts begin.
    mutating func setContexts(first: Int) {
        whose = whose & ~UInt64(UInt32.max) | UInt64(UInt32(first))
        mobileAndDay |= 1 << Self.contextsBits
    }

    var genderAndYear: GenderAndYear {
        @inline(__always) get {
            let run = run
            return GenderAndYear(run.gender, birthYear: Int(run.year))
        }
    }

    var facts: PatientFacts {
        @inline(__always) get {
            PatientFacts(
                abhaNumber: abhaNumber, mobile: mobile, gender: run.gender, birthDate: birthDate)
        }
    }

    private var birthDate: BirthDate? {
        @inline(__always) get {
            let year = run.year
            guard year > 0 else { return nil }
            let day = UInt8(truncatingIfNeeded: mobileAndDay >> Self.mobileBits & 31)
            let month = UInt8(truncatingIfNeeded: mobileAndDay >> (Self.mobileBits + 5) & 15)
            return month > 0 && day > 0
                ? .day(year: year, month: month, day: day) : .yearOnly(year)
        }
    }

    private static func parts(
        of date: BirthDate?
    ) -> (year: UInt16, month: UInt16, day: UInt16) {
        switch date {
        case nil: (0, 0, 0)
        case .yearOnly(let year): (year, 0, 0)
        case .day(let year, let month, let day): (year, UInt16(month), UInt16(day))
        }
    }
}
