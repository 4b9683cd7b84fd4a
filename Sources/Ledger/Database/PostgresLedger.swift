internal import Postgres

/// A ledger in a PostgreSQL database.
///
/// Each transaction holds one advisory lock, so that several servers on one ledger take turns.
final class PostgresLedger: LedgerDatabase {
    let identityColumn = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    private let conninfo: String
    private var connection: PostgresConnection
    /// The names of the statements that this session has prepared, by the address of the literal.
    private var prepared: [UInt: String] = [:]

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
            let rows = try connection.query(prepared: name(of: sql), parameters)
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
        if !connection.isAlive { try reconnect() }
        do throws(PostgresError) {
            try connection.execute("BEGIN; SELECT pg_advisory_xact_lock(5512361907)")
        } catch {
            if error == .connectionLost {
                try reconnect()
                return try beginAnew()
            }
            throw .postgres(error)
        }
    }

    private func reconnect() throws(LedgerError) {
        connection = try Self.connect(conninfo)
        prepared = [:]
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

    /// The name of a literal's statement, prepared at its first use, with the parameters that PostgreSQL knows.
    private func name(of sql: StaticString) throws(PostgresError) -> String {
        let key = unsafe UInt(bitPattern: sql.utf8Start)
        if let name = prepared[key] { return name }
        let name = "milaan\(prepared.count)"
        try connection.prepare(name, String("\(sql)".map { $0 == "?" ? "$" : $0 }))
        prepared[key] = name
        return name
    }
}
