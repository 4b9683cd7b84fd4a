/// Where a writer stands among the braces: which comma is due and what may follow.
///
/// One bit a level, so that nesting costs no memory.
@usableFromInline struct JSONNesting: Sendable {
    /// The deepest nesting of a written document.
    @inlinable static var depthMax: Int { 63 }

    /// Open containers; 0 outside of them.
    @usableFromInline var depth = 0
    /// The lowest bit is the innermost level: 1 for an object.
    @usableFromInline var objects: UInt64 = 0
    /// The lowest bit is the innermost level: 1 when something stands in it already.
    @usableFromInline var begun: UInt64 = 0
    @usableFromInline var isAfterKey = false

    /// Whether one whole document stands here, or several.
    var isComplete: Bool { depth == 0 && begun & 1 == 1 }

    /// Notes a value.
    ///
    /// - Returns: whether a comma is due before it.
    @inlinable @inline(__always)
    mutating func value() -> Bool {
        if objects & 1 == 1 {
            precondition(isAfterKey, "a member of a JSON object needs its key first")
            isAfterKey = false
            return false
        }
        let isFirst = begun & 1 == 0
        precondition(isFirst || depth > 0, "a second JSON document needs a separator")
        begun |= 1
        return !isFirst
    }

    /// Notes a member's name.
    ///
    /// - Returns: whether a comma is due before it.
    @inlinable @inline(__always)
    mutating func key() -> Bool {
        precondition(objects & 1 == 1 && !isAfterKey, "a JSON key outside of its place")
        isAfterKey = true
        let isFirst = begun & 1 == 0
        begun |= 1
        return !isFirst
    }

    /// Notes a member's name and its value.
    ///
    /// - Returns: whether a comma is due before the name.
    @inlinable @inline(__always)
    mutating func member() -> Bool {
        precondition(objects & 1 == 1 && !isAfterKey, "a JSON key outside of its place")
        let isFirst = begun & 1 == 0
        begun |= 1
        return !isFirst
    }

    /// Notes an opening brace, whose comma was asked for with `value`.
    @inlinable @inline(__always)
    mutating func open(object: Bool) {
        precondition(depth < Self.depthMax, "JSON nested too deep")
        depth += 1
        objects = objects << 1 | (object ? 1 : 0)
        begun <<= 1
    }

    /// Notes a closing brace.
    @inlinable @inline(__always)
    mutating func close(object: Bool) {
        precondition(
            depth > 0 && (objects & 1 == 1) == object && !isAfterKey,
            "a JSON brace that does not match")
        depth -= 1
        objects >>= 1
        begun >>= 1
    }

    /// Notes bytes between two documents.
    mutating func separator() {
        precondition(depth == 0, "raw bytes inside of a JSON document")
        begun = 0
    }
}
