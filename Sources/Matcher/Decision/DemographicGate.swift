/// Whether gender and birth year let a record pass a step, whatever its name and identifiers are.
///
/// What one request and one step ask for, worked out once. Most records that a key leads to are those of other
/// members of a household, and which ones is chance: a record is told by one comparison, for a branch that nobody
/// can foresee costs as much as fifty instructions.
public struct DemographicGate: Equatable, Sendable, BitwiseCopyable {
    /// Bit k for the gender with raw value k.
    @usableFromInline let genders: UInt8
    /// The first year of birth that passes, and how many more behind it.
    @usableFromInline let firstYear: Int
    @usableFromInline let moreYears: UInt
    /// What a record without a year of birth gets instead of 0.
    @usableFromInline let yearOfMissing: Int

    /// The gate of a request and a step.
    ///
    /// - Parameters:
    ///   - gender: the request's; `notStated` when it has none.
    ///   - birthYear: the request's, 0 when it has none.
    ///   - step: whose policies they are.
    public init(gender: Gender, birthYear: Int, step: StepTerms) {
        genders = Self.genders(gender, step.gender)
        let acceptsMissing = step.birthYear.acceptsMissing(inRequest: birthYear == 0)
        if step.birthYear == .ignored || birthYear == 0 && acceptsMissing {
            firstYear = 0
            moreYears = UInt(Int.max)
            yearOfMissing = 0
        } else {
            // Of a request without a year none passes: no record is from the year before the first.
            let isAsked = birthYear != 0
            firstYear = isAsked ? birthYear - step.birthYearTolerance : -1
            moreYears = isAsked ? UInt(2 * step.birthYearTolerance) : 0
            yearOfMissing = isAsked && acceptsMissing ? birthYear : Int.max
        }
    }

    /// The genders of records that pass, bit k for the one with raw value k.
    private static func genders(_ asked: Gender, _ policy: FieldPolicy) -> UInt8 {
        let acceptsMissing = policy.acceptsMissing(inRequest: asked == .notStated)
        if policy == .ignored || asked == .notStated && acceptsMissing { return .max }
        let missing: UInt8 = acceptsMissing ? 1 << Gender.notStated.rawValue : 0
        return asked == .notStated ? missing : missing | 1 &<< asked.rawValue
    }

    /// Whether a record may go on.
    @inlinable @inline(__always)
    public func admits(_ recorded: GenderAndYear) -> Bool {
        let year = recorded.birthYear == 0 ? yearOfMissing : recorded.birthYear
        let isYear: UInt8 = UInt(bitPattern: year &- firstYear) <= moreYears ? 1 : 0
        return genders &>> recorded.gender.rawValue & isYear != 0
    }
}
