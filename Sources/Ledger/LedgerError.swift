public import Postgres
public import SQLite

/// What can go wrong with a ledger; never holds anything of what is written in it.
public enum LedgerError: Error, Equatable, Sendable {
    /// SQLite failed.
    case sqlite(SQLiteError)
    /// PostgreSQL failed.
    case postgres(PostgresError)
    /// The tables were made by a newer program.
    case newerSchema(found: Int, known: Int)
    /// What was written cannot be read: another key sealed it, or somebody changed it.
    case unreadable(table: String)
    /// It has been stopped, by its owner or by a test.
    case stopped
}

extension LedgerError: CustomStringConvertible {
    /// One line for a log.
    public var description: String {
        switch self {
        case .sqlite(let error): "ledger: \(error)"
        case .postgres(let error): "ledger: \(error)"
        case .newerSchema(let found, let known):
            "ledger: its tables are of version \(found), this program knows \(known)"
        case .unreadable(let table): "ledger: a row of \(table) cannot be read"
        case .stopped: "ledger: it has been stopped"
        }
    }
}
