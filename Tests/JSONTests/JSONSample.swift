internal import JSON
internal import TestSupport

/// A JSON value as a plain tree: the slow, obvious twin of tape and writer.
indirect enum JSONSample: Equatable {
    case object([Member])
    case array([JSONSample])
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case null

    struct Member: Equatable {
        let name: String
        let value: JSONSample
    }

    /// A random tree, with duplicate names, empty containers and awkward characters.
    static func random(depth: Int, using random: inout SplitMix64) -> JSONSample {
        switch Int.random(in: depth > 0 ? 0..<8 : 2..<8, using: &random) {
        case 0:
            return .object(
                (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    Member(
                        name: text(lengths: 0...3, using: &random),
                        value: .random(depth: depth - 1, using: &random))
                })
        case 1:
            return .array(
                (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    .random(depth: depth - 1, using: &random)
                })
        case 2: return .null
        case 3: return .boolean(Bool.random(using: &random))
        case 4: return .integer(Int.random(in: .min ... .max, using: &random))
        case 5: return .integer(Int.random(in: -100...100, using: &random))
        default: return .string(text(lengths: 0...40, using: &random))
        }
    }

    /// A random text of characters that a parser or writer may get wrong.
    static func text(lengths: ClosedRange<Int>, using random: inout SplitMix64) -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "b", " ", "\"", "\\", "/", "\u{0}", "\u{1}", "\u{1F}", "\u{8}", "\t", "\n",
            "\u{C}", "\r", "\u{7F}", "\u{80}", "é", "म", "\u{2028}", "\u{FFFD}", "\u{FFFF}", "😀",
            "\u{10FFFF}",
        ]
        var text = String.UnicodeScalarView()
        let isPlain = Bool.random(using: &random)
        for _ in 0..<Int.random(in: lengths, using: &random) {
            let choice = Int.random(in: 0..<(isPlain ? 2 : alphabet.count), using: &random)
            text.append(alphabet[choice])
        }
        return String(text)
    }

    /// Writes the tree.
    func write(to writer: inout JSONWriter) {
        switch self {
        case .object(let members):
            writer.beginObject()
            for member in members {
                let name = member.name.utf8.span
                writer.key(name)
                member.value.write(to: &writer)
            }
            writer.endObject()
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .string(let text): writer.string(text)
        case .integer(let value): writer.integer(value)
        case .boolean(let value): writer.boolean(value)
        case .null: writer.null()
        }
    }

    /// The expected text, put together without the writer.
    var text: String {
        switch self {
        case .object(let members):
            "{" + members.map { quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .string(let text): quoted(text)
        case .integer(let value): String(value)
        case .boolean(let value): String(value)
        case .null: "null"
        }
    }

    /// Reads a tree back; doubles have no case and are not expected.
    init?(_ node: JSONNode, in document: borrowing JSONDocument) {
        switch document.kind(of: node) {
        case .object:
            var members = document.members(of: node)
            var read: [Member] = []
            while let member = members.next(in: document) {
                guard let value = JSONSample(member.value, in: document) else { return nil }
                read.append(Member(name: document.text(of: member.name), value: value))
            }
            self = .object(read)
        case .array:
            var elements = document.elements(of: node)
            var read: [JSONSample] = []
            while let element = elements.next(in: document) {
                guard let value = JSONSample(element, in: document) else { return nil }
                read.append(value)
            }
            self = .array(read)
        case .string: self = .string(document.text(of: node))
        case .integer:
            guard let value = document.integer(of: node) else { return nil }
            self = .integer(Int(value))
        case .boolean:
            guard let value = document.boolean(of: node) else { return nil }
            self = .boolean(value)
        case .null: self = .null
        case .double: return nil
        }
    }
}

/// A string literal of JSON, one scalar at a time.
func quoted(_ text: String) -> String {
    let short: [Unicode.Scalar: String] = [
        "\"": "\\\"", "\\": "\\\\", "\u{8}": "\\b", "\t": "\\t", "\n": "\\n", "\u{C}": "\\f",
        "\r": "\\r",
    ]
    let escaped = text.unicodeScalars.map { scalar in
        if let escape = short[scalar] { return escape }
        guard scalar.value < 0x20 else { return String(scalar) }
        return "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    }
    return "\"" + escaped.joined() + "\""
}

/// Parses a text into a new document.
func parsed(_ text: String) throws(JSONError) -> JSONDocument {
    try parsed(Array(text.utf8))
}

/// Parses bytes into a new document.
func parsed(_ bytes: [UInt8]) throws(JSONError) -> JSONDocument {
    var document = JSONDocument()
    try document.parse(bytes.span)
    return document
}

/// Why a text is rejected, or nil when it is accepted.
func rejection(of bytes: [UInt8]) -> String? {
    do {
        _ = try parsed(bytes)
        return nil
    } catch { return error.reason }
}

/// What a writer has written after some calls.
func written(_ calls: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    calls(&writer)
    return String(decoding: writer.take(), as: UTF8.self)
}
