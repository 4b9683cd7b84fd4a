/// The figures of an evaluation as lines of text.
enum EvaluationReport {
    static func lines(_ tally: EvaluationTally, profile: String, worst: Int) -> [String] {
        let all = tally.sum { _ in true }
        var lines = ["profile \(profile): \(all.requests) requests"]
        if tally.unknown > 0 {
            lines.append("\(tally.unknown) requests have no line in the truth file")
        }
        lines += ["", heading]
        for category in tally.categories.keys.sorted() {
            lines.append(row(category, tally.sum { $0 == category }))
        }
        let strangers = tally.sum { !$0.hasPrefix("P_") }
        let registered = tally.sum { $0.hasPrefix("P_") }
        lines.append(row("persons without a record", strangers))
        lines.append(row("persons with a record", registered))
        lines.append(row("all", all))
        let confused = tally.sum { $0 == "P_mixed_confuser" }
        lines += [
            "",
            "wrong record offered, persons without a record: "
                + share(strangers.wrong, strangers.requests),
            "wrong record offered, answers on persons with one: "
                + share(registered.wrong, registered.answers),
            "found, persons with a reachable record: " + share(all.found, all.reachable),
            "found, with a confuser present: " + share(confused.found, confused.reachable),
            "whole answer right, requests with a candidate: "
                + share(all.right, all.withCandidate),
            "records judged by their names: " + pairFigures(all), "",
        ]
        lines += curve(tally)
        lines += errors(tally, worst)
        return lines
    }

    private static let heading =
        pad("class", 34)
        + ["requests", "answers", "wrong", "several", "reach", "found", "found %"]
        .map { left($0, 9) }.joined() + left("right %", 9) + left("pairs P", 9)
        + left("pairs R", 9) + left("F1", 9)

    private static func row(_ name: String, _ counts: EvaluationTally.Counts) -> String {
        let numbers = [
            counts.requests, counts.answers, counts.wrong, counts.ambiguous, counts.reachable,
            counts.found,
        ]
        let accepted = counts.truePairs + counts.falsePairs
        let own = counts.truePairs + counts.missedPairs
        return pad(name, 34) + numbers.map { left("\($0)", 9) }.joined()
            + left(percent(counts.found, counts.reachable), 9)
            + left(percent(counts.right, counts.withCandidate), 9)
            + left(percent(counts.truePairs, accepted), 9)
            + left(percent(counts.truePairs, own), 9)
            + left(percent(2 * counts.truePairs, accepted + own), 9)
    }

    private static func pairFigures(_ counts: EvaluationTally.Counts) -> String {
        let accepted = counts.truePairs + counts.falsePairs
        let own = counts.truePairs + counts.missedPairs
        return "precision \(percent(counts.truePairs, accepted)),"
            + " recall \(percent(counts.truePairs, own)),"
            + " F1 \(percent(2 * counts.truePairs, accepted + own))"
    }

    /// Precision and recall over all judged records, were a name's score alone to decide.
    private static func curve(_ tally: EvaluationTally) -> [String] {
        let own = tally.ownScores.reduce(0, +)
        var lines = [
            "names alone, by the least score: " + left("score", 6) + left("precision", 11)
                + left("recall", 9) + left("F1", 9)
        ]
        for least in stride(from: 400, through: 1000, by: 25) {
            let hits = tally.ownScores[least...].reduce(0, +)
            let accepted = hits + tally.otherScores[least...].reduce(0, +)
            lines.append(
                pad("", 33) + left("\(least)", 6) + left(percent(hits, accepted), 11)
                    + left(percent(hits, own), 9) + left(percent(2 * hits, accepted + own), 9))
        }
        return lines
    }

    private static func errors(_ tally: EvaluationTally, _ worst: Int) -> [String] {
        guard worst > 0, !tally.failures.isEmpty else { return [] }
        // Somebody else's record first: that is what harms; within each the closest calls last.
        let ordered = tally.failures.filter(\.isWrong) + tally.failures.filter { !$0.isWrong }
        var lines = ["", "errors (\(tally.failures.count)), wrong records first:"]
        for failure in ordered.prefix(worst) {
            let answer = failure.answer
            lines.append(
                "\(failure.truth.requestID) \(failure.truth.category) \(answer.outcome):"
                    + " \"\(answer.name)\"")
            for candidate in answer.candidates where !candidate.isFilteredOut {
                let whose = failure.truth.own.contains(candidate.id) ? "own" : "other"
                let mark =
                    answer.matched.contains(candidate.id) ? "*" : candidate.passes ? "+" : " "
                lines.append(
                    "  \(mark) \(candidate.id) \(pad(whose, 6))\(left("\(candidate.score)", 5))"
                        + "  \"\(candidate.name)\"")
            }
        }
        return lines
    }

    private static func share(_ part: Int, _ whole: Int) -> String {
        "\(percent(part, whole)) % (\(part) of \(whole))"
    }

    private static func percent(_ part: Int, _ whole: Int) -> String {
        guard whole > 0 else { return "-" }
        let hundredths = (part * 10_000 + whole / 2) / whole
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }

    private static func left(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 0)) + text
    }
}
