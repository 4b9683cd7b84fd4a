internal import Postgres

/// A ledger in a PostgreSQL database.
///
/// Each transaction holds one advisory lock, so that several servers on one ledger take turns.
final class PostgresLedger: LedgerDatabase {
    let identityColumn = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    private let conninfo: String
    private let limits: PostgresTimeLimits
    private var connection: PostgresConnection
    /// The names of the statements that this session has prepared, by the address of the literal.
    private var prepared: [UInt: String] = [:]

    init(conninfo: String, limits: PostgresTimeLimits) throws(LedgerError) {
        self.conninfo = conninfo
        self.limits = limits
        connection = try Self.connect(conninfo, limits)
    }

    private static func connect(
        _ conninfo: String, _ limits: PostgresTimeLimits
    ) throws(LedgerError) -> PostgresConnection {
        do throws(PostgresError) {
            return try PostgresConnection(
                conninfo, applicationName: "milaan ledger", limits: limits)
        } catch {
            throw .postgres(error)
        }
    }

    func run(_ sql: StaticString, _ values: [LedgerValue]) throws(LedgerError) -> [LedgerRow] {
        do throws(PostgresError) {
            let rows = try connection.query(prepared: name(of: sql), Self.parameters(values))
            return (0..<rows.rowCount).map { row in
                LedgerRow(
                    cells: (0..<rows.columnCount).map { rows.text(row: row, column: $0) })
            }
        } catch {
            throw .postgres(error)
        }
    }

    func execute(_ sql: StaticString, _ values: [LedgerValue]) throws(LedgerError) {
        do throws(PostgresError) {
            try connection.send(prepared: name(of: sql), Self.parameters(values))
        } catch {
            throw .postgres(error)
        }
    }

    private static func parameters(_ values: [LedgerValue]) -> [String?] {
        values.map { value in
            switch value {
            case .text(let text): text
            case .integer(let integer): String(integer)
            case .null: nil
            }
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
            // Without the lock the transaction has begun, and failed.
            rollback()
            throw .postgres(error)
        }
    }

    private func reconnect() throws(LedgerError) {
        // Statements are prepared for a session: none of the new one's is.
        prepared = [:]
        connection = try Self.connect(conninfo, limits)
    }

    private func beginAnew() throws(LedgerError) {
        do throws(LedgerError) {
            try runScript("BEGIN; SELECT pg_advisory_xact_lock(5512361907)")
        } catch {
            rollback()
            throw error
        }
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
