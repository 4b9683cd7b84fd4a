internal import CSimdJSON

/// A place of one value inside the document that was parsed last.
public struct JSONNode: Hashable, Sendable {
    let tapeIndex: Int
}

/// What kind of value a node is.
public enum JSONKind: Equatable, Sendable {
    case object, array, string, integer, double, boolean, null
}

/// Why a text is not a JSON document.
public struct JSONError: Error, Equatable {
    /// The library's own words, never a part of the text.
    public let reason: String
}

/// A JSON parser together with the one document that it parsed last.
@safe public struct JSONDocument: ~Copyable {
    /// An empty parser that grows with the largest document it is given.
    public init() {}

    /// Parses one document and forgets the one before.
    public mutating func parse(_ text: Span<UInt8>) throws(JSONError) {
        throw JSONError(reason: "not built yet")
    }

    /// The outermost value; the document must have been parsed.
    public var root: JSONNode { JSONNode(tapeIndex: 1) }

    /// The kind of a node.
    public func kind(of node: JSONNode) -> JSONKind { .null }

    /// A cursor over the members of an object, in their order.
    public func members(of object: JSONNode) -> JSONMembers { JSONMembers() }

    /// A cursor over the elements of an array, in their order.
    public func elements(of array: JSONNode) -> JSONElements { JSONElements() }

    /// The first member of that name.
    public func member(_ name: StaticString, of object: JSONNode) -> JSONNode? { nil }

    /// The unescaped UTF-8 bytes of a string.
    @_lifetime(borrow self)
    public func bytes(of string: JSONNode) -> Span<UInt8> { preconditionFailure("not built yet") }

    /// A string's text, copied.
    public func text(of string: JSONNode) -> String { "" }

    /// An integer that fits, or a double without a fraction; nil for anything else.
    public func integer(of node: JSONNode) -> Int64? { nil }

    /// Any number.
    public func double(of node: JSONNode) -> Double? { nil }

    /// A Boolean.
    public func boolean(of node: JSONNode) -> Bool? { nil }
}

/// A cursor over an object's members.
public struct JSONMembers {
    /// The next name (a string node) and its value.
    public mutating func next(in document: borrowing JSONDocument) -> (name: JSONNode, value: JSONNode)? { nil }
}

/// A cursor over an array's elements.
public struct JSONElements {
    /// The next element.
    public mutating func next(in document: borrowing JSONDocument) -> JSONNode? { nil }
}
