internal import JSON
internal import Matcher

/// What evidence has names for, in the words of a registration desk.
enum DeskWords {
    static func identifiers(_ kinds: [String]) -> String {
        kinds.isEmpty ? "none" : kinds.map(identifier).joined(separator: ", ")
    }

    private static func identifier(_ kind: String) -> String {
        switch IdentifierKind.allCases.first(where: { "\($0)" == kind }) {
        case .abhaAddress: "ABHA address"
        case .abhaNumber: "ABHA number"
        case .mobile: "mobile"
        case .medicalRecord: "record number"
        case .other: "other identifier"
        case nil: kind
        }
    }

    /// How two words of names go together.
    static func agreement(_ text: String) -> String {
        switch TokenAgreement(rawValue: text) {
        case .equal: "the same"
        case .typo: "a slip"
        case .initial: "an initial"
        case .joined: "in one piece"
        case .sound: "sounds the same"
        case .variant: "another spelling"
        case .relative: "a relative's name"
        case nil: text
        }
    }

    /// What a word does in its name.
    static func role(_ text: String) -> String {
        switch text {
        case "given": "given name"
        case "middle": "further name"
        case "filler": "common word"
        default: text
        }
    }

    /// What a part of a name's score is for.
    static func part(_ text: String) -> String {
        switch text {
        case "tokens": "words that agree"
        case "given": "given name less sure"
        case "missing": "words missing"
        case "conflict": "words that contradict"
        case "relative": "another father or husband"
        case "bounds": "limits"
        default: text
        }
    }

    /// A certainty of 0...1000 as a share.
    static func share(_ permille: String) -> String {
        guard let permille = Int(permille) else { return permille }
        let rest = permille % 10
        return "\(permille / 10)" + (rest == 0 ? "" : ".\(rest)") + " %"
    }

    /// What a desk may do next; nil where there is nothing to do.
    static func next(after outcome: String) -> String? {
        switch outcome {
        case "ambiguous":
            "ask for what tells them apart, such as the ABHA number; records of one person can be joined"
        case "noMatch":
            "compare name, gender and year of birth with the patient's papers; who was never here has no record"
        case "noVerifiedIdentifier": "ask for the ABHA address, the ABHA number or the mobile"
        case "tooManyCandidates": "ask for the ABHA address or the ABHA number"
        default: nil
        }
    }

    /// `S007 is not the patient: gender and name differ`.
    static func sentence(on candidate: JSONNode, _ reply: borrowing JSONDocument) -> String {
        let text = { (path: [StaticString], reply: borrowing JSONDocument) in
            reply.text(at: path, from: candidate) ?? ""
        }
        let record = text(["referenceNumber"], reply)
        let verdicts = [
            ("gender", text(["gender", "verdict"], reply)),
            ("year of birth", text(["yearOfBirth", "verdict"], reply)),
            ("name", text(["name", "verdict"], reply)),
        ]
        let fields = { (verdict: String) in verdicts.filter { $0.1 == verdict }.map(\.0) }
        guard text(["passes"], reply) != "yes" else {
            let agreeing = reply.texts(at: ["identifiersAgreeing"], from: candidate)
            let all = agreeing.map(identifier) + fields("agrees")
            let verb = text(["matched"], reply) == "yes" ? "is" : "may be"
            return "\(record) \(verb) the patient: \(list(all)) agree\(all.count == 1 ? "s" : "")"
        }
        var reasons: [String] = []
        let differing = fields("differs")
        if !differing.isEmpty {
            reasons.append("\(list(differing)) differ\(differing.count == 1 ? "s" : "")")
        }
        if text(["identifiersFulfilled"], reply) == "no" {
            reasons.append("an identifier that has to agree does not")
        }
        let missing = fields("missing")
        if reasons.isEmpty, !missing.isEmpty { reasons.append("\(list(missing)) not known") }
        if reasons.isEmpty {
            reasons.append("its name agrees too little where others have the same mobile")
        }
        return "\(record) is not the patient: \(reasons.joined(separator: "; "))"
    }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}
