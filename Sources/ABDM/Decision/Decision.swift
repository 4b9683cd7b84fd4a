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
    var referenceRow: RowPlace
    /// The person's records within `Decider.matchedRows`, the reference first.
    var rows: Range<Int>
    /// The kinds of identifiers on which request and records agree.
    var matchedBy: IdentifierKinds
}

/// By how much the first of several persons is ahead of the second.
struct Ranking: Equatable {
    var persons: Int
    /// How many more identifiers agree.
    var identifiersAhead: Int
    /// By how much the name agrees better, -1000...1000; decides where no more identifiers agree.
    var nameMargin: Int

    /// Whether the first one is the match.
    func isClear(nameMarginMin: Int) -> Bool {
        identifiersAhead > 0 || nameMargin >= max(nameMarginMin, 1)
    }
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
