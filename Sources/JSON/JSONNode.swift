/// A place of one value inside the document that was parsed last.
///
/// A node belongs to the `JSONDocument` and the parse that gave it; handing it to another, or keeping
/// it across a parse, is a mistake in the program and traps.
public struct JSONNode: Hashable, Sendable {
    /// An index into the tape, > 0.
    @usableFromInline let tapeIndex: UInt32

    /// The parse that the node belongs to.
    @usableFromInline let generation: UInt32

    @inlinable @inline(__always)
    init(tapeIndex: UInt32, generation: UInt32) {
        self.tapeIndex = tapeIndex
        self.generation = generation
    }
}

/// What kind of value a node is.
public enum JSONKind: Equatable, Sendable {
    /// A number written without a point or exponent is an `integer`, any other a `double`.
    case object, array, string, integer, double, boolean, null
}

/// Why a text is not a JSON document.
public struct JSONError: Error, Equatable {
    /// The library's own words, never a part of the text.
    public let reason: String
}
