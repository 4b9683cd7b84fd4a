internal import JSON
internal import Matcher

/// The least name scores of single steps, by the steps' names, as the configuration file writes them.
///
///     {"mobile": {"nameScoreMin": 720, "nameScoreMinInHousehold": 760}}
struct StepThresholds {
    private struct Scores {
        var step: String
        var min: Int?
        var minInHousehold: Int?
    }

    private var scores: [Scores] = []

    init(_ object: JSONNode, in document: borrowing JSONDocument) throws(CommandError) {
        guard document.kind(of: object) == .object else {
            throw CommandError("rule.thresholds must be an object")
        }
        var steps = document.members(of: object)
        while let (name, value) = steps.next(in: document) {
            let step = document.text(of: name)
            let place = "rule.thresholds.\(step)"
            guard document.kind(of: value) == .object else {
                throw CommandError("\(place) must be an object")
            }
            guard !scores.contains(where: { $0.step == step }) else {
                throw CommandError("\(place) stands twice")
            }
            scores.append(try Self.read(step, value, place, document))
        }
    }

    private static func read(
        _ step: String, _ object: JSONNode, _ place: String, _ document: borrowing JSONDocument
    ) throws(CommandError) -> Scores {
        var scores = Scores(step: step)
        var members = document.members(of: object)
        while let (name, value) = members.next(in: document) {
            let member = document.text(of: name)
            guard member == "nameScoreMin" || member == "nameScoreMinInHousehold" else {
                throw CommandError("\(place).\(member) is not a threshold")
            }
            guard let score = document.integer(of: value), (0...1000).contains(score) else {
                throw CommandError("\(place).\(member) must be an integer from 0 to 1000")
            }
            if member == "nameScoreMin" {
                scores.min = Int(score)
            } else {
                scores.minInHousehold = Int(score)
            }
        }
        return scores
    }

    /// Puts the scores into a rule's steps.
    ///
    /// - Throws: `CommandError` where the rule has no step of a name.
    func apply(to rule: inout MatchRule) throws(CommandError) {
        for scores in scores {
            guard let index = rule.steps.firstIndex(where: { $0.name == scores.step }) else {
                let names = rule.steps.map(\.name).joined(separator: ", ")
                throw CommandError(
                    "rule.thresholds.\(scores.step) is not a step of the rule; its steps are \(names)",
                    code: .usage)
            }
            if let score = scores.min { rule.steps[index].nameScoreMin = score }
            if let score = scores.minInHousehold {
                rule.steps[index].nameScoreMinInHousehold = score
            }
        }
    }
}
