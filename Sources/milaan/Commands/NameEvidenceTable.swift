internal import JSON
internal import Matcher

/// The comparison of one record's name, as lines that a registration clerk can read.
enum NameEvidenceTable {
    static func lines(
        of candidate: JSONNode, _ reply: borrowing JSONDocument
    ) -> [String] {
        let reference = reply.text(at: ["referenceNumber"], from: candidate) ?? "?"
        let rows = pairs(of: candidate, reply) + unpaired(of: candidate, reply)
        guard !rows.isEmpty else { return [] }
        let heads = [
            reference + ": request", "record", "they are", "letters off", "sure", "counts",
        ]
        return [""] + TextTable.lines(heads: heads, rows: rows) + [score(of: candidate, reply)]
    }

    private static func pairs(
        of candidate: JSONNode, _ reply: borrowing JSONDocument
    ) -> [[String]] {
        guard let tokens = reply.node(at: ["name", "tokens"], from: candidate) else { return [] }
        var rows: [[String]] = []
        var cursor = reply.elements(of: tokens)
        while let pair = cursor.next(in: reply) {
            let members: [StaticString] = ["request", "record"]
            var row = members.map { reply.text(at: [$0], from: pair) ?? "" }
            row.append(DeskWords.agreement(reply.text(at: ["agreement"], from: pair) ?? ""))
            let edits = reply.text(at: ["distance"], from: pair) ?? ""
            row.append("\(edits) of \(reply.text(at: ["limit"], from: pair) ?? "")")
            row.append(DeskWords.share(reply.text(at: ["certainty"], from: pair) ?? ""))
            row.append(reply.text(at: ["weight"], from: pair) ?? "")
            rows.append(row)
        }
        return rows
    }

    private static func unpaired(
        of candidate: JSONNode, _ reply: borrowing JSONDocument
    ) -> [[String]] {
        guard let tokens = reply.node(at: ["name", "unpaired"], from: candidate) else { return [] }
        var rows: [[String]] = []
        var cursor = reply.elements(of: tokens)
        while let token = cursor.next(in: reply) {
            let text = reply.text(at: ["token"], from: token) ?? ""
            let isRequests = reply.text(at: ["side"], from: token) == "request"
            let role = reply.text(at: ["role"], from: token) ?? ""
            rows.append([
                isRequests ? text : "-", isRequests ? "-" : text,
                "no partner (\(DeskWords.role(role)))", "", "",
                "",
            ])
        }
        return rows
    }

    /// `score 960 = words that agree 1000, words missing -40; enough from 700`.
    private static func score(
        of candidate: JSONNode, _ reply: borrowing JSONDocument
    ) -> String {
        var parts: [String] = []
        for part in NameContributions().named.map(\.name) {
            guard let points = reply.text(at: ["name", "contributions", part], from: candidate),
                points != "0" || part.description == "tokens"
            else { continue }
            parts.append("\(DeskWords.part(part.description)) \(points)")
        }
        let score = reply.text(at: ["name", "score"], from: candidate) ?? "?"
        let least = reply.text(at: ["name", "scoreMin"], from: candidate) ?? "?"
        let household = reply.text(at: ["name", "scoreMinInHousehold"], from: candidate) ?? least
        return "  score \(score) = \(parts.joined(separator: ", ")); enough from \(least)"
            + (household == least ? "" : ", in a household from \(household)")
    }
}
