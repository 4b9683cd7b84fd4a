internal import JSON

/// One answer with its evidence, as far as an evaluation looks at it.
struct EvaluatedAnswer {
    /// A record that a key led to.
    struct Candidate {
        var id: String
        /// The record's folded name.
        var name: String
        /// 0...1000.
        var score: Int
        var passes: Bool
        /// Gender and birth year speak against the record, whatever its name.
        var isFilteredOut: Bool
    }

    var outcome: String
    /// The record under which the person is said to be known; nil without a match.
    var reference: String?
    /// The records that the answer joins.
    var matched: [String] = []
    /// The request's folded name.
    var name: String
    var candidates: [Candidate] = []

    /// Reads a reply that was asked for its reasons.
    init(_ reply: borrowing JSONDocument) {
        outcome = reply.text(at: ["outcome"]) ?? "refused"
        reference = reply.text(at: ["patient", "referenceNumber"])
        name = reply.text(at: ["explanation", "request", "name"]) ?? ""
        guard let steps = reply.node(at: ["explanation", "steps"]) else { return }
        var cursor = reply.elements(of: steps)
        while let step = cursor.next(in: reply) {
            guard let list = reply.node(at: ["candidates"], from: step) else { continue }
            var elements = reply.elements(of: list)
            while let element = elements.next(in: reply) { add(element, reply) }
        }
    }

    private mutating func add(_ element: JSONNode, _ reply: borrowing JSONDocument) {
        guard let id = reply.text(at: ["referenceNumber"], from: element) else { return }
        if reply.text(at: ["matched"], from: element) == "yes", !matched.contains(id) {
            matched.append(id)
        }
        let differs =
            reply.text(at: ["gender", "verdict"], from: element) == "differs"
            || reply.text(at: ["yearOfBirth", "verdict"], from: element) == "differs"
        let verdict = reply.text(at: ["name", "verdict"], from: element)
        let score = reply.text(at: ["name", "score"], from: element).flatMap { Int($0) } ?? 0
        let candidate = Candidate(
            id: id, name: reply.text(at: ["name", "record"], from: element) ?? "",
            score: verdict == "missing" ? 0 : score,
            passes: reply.text(at: ["passes"], from: element) == "yes", isFilteredOut: differs)
        // A later step may look at the same record again.
        if let place = candidates.firstIndex(where: { $0.id == id }) {
            candidates[place].passes = candidates[place].passes || candidate.passes
        } else {
            candidates.append(candidate)
        }
    }
}
