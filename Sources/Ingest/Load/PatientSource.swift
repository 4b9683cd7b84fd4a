internal import Postgres

/// Where patients and their care contexts come from.
public enum PatientSource: Sendable {
    /// Files of comma-separated values or of one JSON object a line; `-` is the standard input.
    case files(patients: String, careContexts: String?)
    /// A database, with its tables and columns where they are not called as in the files.
    case database(DatabaseURL, DatabaseMapping?)

    /// The files that are read; `-` is the standard input.
    public var files: [String] {
        switch self {
        case .files(let patients, let careContexts): [patients] + (careContexts.map { [$0] } ?? [])
        case .database(.sqlite(let path), _): [path]
        case .database(.postgres, _): []
        }
    }
}

/// A database that rows can be read from.
public enum DatabaseURL: Equatable, Sendable {
    /// PostgreSQL, as libpq takes it; may hold a password and is never shown.
    case postgres(conninfo: String)
    /// A SQLite file.
    case sqlite(path: String)

    /// Reads `postgres://...`, `postgresql://...` or `sqlite:PATH`.
    ///
    /// - Throws: `LoadFailure.notSupported`, which names the scheme and nothing else.
    public init(parsing text: String) throws(LoadFailure) {
        if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(conninfo: text)
        } else if text.hasPrefix("sqlite:") {
            let path = String(text.dropFirst("sqlite:".count))
            guard !path.isEmpty else {
                throw .notSupported("a database URL of the form sqlite:PATH needs a path")
            }
            self = .sqlite(path: path)
        } else {
            throw .notSupported(
                "a database URL begins with postgres://, postgresql:// or sqlite:")
        }
    }

    /// Whether its parts can be told apart, so that one can be hidden and the others shown.
    ///
    /// Nobody is called, and a file is not looked for.
    public var isWellFormed: Bool {
        switch self {
        case .postgres(let conninfo): PostgresConnection.isWellFormed(conninfo)
        case .sqlite(let path): !path.isEmpty
        }
    }
}
