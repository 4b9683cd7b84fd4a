public import Matcher

/// A hospital and the requests that it is sent, with the answers that the documents demand.
///
/// `fixtures/decisions/README.md` says what the members of the files mean.
public struct DecisionVector: Sendable, CustomStringConvertible {
    /// One request and its answer.
    public struct Case: Sendable {
        /// What it shows.
        public let name: String
        /// The X-HIP-ID and REQUEST-ID headers, where sent.
        public let headers: [String: String]
        /// The body.
        public let request: JSONTree
        /// The answer.
        public let expect: Expectation
    }

    /// The answer to a request; nil for what that answer does not have.
    public struct Expectation: Sendable {
        /// `match`, `ambiguous`, ...
        public let outcome: String
        /// The record under whose id the person is known from now on.
        public let referenceNumber: String?
        /// The references, sorted.
        public let careContexts: [String]?
        /// The wire's names, sorted.
        public let matchedBy: [String]?
        /// The error's code.
        public let error: Int?
    }

    /// The file and the scenario.
    public let description: String
    /// The rule's profile.
    public let profile: String
    /// What differs from the profile.
    public let overrides: JSONTree
    /// Columns of each patient.
    public let patients: [[String: String]]
    /// Columns of each care context.
    public let careContexts: [[String: String]]
    /// The requests.
    public let cases: [Case]

    /// A scenario from its tree.
    ///
    /// - Throws: `DecisionVectorError` naming the member that is missing or unknown.
    public init(_ tree: JSONTree, file: String) throws(DecisionVectorError) {
        let members: Set = ["name", "profile", "rule", "patients", "careContexts", "cases"]
        try Self.requireKnown(tree, members, file)
        let name = try Self.text(tree, "name", file)
        description = "\(file): \(name)"
        profile = try Self.text(tree, "profile", file)
        overrides = tree["rule"] ?? .object([:])
        patients = try Self.rows(tree["patients"], file)
        careContexts = try Self.rows(tree["careContexts"] ?? .array([]), file)
        var cases: [Case] = []
        for member in tree["cases"]?.elements ?? [] {
            cases.append(try Case(member, file: "\(file): \(name)"))
        }
        guard !cases.isEmpty else { throw DecisionVectorError(place: description, member: "cases") }
        self.cases = cases
    }

    /// The profile with the overrides.
    ///
    /// - Throws: `DecisionVectorError` naming an override that nothing understands.
    public func rule() throws(DecisionVectorError) -> MatchRule {
        guard var rule = Profile.rule(named: profile) else {
            throw DecisionVectorError(place: description, member: "profile")
        }
        for (name, value) in overrides.members ?? [:] {
            guard Self.apply(name, value, to: &rule) else {
                throw DecisionVectorError(place: description, member: "rule.\(name)")
            }
        }
        return rule
    }

    private static func apply(_ name: String, _ value: JSONTree, to rule: inout MatchRule) -> Bool {
        switch name {
        case "unverified":
            guard let policy = UnverifiedPolicy(rawValue: value.text ?? "") else { return false }
            rule.unverified = policy
        case "samePerson":
            guard let policy = SamePersonPolicy(rawValue: value.text ?? "") else { return false }
            rule.samePerson = policy
        case "candidatesMax":
            guard let maximum = value.number else { return false }
            rule.candidatesMax = maximum
        case "needsVerifiedIdentifier":
            guard let flag = value.flag else { return false }
            rule.needsVerifiedIdentifier = flag
        case "birthYearTolerance":
            guard let years = value.number else { return false }
            for index in rule.steps.indices { rule.steps[index].birthYearTolerance = years }
        case "nameScoreMin":
            guard let score = value.number else { return false }
            for index in rule.steps.indices { rule.steps[index].nameScoreMin = score }
        case "several":
            guard let policy = SeveralPolicy(rawValue: value.text ?? "") else { return false }
            for index in rule.steps.indices { rule.steps[index].several = policy }
        default: return false
        }
        return true
    }

    private static func rows(
        _ tree: JSONTree?, _ file: String
    ) throws(DecisionVectorError) -> [[String: String]] {
        guard let elements = tree?.elements else {
            throw DecisionVectorError(place: file, member: "patients")
        }
        return elements.map { row in (row.members ?? [:]).compactMapValues(\.text) }
    }

    fileprivate static func text(
        _ tree: JSONTree, _ member: String, _ place: String
    ) throws(DecisionVectorError) -> String {
        guard let text = tree[member]?.text else {
            throw DecisionVectorError(place: place, member: member)
        }
        return text
    }

    fileprivate static func requireKnown(
        _ tree: JSONTree, _ names: Set<String>, _ place: String
    ) throws(DecisionVectorError) {
        for name in (tree.members ?? [:]).keys where !names.contains(name) {
            throw DecisionVectorError(place: place, member: name)
        }
    }
}

extension DecisionVector.Case {
    fileprivate init(_ tree: JSONTree, file: String) throws(DecisionVectorError) {
        try DecisionVector.requireKnown(tree, ["name", "headers", "request", "expect"], file)
        name = try DecisionVector.text(tree, "name", file)
        headers = (tree["headers"]?.members ?? [:]).compactMapValues(\.text)
        guard let request = tree["request"], let expect = tree["expect"] else {
            throw DecisionVectorError(place: "\(file): \(name)", member: "request")
        }
        self.request = request
        try DecisionVector.requireKnown(
            expect, ["outcome", "referenceNumber", "careContexts", "matchedBy", "error"], name)
        self.expect = DecisionVector.Expectation(
            outcome: try DecisionVector.text(expect, "outcome", name),
            referenceNumber: expect["referenceNumber"]?.text,
            careContexts: expect["careContexts"]?.elements?.compactMap(\.text).sorted(),
            matchedBy: expect["matchedBy"]?.elements?.compactMap(\.text).sorted(),
            error: expect["error"]?.number)
    }
}

/// A fixture that cannot be understood.
public struct DecisionVectorError: Error {
    /// The file and the scenario.
    public let place: String
    /// The member at fault.
    public let member: String
}
