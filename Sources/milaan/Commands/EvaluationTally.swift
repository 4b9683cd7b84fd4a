/// What an evaluation counts.
struct EvaluationTally {
    /// The counts of one class of requests, or of several together.
    struct Counts {
        var requests = 0
        /// Requests of persons with a record that an identifier leads to.
        var reachable = 0
        /// Of these, answered with a record of the person.
        var found = 0
        /// Matches.
        var answers = 0
        /// Matches under somebody else's record.
        var wrong = 0
        /// Answers of several persons.
        var ambiguous = 0
        /// Requests for which there was a record to judge by its name.
        var withCandidate = 0
        /// Of these, answered right: with a record of the person, or not at all where none is reachable.
        var right = 0
        /// Judged records: accepted and the person's, accepted and another's, refused and the person's.
        var truePairs = 0
        var falsePairs = 0
        var missedPairs = 0

        static func += (sum: inout Counts, other: Counts) {
            sum.requests += other.requests
            sum.reachable += other.reachable
            sum.found += other.found
            sum.answers += other.answers
            sum.wrong += other.wrong
            sum.ambiguous += other.ambiguous
            sum.withCandidate += other.withCandidate
            sum.right += other.right
            sum.truePairs += other.truePairs
            sum.falsePairs += other.falsePairs
            sum.missedPairs += other.missedPairs
        }
    }

    /// One request that was answered wrongly or not at all.
    struct Failure {
        var truth: EvaluationTruth.Row
        var answer: EvaluatedAnswer
        /// Whether somebody else's record was offered.
        var isWrong: Bool
    }

    private(set) var categories: [String: Counts] = [:]
    private(set) var failures: [Failure] = []
    /// Judged records by their score: the person's and others'.
    private(set) var ownScores = [Int](repeating: 0, count: 1001)
    private(set) var otherScores = [Int](repeating: 0, count: 1001)
    /// Requests without a line in the truth file.
    var unknown = 0

    var requests: Int { categories.values.reduce(0) { $0 + $1.requests } }

    /// The counts of all classes that a test chooses.
    func sum(where isMeant: (String) -> Bool) -> Counts {
        var sum = Counts()
        for (category, counts) in categories where isMeant(category) { sum += counts }
        return sum
    }

    /// Takes one answer into account.
    mutating func add(_ answer: EvaluatedAnswer, _ truth: EvaluationTruth.Row) {
        var counts = Counts()
        counts.requests = 1
        let isMatch = answer.reference != nil
        let isOwn = answer.reference.map(truth.own.contains) ?? false
        let isReachable = !truth.expected.isEmpty
        counts.reachable = isReachable ? 1 : 0
        counts.found = isReachable && isOwn ? 1 : 0
        counts.answers = isMatch ? 1 : 0
        counts.wrong = isMatch && !isOwn ? 1 : 0
        counts.ambiguous = answer.outcome == "ambiguous" ? 1 : 0
        let isRight = isMatch ? isOwn : !isReachable
        var hasCandidate = isReachable || !(truth.confusers ?? []).isEmpty
        for candidate in answer.candidates where !candidate.isFilteredOut {
            let isTheirs = truth.expected.contains(candidate.id)
            let isJudged =
                isTheirs
                || (truth.confusers.map { $0.contains(candidate.id) }
                    ?? !truth.own.contains(candidate.id))
            guard isJudged else { continue }
            hasCandidate = true
            let score = min(max(candidate.score, 0), 1000)
            if isTheirs { ownScores[score] += 1 } else { otherScores[score] += 1 }
            switch (isTheirs, candidate.passes) {
            case (true, true): counts.truePairs += 1
            case (true, false): counts.missedPairs += 1
            case (false, true): counts.falsePairs += 1
            case (false, false): break
            }
        }
        if hasCandidate {
            counts.withCandidate = 1
            counts.right = isRight ? 1 : 0
        }
        if !isRight {
            failures.append(Failure(truth: truth, answer: answer, isWrong: isMatch))
        }
        categories[truth.category, default: Counts()] += counts
    }
}
