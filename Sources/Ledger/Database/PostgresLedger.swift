internal import Postgres

/// A ledger in a PostgreSQL database.
///
/// Each transaction holds one advisory lock, so that several servers on one ledger take turns.
final class PostgresLedger: LedgerDatabase {
    let identityColumn = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    private let conninfo: String
    private var connection: PostgresConnection
    /// Each statement with the parameters that PostgreSQL knows, by the address of the literal.
    private var spelled: [UInt: String] = [:]

    init(conninfo: String) throws(LedgerError) {
        self.conninfo = conninfo
        connection = try Self.connect(conninfo)
    }

    private static func connect(_ conninfo: String) throws(LedgerError) -> PostgresConnection {
        do throws(PostgresError) {
            return try PostgresConnection(conninfo, applicationName: "milaan ledger")
        } catch {
            throw .postgres(error)
        }
    }

    func run(_ sql: StaticString, _ values: [LedgerValue]) throws(LedgerError) -> [LedgerRow] {
        let parameters: [String?] = values.map { value in
            switch value {
            case .text(let text): text
            case .integer(let integer): String(integer)
            case .null: nil
            }
        }
        do throws(PostgresError) {
            let rows = try connection.query(spelled(sql), parameters)
            return (0..<rows.rowCount).map { row in
                LedgerRow(
                    cells: (0..<rows.columnCount).map { rows.text(row: row, column: $0) })
            }
        } catch {
            throw .postgres(error)
        }
    }

    func runScript(_ sql: String) throws(LedgerError) {
        do throws(PostgresError) {
            try connection.execute(sql)
        } catch {
            throw .postgres(error)
        }
    }

    func begin() throws(LedgerError) {
        // A server that was restarted must not stop ours.
        if !connection.isAlive { connection = try Self.connect(conninfo) }
        do throws(PostgresError) {
            try connection.execute("BEGIN; SELECT pg_advisory_xact_lock(5512361907)")
        } catch {
            if error == .connectionLost {
                connection = try Self.connect(conninfo)
                return try beginAnew()
            }
            throw .postgres(error)
        }
    }

    private func beginAnew() throws(LedgerError) {
        try runScript("BEGIN; SELECT pg_advisory_xact_lock(5512361907)")
    }

    func commit() throws(LedgerError) {
        do throws(PostgresError) {
            try connection.commit()
        } catch {
            throw .postgres(error)
        }
    }

    func rollback() { try? connection.rollback() }

    private func spelled(_ sql: StaticString) -> String {
        let key = unsafe UInt(bitPattern: sql.utf8Start)
        if let text = spelled[key] { return text }
        let text = String("\(sql)".map { $0 == "?" ? "$" : $0 })
        spelled[key] = text
        return text
    }
}
