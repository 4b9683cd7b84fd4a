/// Whether two records of one facility are plainly one person, registered twice.
public enum SamePerson {
    /// What the judgement looks at on one record.
    public struct Side: ~Escapable {
        let facts: PatientFacts
        let abhaAddress: ABHAAddressParts
        let name: Span<UInt8>

        /// A record's facts, ABHA address and folded name, either empty when absent.
        @_lifetime(copy abhaAddress, copy name)
        public init(
            facts: PatientFacts, abhaAddress: consuming ABHAAddressParts, name: Span<UInt8>
        ) {
            self.facts = facts
            self.abhaAddress = abhaAddress
            self.name = name
        }
    }

    /// What two records say of each other.
    public enum Verdict: Equatable, Sendable {
        /// Equal ABHA address or number, or equal folded name, full birth date, gender and mobile.
        case same
        case unknown
        /// They carry ABHA identifiers that one person does not have both of.
        case contradicts
    }

    /// Compares two records.
    ///
    /// A person has one ABHA number and may hold several addresses: two numbers always contradict, two
    /// addresses do unless the number is the same.
    public static func judge(_ a: borrowing Side, _ b: borrowing Side) -> Verdict {
        let bothNumbers = a.facts.abhaNumber != 0 && b.facts.abhaNumber != 0
        let bothAddresses = !a.abhaAddress.isEmpty && !b.abhaAddress.isEmpty
        if bothNumbers {
            return a.facts.abhaNumber == b.facts.abhaNumber ? .same : .contradicts
        }
        if bothAddresses {
            return a.abhaAddress.equals(b.abhaAddress) ? .same : .contradicts
        }
        guard let birthDate = a.facts.birthDate, birthDate.isFull, birthDate == b.facts.birthDate,
            a.facts.gender != .notStated, a.facts.gender == b.facts.gender, a.facts.mobile != 0,
            a.facts.mobile == b.facts.mobile, !a.name.isEmpty, haveSameName(a, b)
        else { return .unknown }
        return .same
    }

    /// One desk writes the father behind the name, the next does not.
    private static func haveSameName(_ a: borrowing Side, _ b: borrowing Side) -> Bool {
        a.name.extracting(first: NameParts.nameCount(a.name)).equals(
            b.name.extracting(first: NameParts.nameCount(b.name)))
    }
}
