internal import Matcher

/// The answer to "which of our records belongs to the person who asks?".
enum Decision: Equatable {
    case match(Match)
    /// Several persons are left, and none clearly first.
    case ambiguous(persons: Int)
    case noMatch
    /// The request holds no verified identifier that can be looked up.
    case noVerifiedIdentifier
    /// A key leads to more records than are looked at.
    case tooManyCandidates(rows: Int)
}

/// The records of one person.
struct Match: Equatable {
    /// The record under whose id the person is known from now on.
    var referenceRow: Int
    /// The person's records within `Decider.matchedRows`, the reference first.
    var rows: Range<Int>
    /// The kinds of identifiers on which request and records agree.
    var matchedBy: IdentifierKinds
}

/// What was done in one step of the rule, for evidence.
struct StepTrace: BitwiseCopyable {
    /// The step's place in the rule.
    var step: Int
    private var first: Int
    private var end: Int

    init(step: Int, candidates: Range<Int>) {
        self.step = step
        first = candidates.lowerBound
        end = candidates.upperBound
    }

    /// Its candidates within `Decider.candidates`.
    var candidates: Range<Int> { first..<end }
}
