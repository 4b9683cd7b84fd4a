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
    /// It did not answer in time; what was asked may have been done.
    case stalled

    /// Whether the trouble is the database's, so that another command would fare no better.
    var isOutage: Bool {
        switch self {
        case .stopped, .stalled: true
        case .postgres(.connectionLost), .postgres(.connectionFailed), .postgres(.cancelled): true
        case .postgres(.server(.lockNotAvailable, _)): true
        // Operator intervention, lack of resources, errors of the system.
        case .postgres(.server(let state, _)):
            ["53", "57", "58"].contains(state.conditionClass)
        case .sqlite(.failed(let code)): Self.outages.contains(code.primary.rawValue)
        case .postgres, .sqlite, .newerSchema, .unreadable: false
        }
    }

    /// SQLite's `BUSY`, `LOCKED`, `READONLY`, `IOERR`, `FULL` and `CANTOPEN`.
    private static let outages: Set<Int32> = [5, 6, 8, 10, 13, 14]
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
        case .stalled: "ledger: it did not answer in time"
        }
    }
}
