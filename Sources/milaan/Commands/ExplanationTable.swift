internal import JSON

/// An explained reply as text that a registration clerk can read.
enum ExplanationTable {
    static func lines(of reply: borrowing JSONDocument) -> [String] {
        var lines: [String] = []
        lines.append("outcome    \(reply.text(at: ["outcome"]) ?? "?")")
        if let reference = reply.text(at: ["patient", "referenceNumber"]) {
            let matchedBy = reply.texts(at: ["patient", "matchedBy"], from: reply.root)
            lines.append(
                "patient    \(reference), matched by \(matchedBy.joined(separator: ", "))")
            lines.append("contexts   \(careContexts(of: reply))")
        } else if let message = reply.text(at: ["error", "message"]) {
            lines.append("error      \(reply.text(at: ["error", "code"]) ?? "") \(message)")
        }
        guard let explanation = reply.node(at: ["explanation"]) else { return lines }
        lines.append("reason     \(reply.text(at: ["reason"], from: explanation) ?? "")")
        if let next = DeskWords.next(after: reply.text(at: ["outcome"]) ?? "") {
            lines.append("next       \(next)")
        }
        lines.append(
            "rule       \(reply.text(at: ["rule"], from: explanation) ?? ""),"
                + " facility \(reply.text(at: ["facility"], from: explanation) ?? "")")
        lines.append(contentsOf: ranking(explanation, reply))
        lines.append(contentsOf: request(explanation, reply))
        guard let steps = reply.node(at: ["steps"], from: explanation) else { return lines }
        var cursor = reply.elements(of: steps)
        var next = cursor.next(in: reply)
        let isCrowd = reply.text(at: ["outcome"]) == "tooManyCandidates"
        while let step = next {
            next = cursor.next(in: reply)
            // The crowd ends the decision: its step is the last.
            lines.append(contentsOf: self.step(step, isCrowd: isCrowd && next == nil, reply))
        }
        return lines
    }

    private static func careContexts(of reply: borrowing JSONDocument) -> String {
        guard let list = reply.node(at: ["patient", "careContexts"]) else { return "none" }
        var references: [String] = []
        var cursor = reply.elements(of: list)
        while let context = cursor.next(in: reply) {
            references.append(reply.text(at: ["referenceNumber"], from: context) ?? "?")
        }
        return references.isEmpty ? "none" : references.joined(separator: ", ")
    }

    private static func ranking(
        _ explanation: JSONNode, _ reply: borrowing JSONDocument
    ) -> [String] {
        guard let persons = reply.text(at: ["ranking", "persons"], from: explanation),
            let ahead = reply.text(at: ["ranking", "identifiersAhead"], from: explanation),
            let margin = reply.text(at: ["ranking", "nameMargin"], from: explanation),
            let least = reply.text(at: ["ranking", "nameMarginMin"], from: explanation)
        else { return [] }
        return [
            "ranking    the first of \(persons) persons is \(ahead) identifiers and \(margin) points of"
                + " the name ahead; clear from 1 identifier or \(least) points"
        ]
    }

    private static func request(
        _ explanation: JSONNode, _ reply: borrowing JSONDocument
    ) -> [String] {
        let value = { (path: [StaticString], reply: borrowing JSONDocument) in
            reply.text(at: path, from: explanation) ?? "not stated"
        }
        var line = "request    \"\(value(["request", "name"], reply))\""
        line += ", gender \(value(["request", "gender"], reply))"
        line += ", born \(value(["request", "yearOfBirth"], reply))"
        let verified = reply.texts(at: ["request", "verified"], from: explanation)
        let unverified = reply.texts(at: ["request", "unverified"], from: explanation)
        var identifiers = "           verified: \(DeskWords.identifiers(verified))"
        identifiers += "; unverified: \(DeskWords.identifiers(unverified))"
        if let unusable = reply.text(at: ["request", "unusableIdentifiers"], from: explanation),
            unusable != "0"
        {
            identifiers += "; \(unusable) cannot be used"
        }
        return [line, identifiers]
    }

    private static func step(
        _ step: JSONNode, isCrowd: Bool, _ reply: borrowing JSONDocument
    ) -> [String] {
        let name = reply.text(at: ["name"], from: step) ?? "?"
        let keys = reply.texts(at: ["keys"], from: step)
        var rows: [[String]] = []
        var sentences: [String] = []
        var names: [String] = []
        if let candidates = reply.node(at: ["candidates"], from: step) {
            var cursor = reply.elements(of: candidates)
            while let candidate = cursor.next(in: reply) {
                rows.append(row(of: candidate, reply))
                sentences.append("  " + DeskWords.sentence(on: candidate, reply))
                names.append(contentsOf: NameEvidenceTable.lines(of: candidate, reply))
            }
        }
        let title = "\nstep \(name) (\(DeskWords.identifiers(keys)))"
        let crowd = isCrowd ? " an identifier leads to more records than are looked at" : ""
        guard !rows.isEmpty else {
            return [title + ":" + (isCrowd ? crowd : " no record carries such an identifier")]
        }
        let heads = [
            "record", "reached by", "agrees on", "gender", "born", "name", "score", "passes",
        ]
        return [title + ":" + crowd + (isCrowd ? ", others to:" : "")]
            + TextTable.lines(heads: heads, rows: rows) + [""] + sentences + names
    }

    private static func row(
        of candidate: JSONNode, _ reply: borrowing JSONDocument
    ) -> [String] {
        let text = { (path: [StaticString], reply: borrowing JSONDocument) in
            reply.text(at: path, from: candidate) ?? "-"
        }
        let isMatched = text(["matched"], reply) == "yes"
        return [
            text(["referenceNumber"], reply) + (isMatched ? " *" : ""),
            DeskWords.identifiers(reply.texts(at: ["reachedBy"], from: candidate)),
            DeskWords.identifiers(reply.texts(at: ["identifiersAgreeing"], from: candidate)),
            "\(text(["gender", "record"], reply)) \(text(["gender", "verdict"], reply))",
            "\(text(["yearOfBirth", "record"], reply)) \(text(["yearOfBirth", "verdict"], reply))",
            "\"\(text(["name", "record"], reply))\" \(text(["name", "verdict"], reply))",
            text(["name", "score"], reply),
            text(["passes"], reply),
        ]
    }
}

/// Columns of text, each as wide as its widest cell.
enum TextTable {
    static func lines(heads: [String], rows: [[String]]) -> [String] {
        var widths = heads.map(\.count)
        for row in rows {
            for (column, cell) in row.enumerated() {
                widths[column] = max(widths[column], cell.count)
            }
        }
        let format = { (cells: [String]) -> String in
            var line = "  "
            for (column, cell) in cells.enumerated() {
                line += cell
                if column < cells.count - 1 {
                    line += String(repeating: " ", count: widths[column] - cell.count + 2)
                }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return [format(heads), format(rule)] + rows.map(format)
    }
}
