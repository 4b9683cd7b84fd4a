public import JSON

/// A JSON value as a plain tree, for fixtures and for looking into replies.
public indirect enum JSONTree: Equatable, Sendable {
    case object([String: JSONTree])
    case array([JSONTree])
    case string(String)
    case integer(Int)
    case double(Double)
    case boolean(Bool)
    case null

    /// The tree of a text.
    ///
    /// - Throws: `JSONError` when the text is not JSON.
    public init(parsing text: [UInt8]) throws(JSONError) {
        var document = JSONDocument()
        try document.parse(text.span)
        self.init(document.root, in: document)
    }

    private init(_ node: JSONNode, in document: borrowing JSONDocument) {
        switch document.kind(of: node) {
        case .object:
            var members: [String: JSONTree] = [:]
            var cursor = document.members(of: node)
            while let member = cursor.next(in: document) {
                members[document.text(of: member.name)] = JSONTree(member.value, in: document)
            }
            self = .object(members)
        case .array:
            var elements: [JSONTree] = []
            var cursor = document.elements(of: node)
            while let element = cursor.next(in: document) {
                elements.append(JSONTree(element, in: document))
            }
            self = .array(elements)
        case .string: self = .string(document.text(of: node))
        case .integer: self = .integer(Int(document.integer(of: node) ?? .max))
        case .double: self = .double(document.double(of: node) ?? .nan)
        case .boolean: self = .boolean(document.boolean(of: node) ?? false)
        case .null: self = .null
        }
    }

    /// The member of an object; nil when there is none or this is no object.
    public subscript(_ name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The elements; nil when this is no array.
    public var elements: [JSONTree]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members; nil when this is no object.
    public var members: [String: JSONTree]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The text; nil when this is no string.
    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number; nil when this is no integer.
    public var number: Int? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    /// The Boolean; nil when this is none.
    public var flag: Bool? {
        guard case .boolean(let flag) = self else { return nil }
        return flag
    }

    /// The text of the tree, members in the order of their names.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.take()
    }

    private func write(to writer: inout JSONWriter) {
        switch self {
        case .object(let members):
            writer.beginObject()
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                let key = Array(name.utf8)
                writer.key(key.span)
                value.write(to: &writer)
            }
            writer.endObject()
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .string(let text): writer.string(text)
        case .integer(let number): writer.integer(number)
        case .double(let number): writer.decimal(number, decimals: 6)
        case .boolean(let flag): writer.boolean(flag)
        case .null: writer.null()
        }
    }
}
