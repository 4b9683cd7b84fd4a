internal import ABDM
internal import Glibc
internal import Index
internal import JSON

/// `milaan explain`: one request, the whole reasoning as a readable table.
enum ExplainCommand: Command {
    static let name = "explain"
    static let summary = "answer one request from standard input with the reasoning as a table"

    private static let bodyBytesMax = 1 << 20

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let table = OptionTable(
            program: "milaan explain", argumentsName: nil,
            help: "Answers one discover body on standard input and shows how the answer came about:"
                + " which key led to which record, what each field said, both folded names.\u{b}"
                + "What it prints belongs to whoever keeps the records; never send it on.",
            options: SourceOptions.options(Settings.answering + [Settings.profile]))
        let configuration = try Configuration(table.parse(words))
        let rule = try configuration.rule()
        var reader = LineReader(descriptor: STDIN_FILENO)
        guard let body = try reader.readAll(bytesMax: bodyBytesMax) else {
            throw CommandError("the request is larger than 1 MiB")
        }
        let snapshot = try SourceOptions.load(configuration)
        var discoverer = Discoverer(
            rule: rule, defaultFacility: configuration.text(Settings.hip) ?? "HIP1")
        var writer = JSONWriter()
        let report = discoverer.discover(
            body: body.span, facility: nil, requestID: nil, explain: true, in: snapshot,
            into: &writer)
        var reply = JSONDocument()
        do throws(JSONError) {
            try reply.parse(writer.bytes)
        } catch {
            throw CommandError("the reply is not JSON: \(error.reason)")
        }
        guard report.outcome != .badRequest else {
            throw CommandError(reply.text(at: ["error", "message"]) ?? "the request was refused")
        }
        for line in ExplanationTable.lines(of: reply) { try Terminal.line(line) }
        return .success
    }
}

extension JSONDocument {
    /// The node that a path of member names leads to.
    func node(at path: [StaticString]) -> JSONNode? { node(at: path, from: root) }

    /// The node that a path of member names leads to from an object.
    func node(at path: [StaticString], from start: JSONNode) -> JSONNode? {
        var node = start
        for name in path {
            guard kind(of: node) == .object, let next = member(name, of: node) else { return nil }
            node = next
        }
        return node
    }

    /// A scalar as text; nil when there is none, or null.
    func text(at path: [StaticString]) -> String? { text(at: path, from: root) }

    /// A scalar as text, on a path from an object; nil when there is none, or null.
    func text(at path: [StaticString], from start: JSONNode) -> String? {
        guard let node = node(at: path, from: start) else { return nil }
        switch kind(of: node) {
        case .string: return text(of: node)
        case .integer: return integer(of: node).map { "\($0)" }
        case .boolean: return boolean(of: node).map { $0 ? "yes" : "no" }
        case .double, .null, .object, .array: return nil
        }
    }

    /// The texts of an array of strings.
    func texts(at path: [StaticString], from start: JSONNode) -> [String] {
        guard let list = node(at: path, from: start), kind(of: list) == .array else { return [] }
        var texts: [String] = []
        var cursor = elements(of: list)
        while let element = cursor.next(in: self) {
            if kind(of: element) == .string { texts.append(text(of: element)) }
        }
        return texts
    }
}
