internal import JSON

/// A JSON value as a tree, small enough to write messages down as literals.
package indirect enum WireValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case decimal(Double)
    case text(String)
    case list([WireValue])
    case object([WireMember])

    /// Reads a JSON text; nil where it is none.
    package init?(parsing bytes: [UInt8]) {
        var document = JSONDocument()
        guard (try? document.parse(bytes.span)) != nil else { return nil }
        self.init(document.root, in: document)
    }

    private init(_ node: JSONNode, in document: borrowing JSONDocument) {
        switch document.kind(of: node) {
        case .null: self = .null
        case .boolean: self = .boolean(document.boolean(of: node) ?? false)
        case .integer:
            let whole = document.integer(of: node).map { WireValue.integer(Int($0)) }
            self = whole ?? .decimal(document.double(of: node) ?? 0)
        case .double: self = .decimal(document.double(of: node) ?? 0)
        case .string: self = .text(document.text(of: node))
        case .array:
            var values: [WireValue] = []
            var elements = document.elements(of: node)
            while let element = elements.next(in: document) {
                values.append(WireValue(element, in: document))
            }
            self = .list(values)
        case .object:
            var members: [WireMember] = []
            var cursor = document.members(of: node)
            while let (name, value) = cursor.next(in: document) {
                members.append(
                    WireMember(document.text(of: name), WireValue(value, in: document)))
            }
            self = .object(members)
        }
    }

    /// The member of that name; nil where there is none, where it is null and where this is no object.
    package subscript(name: String) -> WireValue? {
        guard case .object(let members) = self,
            let value = members.first(where: { $0.name == name })?.value, value != .null
        else { return nil }
        return value
    }

    /// A text's text.
    package var text: String? { if case .text(let text) = self { text } else { nil } }

    /// An integer's value.
    package var integer: Int? { if case .integer(let value) = self { value } else { nil } }

    /// A list's elements.
    package var elements: [WireValue]? { if case .list(let values) = self { values } else { nil } }

    /// An object's members.
    package var members: [WireMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The same object with a member more, or with another value of it.
    package func with(_ name: String, _ value: WireValue) -> WireValue {
        var members = (members ?? []).filter { $0.name != name }
        members.append(WireMember(name, value))
        return .object(members)
    }

    /// The same object without a member.
    package func without(_ name: String) -> WireValue {
        .object((members ?? []).filter { $0.name != name })
    }

    /// As JSON.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        write(into: &writer)
        return writer.take()
    }

    private func write(into writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .boolean(let value): writer.boolean(value)
        case .integer(let value): writer.integer(value)
        case .decimal(let value): writer.decimal(value, decimals: 6)
        case .text(let text): writer.string(text)
        case .list(let values):
            writer.beginArray()
            for value in values { value.write(into: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.key(member.name.utf8.span)
                member.value.write(into: &writer)
            }
            writer.endObject()
        }
    }
}

/// A member of a `WireValue` that is an object.
package struct WireMember: Equatable, Sendable {
    package let name: String
    package let value: WireValue

    package init(_ name: String, _ value: WireValue) {
        self.name = name
        self.value = value
    }
}

extension WireValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .text(text) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(arrayLiteral values: WireValue...) { self = .list(values) }
    package init(dictionaryLiteral members: (String, WireValue)...) {
        self = .object(members.map { WireMember($0.0, $0.1) })
    }
}
