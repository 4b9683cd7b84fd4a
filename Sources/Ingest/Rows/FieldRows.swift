/// What became of the next row of a source.
enum RowStep {
    /// Its values can be read.
    case row
    /// It is no row as it should be.
    case refused(RowFault)
    /// There are no more.
    case end
}

/// Why a row is refused; never holds a value.
struct RowFault: Equatable {
    /// The field at fault; empty where it is the row as a whole.
    let field: String
    /// In words that go on from the field's name.
    let reason: String

    init(_ field: String, _ reason: String) {
        self.field = field
        self.reason = reason
    }
}

/// Rows with one text for each field, wherever they come from.
protocol FieldRows: ~Copyable {
    /// Where the present row is: a line's number in a file, a row's number in a table; from 1.
    var position: Int { get }

    /// The share of the source that was read; nil where it is not known.
    var fractionRead: Double? { get }

    /// Moves to the next row.
    mutating func next() throws(LoadFailure) -> RowStep

    /// Lends a value of the present row.
    ///
    /// - Parameter field: its place among the fields that the source was opened with.
    /// - Returns: nil where the row has none.
    @_lifetime(borrow self)
    func value(_ field: Int) -> Span<UInt8>?
}
