/// What a filter does with a value that one side does not have.
public enum FieldPolicy: String, CaseIterable, Sendable {
    /// Both sides have the value and it agrees.
    case mustAgree
    /// The value agrees, or one side has none.
    case mayBeMissing
    /// The value agrees, or the request has none.
    case mayBeMissingInRequest
    /// The value is not looked at.
    case ignored
}

/// What is done when several persons are left.
public enum SeveralPolicy: String, CaseIterable, Sendable {
    /// Most agreeing identifiers first, then the better name; a clear first is the match.
    case rank
    /// The record with the smallest id is taken.
    case first
    /// No ranking: several is several.
    case ambiguous
    /// Several is none.
    case noMatch
}

/// What the identifiers that a patient typed, and nobody verified, are good for.
public enum UnverifiedPolicy: String, CaseIterable, Sendable {
    /// A last way to candidates when no verified identifier led to one.
    case fallback
    /// Where the request has some, one of them must agree.
    case filter
    case ignore
}

/// Whether several records of plainly one person are one answer.
public enum SamePersonPolicy: String, CaseIterable, Sendable {
    /// Equal ABHA identifier, or equal name, birth date, gender and mobile.
    case strong
    /// `strong`, or the same mobile and gender, birth years within the tolerance, and names that agree
    /// with each other as well as with the request's.
    case likely
    case never
}

/// One way of access: which identifiers lead to candidates, and what a candidate must then fulfil.
@dynamicMemberLookup
public struct MatchStep: Equatable, Sendable {
    /// What evidence and configuration call it.
    public var name: String
    /// Everything else.
    public var terms: StepTerms

    /// A step with the strictest policies.
    public init(name: String, keys: IdentifierKinds) {
        self.name = name
        terms = StepTerms(keys: keys)
    }

    /// A part of its terms.
    public subscript<Value>(dynamicMember path: WritableKeyPath<StepTerms, Value>) -> Value {
        get { terms[keyPath: path] }
        set { terms[keyPath: path] = newValue }
    }
}

/// What a step asks for: plain values, which a decision hands on without counting references.
public struct StepTerms: Equatable, Sendable {
    /// The identifiers that lead to candidates.
    public var keys: IdentifierKinds
    /// Whether the keys are taken from the unverified identifiers instead of the verified ones.
    public var usesUnverified = false
    /// Identifiers of the request, of either list, that a candidate must agree with besides.
    public var mustAlsoAgree: IdentifierKinds = []
    /// The step is skipped unless the request has one of these (empty: never skipped).
    public var onlyWith: IdentifierKinds = []
    /// The step is skipped if the request has one of these.
    public var onlyWithout: IdentifierKinds = []
    /// What gender must do.
    public var gender = FieldPolicy.mustAgree
    /// What the year of birth must do.
    public var birthYear = FieldPolicy.mustAgree
    /// The birth years may differ by so much, 0...150.
    public var birthYearTolerance = 2
    /// What the name must do.
    public var nameAgreement = FieldPolicy.mustAgree
    /// How names are compared.
    public var nameComparison = NameComparison.tokens
    /// Names below this score do not agree, 0...1000.
    public var nameScoreMin = 0
    /// The same where the key leads to others too: a name that agrees only loosely may be theirs,
    /// 0...1000.
    public var nameScoreMinInHousehold = 0
    /// What happens when several persons are left.
    public var several = SeveralPolicy.rank

    /// The strictest policies.
    init(keys: IdentifierKinds) { self.keys = keys }
}

/// The rule of a decision, as a table of data.
public struct MatchRule: Equatable, Sendable {
    /// The profile that it is or was made from.
    public var profile: String
    /// Taken in order until one leaves a candidate.
    public var steps: [MatchStep]
    /// What identifiers are good for that nobody verified.
    public var unverified = UnverifiedPolicy.fallback
    /// Whether several records of plainly one person are one answer.
    public var samePerson = SamePersonPolicy.strong
    /// Whether a request without any usable verified identifier is turned away.
    public var needsVerifiedIdentifier = true
    /// More candidates than this under one key are not looked at: `tooManyCandidates`.
    public var candidatesMax = 256
    /// Where as many identifiers agree, the better name is first only if it is better by so much, 0...1000.
    public var nameMarginMin = 1
    /// Ranking sees only whether names are equal, not how near they are.
    public var ranksNamesCoarsely = false

    /// A rule from its steps.
    public init(profile: String, steps: [MatchStep]) {
        self.profile = profile
        self.steps = steps
    }

    /// The steps that are taken; the ones on unverified identifiers only under `.fallback`.
    public func isTaken(_ step: StepTerms) -> Bool {
        !step.usesUnverified || unverified == .fallback
    }
}
