package import JSON
internal import Matcher

/// Why a callback's body or headers cannot be read: the field and what is wrong, never the value.
public struct MessageError: Error, Equatable, Sendable {
    /// Where, such as `patient.careContexts[3].referenceNumber` or `header X-HIP-ID`.
    public let field: String
    /// What is wrong with it.
    public let problem: String

    /// An error about a field.
    package init(_ field: String, _ problem: String) {
        self.field = field
        self.problem = problem
    }

    /// The message for the caller.
    public var message: String { "\(field) \(problem)" }
}

extension JSONDocument {
    /// Parses a request's body.
    ///
    /// - Throws: `MessageError` where it is not JSON.
    package mutating func parse(body: Span<UInt8>) throws(MessageError) {
        do throws(JSONError) {
            try parse(body)
        } catch {
            throw MessageError("body", "is not JSON: \(error.reason)")
        }
    }
}

/// An object within a message, whose members are read by name.
///
/// Missing and null are alike; unknown members are ignored; a member that stands twice is refused, because two
/// readers of the same body must not see two values.
package struct MessageObject {
    /// The longest text that any member may hold: a token of the gateway.
    static let textBytesMax = 16 << 10
    /// The most elements of any list.
    static let elementsMax = 10_000

    private let node: JSONNode
    private let path: String

    private init(_ node: JSONNode, _ path: String) {
        self.node = node
        self.path = path
    }

    /// The outermost object of a document.
    package init(rootOf document: borrowing JSONDocument) throws(MessageError) {
        guard document.kind(of: document.root) == .object else {
            throw MessageError("body", "must be an object")
        }
        self.init(document.root, "")
    }

    /// Reads a text of our own: nil where it is not JSON, no object, or not what is looked for.
    package static func read<Value>(
        _ text: String,
        _ body: (MessageObject, borrowing JSONDocument) throws(MessageError) -> Value
    ) -> Value? {
        var document = JSONDocument()
        guard (try? document.parse(text.utf8.span)) != nil,
            let root = try? MessageObject(rootOf: document)
        else { return nil }
        return try? body(root, document)
    }

    /// The path of a member, for an error.
    package func field(_ name: StaticString) -> String {
        path.isEmpty ? "\(name)" : "\(path).\(name)"
    }

    /// A member's value; nil when missing or null.
    package func value(
        _ name: StaticString, in document: borrowing JSONDocument
    ) throws(MessageError) -> JSONNode? {
        var found: JSONNode?
        var members = document.members(of: node)
        while let member = members.next(in: document) {
            guard document.string(member.name, equals: name) else { continue }
            guard found == nil else { throw MessageError(field(name), "stands twice") }
            found = member.value
        }
        guard let found, document.kind(of: found) != .null else { return nil }
        return found
    }

    /// A text; nil when missing, null or blank.
    package func text(
        _ name: StaticString, in document: borrowing JSONDocument
    ) throws(MessageError) -> String? {
        guard let node = try value(name, in: document) else { return nil }
        guard document.kind(of: node) == .string else {
            throw MessageError(field(name), "must be a string")
        }
        return try Self.text(node, field(name), document)
    }

    /// A text that must be there.
    package func requiredText(
        _ name: StaticString, in document: borrowing JSONDocument
    ) throws(MessageError) -> String {
        guard let text = try text(name, in: document) else {
            throw MessageError(field(name), "is missing")
        }
        return text
    }

    /// A number, also where it is written as a text; nil when missing, null or blank.
    package func integer(
        _ name: StaticString, in document: borrowing JSONDocument
    ) throws(MessageError) -> Int? {
        guard let node = try value(name, in: document) else { return nil }
        if document.kind(of: node) == .string {
            guard let text = try Self.text(node, field(name), document) else { return nil }
            guard let number = Int(text) else {
                throw MessageError(field(name), "must be an integer")
            }
            return number
        }
        guard let number = document.integer(of: node).flatMap({ Int(exactly: $0) }) else {
            throw MessageError(field(name), "must be an integer")
        }
        return number
    }

    /// An object; nil when missing or null.
    package func object(
        _ name: StaticString, in document: borrowing JSONDocument
    ) throws(MessageError) -> MessageObject? {
        guard let node = try value(name, in: document) else { return nil }
        guard document.kind(of: node) == .object else {
            throw MessageError(field(name), "must be an object")
        }
        return MessageObject(node, field(name))
    }

    /// An object that must be there.
    package func requiredObject(
        _ name: StaticString, in document: borrowing JSONDocument
    ) throws(MessageError) -> MessageObject {
        guard let object = try object(name, in: document) else {
            throw MessageError(field(name), "is missing")
        }
        return object
    }

    /// The objects of a list.
    package static func list(
        _ node: JSONNode, _ path: String, in document: borrowing JSONDocument
    ) throws(MessageError) -> [MessageObject] {
        var objects: [MessageObject] = []
        var elements = document.elements(of: node)
        while let element = elements.next(in: document) {
            let place = "\(path)[\(objects.count)]"
            guard document.kind(of: element) == .object else {
                throw MessageError(place, "must be an object")
            }
            guard objects.count < Self.elementsMax else {
                throw MessageError(path, "has more than \(Self.elementsMax) elements")
            }
            objects.append(MessageObject(element, place))
        }
        return objects
    }

    /// The objects of a list; none when missing or null.
    package func objects(
        _ name: StaticString, in document: borrowing JSONDocument
    ) throws(MessageError) -> [MessageObject] {
        guard let node = try value(name, in: document) else { return [] }
        guard document.kind(of: node) == .array else {
            throw MessageError(field(name), "must be a list")
        }
        return try Self.list(node, field(name), in: document)
    }

    private static func text(
        _ node: JSONNode, _ field: String, _ document: borrowing JSONDocument
    ) throws(MessageError) -> String? {
        let bytes = document.bytes(of: node)
        guard bytes.count <= textBytesMax else {
            throw MessageError(field, "is longer than \(textBytesMax) bytes")
        }
        guard !bytes.holdsNUL else { throw MessageError(field, "holds a NUL character") }
        // Keys of the ledger are put together with it.
        for index in bytes.indices where bytes[index] == 0x1F {
            throw MessageError(field, "holds a unit separator")
        }
        let trimmed = bytes.trimmed()
        guard !trimmed.isEmpty else { return nil }
        return unsafe trimmed.withUnsafeBufferPointer {
            unsafe String(decoding: $0, as: UTF8.self)
        }
    }
}
