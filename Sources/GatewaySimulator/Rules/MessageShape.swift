/// What a value must be.
package indirect enum ValueShape: Sendable {
    /// A text that is not empty.
    case text
    /// A text that may be empty.
    case anyText
    case integer
    /// One of these texts.
    case word([String])
    /// A text of this many digits.
    case digits(Int)
    /// The published form of a moment.
    case moment
    /// A list of so many.
    case list(ValueShape, ClosedRange<Int>)
    case object(MessageShape)
}

/// Which members an object has.
package struct MessageShape: Sendable {
    /// One member.
    struct Rule: Sendable {
        var name: String
        var shape: ValueShape
        var isRequired: Bool
    }

    /// How many of some optional members must be there.
    enum Choice: Sendable {
        case exactlyOne([String])
        case atLeastOne([String])
    }

    private var rules: [Rule]
    private var choices: [Choice]

    /// An object of required members, written as in a table; more with `optional`.
    init(_ required: KeyValuePairs<String, ValueShape>) {
        rules = []
        choices = []
        self = adding(required)
    }

    /// The same with more required members.
    func adding(_ members: KeyValuePairs<String, ValueShape>) -> MessageShape {
        var shape = self
        shape.rules += members.map { Rule(name: $0.key, shape: $0.value, isRequired: true) }
        return shape
    }

    /// The same with members that may be missing or null.
    func optional(_ members: KeyValuePairs<String, ValueShape>) -> MessageShape {
        var shape = self
        shape.rules += members.map { Rule(name: $0.key, shape: $0.value, isRequired: false) }
        return shape
    }

    /// The same with members of which exactly one must be there.
    func oneOf(_ members: KeyValuePairs<String, ValueShape>) -> MessageShape {
        var shape = optional(members)
        shape.choices.append(.exactlyOne(members.map(\.key)))
        return shape
    }

    /// The same with members of which at least one must be there.
    func someOf(_ members: KeyValuePairs<String, ValueShape>) -> MessageShape {
        var shape = optional(members)
        shape.choices.append(.atLeastOne(members.map(\.key)))
        return shape
    }

    /// What is wrong with a value, as a path and a reason without any of its contents; nil when nothing is.
    ///
    /// A member that the table does not know is wrong too: it is most often one that is misspelled.
    package func flaw(in value: WireValue, at path: String = "body") -> String? {
        guard let members = value.members else { return "\(path) is no object" }
        var seen: Set<String> = []
        for member in members {
            let place = "\(path).\(member.name)"
            guard seen.insert(member.name).inserted else { return "\(place) stands twice" }
            guard let rule = rules.first(where: { $0.name == member.name }) else {
                return "\(place) is not in the schema"
            }
            if member.value == .null, !rule.isRequired { continue }
            if let flaw = rule.shape.flaw(in: member.value, at: place) { return flaw }
        }
        for rule in rules where rule.isRequired && value[rule.name] == nil {
            return "\(path).\(rule.name) is missing"
        }
        for choice in choices {
            switch choice {
            case .exactlyOne(let names):
                guard names.count(where: { value[$0] != nil }) == 1 else {
                    return "\(path) needs exactly one of \(names.joined(separator: ", "))"
                }
            case .atLeastOne(let names):
                guard names.contains(where: { value[$0] != nil }) else {
                    return "\(path) needs one of \(names.joined(separator: ", "))"
                }
            }
        }
        return nil
    }
}

extension ValueShape {
    fileprivate func flaw(in value: WireValue, at path: String) -> String? {
        switch self {
        case .text: value.text?.isEmpty == false ? nil : "\(path) is no text, or empty"
        case .anyText: value.text != nil ? nil : "\(path) is no text"
        case .integer: value.integer != nil ? nil : "\(path) is no integer"
        case .word(let words):
            value.text.map(words.contains) == true
                ? nil : "\(path) is none of \(words.joined(separator: ", "))"
        case .digits(let count):
            value.text?.utf8.count == count
                && value.text?.utf8.allSatisfy { (0x30...0x39).contains($0) } == true
                ? nil : "\(path) is no text of \(count) digits"
        case .moment:
            value.text.flatMap(WireMoment.milliseconds) != nil
                ? nil : "\(path) is no moment with milliseconds and Z"
        case .list(let shape, let counts): Self.flaw(in: value, at: path, of: shape, counts)
        case .object(let shape): shape.flaw(in: value, at: path)
        }
    }

    private static func flaw(
        in value: WireValue, at path: String, of shape: ValueShape, _ counts: ClosedRange<Int>
    ) -> String? {
        guard let elements = value.elements else { return "\(path) is no list" }
        guard counts.contains(elements.count) else {
            return "\(path) has \(elements.count) elements"
        }
        for (place, element) in elements.enumerated() {
            if let flaw = shape.flaw(in: element, at: "\(path)[\(place)]") { return flaw }
        }
        return nil
    }
}
