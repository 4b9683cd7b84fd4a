public import Matcher

/// The knobs of the seed rule, for its slow twin.
public struct OracleRule: Sendable {
    /// What identifiers are good for that nobody verified.
    public var unverified = UnverifiedPolicy.fallback
    /// Whether several records of plainly one person are one answer.
    public var joinsSamePerson = true
    /// More records than this under one key are too many.
    public var candidatesMax = 256
    /// Years between two birth years that still agree.
    public var tolerance = 2
    /// What is done when several persons are left.
    public var several = SeveralPolicy.rank
    /// Whether a request without a usable verified identifier is turned away.
    public var needsVerifiedIdentifier = true
    /// Names below this score do not agree.
    public var nameScoreMin = 0
    /// Ranking sees only whether names are equal.
    public var ranksNamesCoarsely = false

    /// The rule as it is shipped.
    public init() {}
}

/// What the twin decided, in the words of the wire.
public struct OracleDecision: Equatable, Sendable {
    /// `match`, `ambiguous`, ...
    public var outcome: String
    /// The reference record's id.
    public var reference: String?
    /// The union of the person's care contexts.
    public var careContexts: Set<String> = []
    /// The wire's names.
    public var matchedBy: Set<String> = []

    /// A decision without a match.
    public init(outcome: String) { self.outcome = outcome }
}

/// The slow, obvious twin of the whole seed rule: every record is looked at for every question.
///
/// Shares the parsers of values and the comparison of two names with the program, and nothing else.
public struct DecisionOracle {
    private let rule: OracleRule
    private let patients: [OraclePatient]

    /// A twin for a hospital.
    public init(_ patients: [OraclePatient], rule: OracleRule) {
        self.patients = patients
        self.rule = rule
    }

    /// Decides one request.
    public func decide(_ request: OracleRequest, facility: String) -> OracleDecision {
        let known = request.identifiers().filter { rule.unverified != .ignore || $0.isVerified }
        let hasVerified = known.contains {
            $0.isVerified && !$0.isOnlyPatientID && $0.identifier.kind != .other
        }
        if rule.needsVerifiedIdentifier, !hasVerified {
            return OracleDecision(outcome: "noVerifiedIdentifier")
        }
        let records = patients.filter { $0.facility == facility }
        let verified = known.filter(\.isVerified).map(\.identifier)
        let unverified = known.filter { !$0.isVerified }.map(\.identifier)
        var steps = [
            Step(keys: verified.filter { $0.kind.isABHA }, mayMiss: true),
            Step(keys: verified.filter { $0.kind == .mobile }, mayMiss: false),
            Step(
                keys: verified.filter { $0.kind == .medicalRecord || $0.kind == .other },
                mayMiss: false),
        ]
        if rule.unverified == .fallback { steps.append(Step(keys: unverified, mayMiss: false)) }
        for step in steps {
            for key in step.keys
            where records.filter({ $0.identifiers.contains(key) }).count > rule.candidatesMax {
                return OracleDecision(outcome: "tooManyCandidates")
            }
            let passing = records.compactMap { record -> Candidate? in
                guard !record.identifiers.isDisjoint(with: step.keys) else { return nil }
                return judge(record, request, known, unverified, mayMiss: step.mayMiss)
            }
            if !passing.isEmpty { return choose(passing, request) }
        }
        return OracleDecision(outcome: "noMatch")
    }

    private struct Step {
        let keys: [OracleIdentifier]
        let mayMiss: Bool
    }

    private struct Candidate {
        let record: OraclePatient
        let agreeing: [OracleIdentifier]
        let nameScore: Int
    }

    /// nil when the record does not pass.
    private func judge(
        _ record: OraclePatient, _ request: OracleRequest, _ known: [OracleKnownIdentifier],
        _ unverified: [OracleIdentifier], mayMiss: Bool
    ) -> Candidate? {
        if rule.unverified == .filter, !unverified.isEmpty,
            record.identifiers.isDisjoint(with: unverified)
        {
            return nil
        }
        if request.gender == .notStated || record.gender == .notStated {
            guard mayMiss else { return nil }
        } else if request.gender != record.gender {
            return nil
        }
        if let year = record.birthDate?.year, request.birthYear != 0 {
            guard abs(year - request.birthYear) <= rule.tolerance else { return nil }
        } else if !mayMiss {
            return nil
        }
        var score = 0
        if request.name.isEmpty || record.name.isEmpty {
            guard mayMiss else { return nil }
        } else {
            let names = compareNames(request.name, record.name)
            guard names.agrees, names.score >= rule.nameScoreMin else { return nil }
            score = names.score
        }
        return Candidate(
            record: record,
            agreeing: known.map(\.identifier).filter(record.identifiers.contains),
            nameScore: rule.ranksNamesCoarsely ? (score == 1000 ? 1 : 0) : score)
    }

    private func compareNames(_ a: String, _ b: String) -> NameAgreement {
        var comparer = NameComparer()
        let a = Array(a.utf8)
        let b = Array(b.utf8)
        comparer.prepare(a.span)
        return comparer.compare(to: b.span, by: .tokens)
    }

    private func choose(_ passing: [Candidate], _ request: OracleRequest) -> OracleDecision {
        let persons = rule.joinsSamePerson ? gather(passing) : passing.map { [$0] }
        guard persons.count > 1 else { return match(persons[0], request) }
        switch rule.several {
        case .ambiguous: return OracleDecision(outcome: "ambiguous")
        case .noMatch: return OracleDecision(outcome: "noMatch")
        case .first:
            let first = persons.min { smallestID($0) < smallestID($1) }
            return match(first ?? [], request)
        case .rank:
            let ranked = persons.sorted { rank($0) > rank($1) }
            guard rank(ranked[0]) > rank(ranked[1]) else {
                return OracleDecision(outcome: "ambiguous")
            }
            return match(ranked[0], request)
        }
    }

    private func rank(_ person: [Candidate]) -> (Int, Int) {
        person.map { ($0.agreeing.count, $0.nameScore) }.max { $0 < $1 } ?? (0, 0)
    }

    private func smallestID(_ person: [Candidate]) -> String {
        person.map(\.record.id).min() ?? ""
    }

    /// Whoever can be reached from one record by steps from one to an equal one is one person; a person
    /// who contradicts himself is as many as there are records.
    private func gather(_ passing: [Candidate]) -> [[Candidate]] {
        var left = Array(passing.indices)
        var persons: [[Candidate]] = []
        while let start = left.first {
            var reached = [start]
            left.removeFirst()
            var isGrowing = true
            while isGrowing {
                let more = left.filter { index in
                    reached.contains { passing[$0].record.isPlainly(passing[index].record) }
                }
                reached += more
                left.removeAll(where: more.contains)
                isGrowing = !more.isEmpty
            }
            let records = reached.map { passing[$0] }
            let contradicts = records.contains { a in
                records.contains { b in a.record.contradicts(b.record) }
            }
            persons += contradicts ? records.map { [$0] } : [records]
        }
        return persons
    }

    private func match(_ person: [Candidate], _ request: OracleRequest) -> OracleDecision {
        let carrying = person.filter { $0.agreeing.contains { $0.kind == .abhaAddress } }
        var decision = OracleDecision(outcome: "match")
        decision.reference = smallestID(carrying.isEmpty ? person : carrying)
        decision.careContexts = Set(person.flatMap(\.record.careContexts))
        decision.matchedBy = Set(
            person.flatMap(\.agreeing).compactMap { $0.kind.wireName(isV3: request.isV3) })
        return decision
    }
}
