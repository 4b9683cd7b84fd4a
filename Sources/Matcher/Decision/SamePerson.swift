/// Whether two records of one facility are plainly one person, registered twice.
public enum SamePerson {
    /// What two records say of each other.
    public enum Verdict: Equatable, Sendable {
        /// Equal ABHA address or number, or equal folded name, full birth date, gender and mobile.
        case same
        case unknown
        /// They carry ABHA identifiers that one person does not have both of.
        case contradicts
    }

    /// Compares two records, whose texts are looked at only where they are asked for.
    ///
    /// A person has one ABHA number and may hold several addresses: two numbers always contradict, two
    /// addresses do unless the number is the same.
    ///
    /// - Parameters:
    ///   - a: the facts of one.
    ///   - b: the facts of the other.
    ///   - haveSameAddress: whether their ABHA addresses are the same; nil where one has none.
    ///   - haveSameName: what `haveSameName` says of their names.
    /// - Returns: what they say of each other.
    @inline(__always)
    public static func judge(
        _ a: PatientFacts, _ b: PatientFacts, haveSameAddress: () -> Bool?,
        haveSameName: () -> Bool
    ) -> Verdict {
        if a.abhaNumber != 0, b.abhaNumber != 0 {
            return a.abhaNumber == b.abhaNumber ? .same : .contradicts
        }
        if let isSame = haveSameAddress() { return isSame ? .same : .contradicts }
        guard let birthDate = a.birthDate, birthDate.isFull, birthDate == b.birthDate,
            a.gender != .notStated, a.gender == b.gender, a.mobile != 0, a.mobile == b.mobile,
            haveSameName()
        else { return .unknown }
        return .same
    }

    /// Whether two folded names are there and the same, what they say of relatives left out.
    ///
    /// One desk writes the father behind the name, the next does not.
    public static func haveSameName(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        !a.isEmpty
            && a.extracting(first: NameParts.nameCount(a)).equals(
                b.extracting(first: NameParts.nameCount(b)))
    }
}
