/// Where a row stands in the memory of an index, which alone knows what it means; the matcher hands it on.
public struct RowPlace: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The index's own number.
    public let rawValue: UInt32

    /// The place of a number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether a row stands before another.
    public static func < (a: RowPlace, b: RowPlace) -> Bool { a.rawValue < b.rawValue }
}
