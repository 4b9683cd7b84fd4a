/// A value for a statement, or out of a row.
enum LedgerValue: Equatable {
    case text(String)
    case integer(Int64)
    case null
}

/// One row, each cell as text; nil for NULL.
struct LedgerRow {
    var cells: [String?]

    func text(_ column: Int) -> String { cells[column] ?? "" }

    func integer(_ column: Int) -> Int64 { cells[column].flatMap { Int64($0) } ?? 0 }
}

/// A database that keeps a ledger: the only thing here that is not ours.
///
/// Statements are written once for both kinds: parameters are `?1`, `?2`..., types `TEXT` and `BIGINT`.
protocol LedgerDatabase: AnyObject {
    /// What makes a column number rows by itself.
    var identityColumn: String { get }

    /// Runs one statement.
    func run(_ sql: StaticString, _ values: [LedgerValue]) throws(LedgerError) -> [LedgerRow]

    /// Runs one statement whose rows nobody wants.
    ///
    /// It may fail as late as with the next statement, or the commit.
    func execute(_ sql: StaticString, _ values: [LedgerValue]) throws(LedgerError)

    /// Runs statements of the schema.
    func runScript(_ sql: String) throws(LedgerError)

    /// Begins a transaction in which nobody else changes the ledger.
    func begin() throws(LedgerError)

    /// Makes everything since `begin` durable.
    func commit() throws(LedgerError)

    /// Undoes everything since `begin`.
    func rollback()
}

extension LedgerDatabase {
    func run(_ sql: StaticString) throws(LedgerError) -> [LedgerRow] { try run(sql, []) }
}
