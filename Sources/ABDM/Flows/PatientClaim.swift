public import Matcher

/// Who a patient says to be, word for word: what a consent manager compares with what it knows.
public struct PatientClaim: Equatable, Sendable {
    /// The name, unedited.
    public var name: String
    /// The gender.
    public var gender: Gender
    /// The date of birth, or the year.
    public var birthDate: BirthDate?
    /// The ABHA number; nil where none was said.
    public var abhaNumber: ABHANumber?

    /// A claim from its parts.
    public init(name: String, gender: Gender, birthDate: BirthDate?, abhaNumber: ABHANumber?) {
        self.name = name
        self.gender = gender
        self.birthDate = birthDate
        self.abhaNumber = abhaNumber
    }

    /// This claim with what only an earlier one said: who discovers says the year of birth alone and no ABHA number,
    /// and a consent manager may want to know the day.
    ///
    /// - Parameter earlier: what the same address said before.
    /// - Returns: this claim, but for what it lacks.
    public func completed(by earlier: PatientClaim) -> PatientClaim {
        var claim = self
        if claim.name.isEmpty { claim.name = earlier.name }
        if claim.gender == .notStated { claim.gender = earlier.gender }
        switch (claim.birthDate, earlier.birthDate) {
        case (nil, _): claim.birthDate = earlier.birthDate
        // Another year is a correction, which the earlier day does not belong to.
        case (.yearOnly(let year), .day(let earlierYear, _, _)) where year == earlierYear:
            claim.birthDate = earlier.birthDate
        default: break
        }
        if claim.abhaNumber == nil { claim.abhaNumber = earlier.abhaNumber }
        return claim
    }

    /// What a shared profile says.
    public init(_ profile: SharedProfile) {
        self.init(
            name: profile.name, gender: profile.gender, birthDate: profile.birthDate,
            abhaNumber: profile.abhaNumber)
    }

    /// The date of birth as v0.5 wants it: the first of January where only the year is known.
    var dateOfBirth: String? {
        func padded(_ number: UInt8) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch birthDate {
        case nil: return nil
        case .yearOnly(let year): return "\(year)-01-01"
        case .day(let year, let month, let day): return "\(year)-\(padded(month))-\(padded(day))"
        }
    }
}
