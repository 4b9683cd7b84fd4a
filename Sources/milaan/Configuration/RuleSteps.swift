internal import JSON
internal import Matcher

/// The steps of a rule as the configuration file writes them, and as `config show` prints them.
///
///     {"name": "mobile", "keys": ["mobile"], "gender": "mustAgree", "birthYear": "mustAgree",
///      "birthYearTolerance": 2, "nameAgreement": "mustAgree", "nameComparison": "tokens"}
enum RuleSteps {
    static func read(
        _ list: JSONNode, in document: borrowing JSONDocument
    ) throws(CommandError) -> [MatchStep] {
        guard document.kind(of: list) == .array else {
            throw CommandError("rule.steps must be a list")
        }
        var steps: [MatchStep] = []
        var elements = document.elements(of: list)
        while let element = elements.next(in: document) {
            let place = "rule.steps[\(steps.count)]"
            guard document.kind(of: element) == .object else {
                throw CommandError("\(place) must be an object")
            }
            steps.append(try step(element, place, in: document))
        }
        guard !steps.isEmpty else { throw CommandError("rule.steps must have an entry") }
        return steps
    }

    private static func step(
        _ object: JSONNode, _ place: String, in document: borrowing JSONDocument
    ) throws(CommandError) -> MatchStep {
        var step = MatchStep(name: "", keys: [])
        var members = document.members(of: object)
        while let (name, value) = members.next(in: document) {
            let member = document.text(of: name)
            let path = "\(place).\(member)"
            switch member {
            case "name": step.name = try text(value, path, document)
            case "keys": step.keys = try kinds(value, path, document)
            case "usesUnverified": step.usesUnverified = try boolean(value, path, document)
            case "mustAlsoAgree": step.mustAlsoAgree = try kinds(value, path, document)
            case "onlyWith": step.onlyWith = try kinds(value, path, document)
            case "onlyWithout": step.onlyWithout = try kinds(value, path, document)
            case "gender": step.gender = try choice(value, path, document)
            case "birthYear": step.birthYear = try choice(value, path, document)
            case "birthYearTolerance":
                step.birthYearTolerance = try integer(value, 0...150, path, document)
            case "nameAgreement": step.nameAgreement = try choice(value, path, document)
            case "nameComparison": step.nameComparison = try comparison(value, path, document)
            case "nameScoreMin":
                step.nameScoreMin = try integer(value, 0...1000, path, document)
            case "nameScoreMinInHousehold":
                step.nameScoreMinInHousehold = try integer(value, 0...1000, path, document)
            case "several": step.several = try choice(value, path, document)
            default: throw CommandError("\(path) is not a member of a step")
            }
        }
        guard !step.name.isEmpty else { throw CommandError("\(place).name is missing") }
        guard !step.keys.isEmpty else { throw CommandError("\(place).keys is missing") }
        return step
    }

    private static func text(
        _ value: JSONNode, _ path: String, _ document: borrowing JSONDocument
    ) throws(CommandError) -> String {
        guard document.kind(of: value) == .string else {
            throw CommandError("\(path) must be a text")
        }
        return document.text(of: value)
    }

    private static func boolean(
        _ value: JSONNode, _ path: String, _ document: borrowing JSONDocument
    ) throws(CommandError) -> Bool {
        guard let boolean = document.boolean(of: value) else {
            throw CommandError("\(path) must be true or false")
        }
        return boolean
    }

    private static func integer(
        _ value: JSONNode, _ range: ClosedRange<Int64>, _ path: String,
        _ document: borrowing JSONDocument
    ) throws(CommandError) -> Int {
        guard let number = document.integer(of: value), range.contains(number) else {
            throw CommandError(
                "\(path) must be an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(number)
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ value: JSONNode, _ path: String, _ document: borrowing JSONDocument
    ) throws(CommandError) -> Choice {
        guard let choice = Choice(rawValue: try text(value, path, document)) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError("\(path) must be one of \(choices)")
        }
        return choice
    }

    private static func kinds(
        _ value: JSONNode, _ path: String, _ document: borrowing JSONDocument
    ) throws(CommandError) -> IdentifierKinds {
        guard document.kind(of: value) == .array else {
            throw CommandError("\(path) must be a list")
        }
        var kinds: IdentifierKinds = []
        var elements = document.elements(of: value)
        while let element = elements.next(in: document) {
            let name = try text(element, path, document)
            guard let kind = IdentifierKind.allCases.first(where: { "\($0)" == name }) else {
                let names = IdentifierKind.allCases.map { "\($0)" }.joined(separator: ", ")
                throw CommandError("\(path) may hold \(names)")
            }
            kinds.insert(IdentifierKinds(kind))
        }
        return kinds
    }

    /// `"tokens"`, `"equal"`, `"phonetic"`, `"wholeLevenshtein:2"`, `"jaroWinkler:500"`.
    private static func comparison(
        _ value: JSONNode, _ path: String, _ document: borrowing JSONDocument
    ) throws(CommandError) -> NameComparison {
        let parts = try text(value, path, document).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts[0], parts.count > 1 ? Int(parts[1]) : nil) {
        case ("tokens", nil) where parts.count == 1: return .tokens
        case ("weighed", nil) where parts.count == 1: return .weighed
        case ("equal", nil) where parts.count == 1: return .equal
        case ("phonetic", nil) where parts.count == 1: return .phonetic
        case ("wholeLevenshtein", let limit?) where (0...64).contains(limit):
            return .wholeLevenshtein(limit: limit)
        case ("jaroWinkler", let permille?) where (0...1000).contains(permille):
            return .jaroWinkler(minimumPermille: permille)
        default:
            throw CommandError(
                "\(path) must be one of weighed, tokens, equal, phonetic, wholeLevenshtein:EDITS,"
                    + " jaroWinkler:THOUSANDTHS")
        }
    }

    // MARK: Printing

    static func write(_ steps: [MatchStep], into writer: inout JSONWriter) {
        writer.beginArray()
        for step in steps {
            writer.beginObject()
            writer.key("name")
            writer.string(step.name)
            writer.key("keys")
            write(step.keys, &writer)
            writer.key("usesUnverified")
            writer.boolean(step.usesUnverified)
            writer.key("mustAlsoAgree")
            write(step.mustAlsoAgree, &writer)
            writer.key("onlyWith")
            write(step.onlyWith, &writer)
            writer.key("onlyWithout")
            write(step.onlyWithout, &writer)
            writer.key("gender")
            writer.string(step.gender.rawValue)
            writer.key("birthYear")
            writer.string(step.birthYear.rawValue)
            writer.key("birthYearTolerance")
            writer.integer(step.birthYearTolerance)
            writer.key("nameAgreement")
            writer.string(step.nameAgreement.rawValue)
            writer.key("nameComparison")
            writer.string(spelling(step.nameComparison))
            writer.key("nameScoreMin")
            writer.integer(step.nameScoreMin)
            writer.key("nameScoreMinInHousehold")
            writer.integer(step.nameScoreMinInHousehold)
            writer.key("several")
            writer.string(step.several.rawValue)
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(_ kinds: IdentifierKinds, _ writer: inout JSONWriter) {
        writer.beginArray()
        for kind in IdentifierKind.allCases where kinds.contains(IdentifierKinds(kind)) {
            writer.string("\(kind)")
        }
        writer.endArray()
    }

    private static func spelling(_ comparison: NameComparison) -> String {
        switch comparison {
        case .tokens: "tokens"
        case .weighed: "weighed"
        case .equal: "equal"
        case .phonetic: "phonetic"
        case .wholeLevenshtein(let limit): "wholeLevenshtein:\(limit)"
        case .jaroWinkler(let permille): "jaroWinkler:\(permille)"
        }
    }
}
