/// Where a ledger is kept.
public enum LedgerPlace: Equatable, Sendable {
    /// A SQLite file, made where it is missing; `:memory:` ends with the ledger.
    case sqlite(path: String)
    /// A PostgreSQL database, by libpq's URI.
    case postgres(conninfo: String)

    /// Reads `sqlite:PATH` or a `postgres://` URI.
    ///
    /// - Returns: nil for anything else.
    public init?(parsing url: String) {
        if url.hasPrefix("sqlite:") {
            let path = String(url.dropFirst("sqlite:".count))
            guard !path.isEmpty else { return nil }
            self = .sqlite(path: path)
        } else if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
            self = .postgres(conninfo: url)
        } else {
            return nil
        }
    }
}
