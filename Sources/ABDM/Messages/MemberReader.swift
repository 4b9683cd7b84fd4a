internal import JSON
internal import Matcher

/// Reads the members of messages; the paths of fields are made only for errors.
enum MemberReader {
    /// Takes a member's value; its second one is refused, also behind a null.
    @inline(__always)
    static func put(
        _ value: JSONNode, into member: inout JSONNode?, _ field: @autoclosure () -> FieldPath
    ) throws(DiscoverRequestError) {
        guard member == nil else { throw DiscoverRequestError(field(), "stands twice") }
        member = value
    }

    /// A string member; nil when missing or null.
    @inline(__always)
    static func string(
        _ node: JSONNode?, _ field: @autoclosure () -> FieldPath,
        _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) -> JSONNode? {
        try bytes(node, field(), document) == nil ? nil : node
    }

    /// The bytes of a string member; nil when missing or null.
    @inline(__always)
    @_lifetime(borrow document)
    static func bytes(
        _ node: JSONNode?, _ field: @autoclosure () -> FieldPath,
        _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) -> Span<UInt8>? {
        guard let node else { return nil }
        guard let bytes = document.bytesIfString(node) else {
            if document.node(node, is: .null) { return nil }
            throw DiscoverRequestError(field(), "must be a string")
        }
        if document.hasEscapes, bytes.holdsNUL {
            throw DiscoverRequestError(field(), "holds a NUL character")
        }
        return bytes
    }

    /// The year of birth, 0 when absent; v3 has been seen to write it as a string.
    static func year(
        _ node: JSONNode?, _ field: @autoclosure () -> FieldPath, _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) -> Int {
        guard let node else { return 0 }
        if let year = document.integer(of: node) {
            guard let year = Int(exactly: year), BirthDate.years.contains(year) else {
                throw DiscoverRequestError(field(), "is not in the years 1850 to 2100")
            }
            return year
        }
        if document.node(node, is: .null) { return 0 }
        guard document.node(node, is: .string) else {
            throw DiscoverRequestError(field(), "must be an integer")
        }
        do throws(BirthDateError) {
            return try BirthDate.parseYear(document.bytes(of: node))?.year ?? 0
        } catch {
            throw DiscoverRequestError(field(), "is not a year")
        }
    }
}
