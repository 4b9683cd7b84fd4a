/// The rows that one key leads to.
package struct Postings: Equatable, Sendable {
    /// How many rows there are.
    package let count: Int
    /// The row's place when there is one, else the offset of the first in the table's lists.
    let start: UInt32

    /// A key that leads nowhere.
    package static let none = Postings(count: 0, start: 0)
}
