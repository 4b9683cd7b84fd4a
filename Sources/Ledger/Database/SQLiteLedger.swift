internal import SQLite

/// A ledger in a SQLite file.
///
/// With a write-ahead log and `synchronous = FULL`: a commit that has returned survives the loss of power. One
/// process at a time uses a file, as SQLite's lock sees to.
final class SQLiteLedger: LedgerDatabase {
    let identityColumn = "INTEGER PRIMARY KEY AUTOINCREMENT"
    private let connection: SQLiteConnection
    /// By the address of the literal.
    private var statements: [UInt: PreparedBox] = [:]

    init(path: String) throws(LedgerError) {
        do throws(SQLiteError) {
            connection = try SQLiteConnection(path: path, mode: .readWriteCreatePrivate)
            _ = try connection.enableWriteAheadLog()
            try connection.execute("PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY")
        } catch {
            throw .sqlite(error)
        }
    }

    func run(_ sql: StaticString, _ values: [LedgerValue]) throws(LedgerError) -> [LedgerRow] {
        do throws(SQLiteError) {
            return try prepared(sql).run(values)
        } catch {
            throw .sqlite(error)
        }
    }

    func execute(_ sql: StaticString, _ values: [LedgerValue]) throws(LedgerError) {
        _ = try run(sql, values)
    }

    func runScript(_ sql: String) throws(LedgerError) {
        do throws(SQLiteError) {
            try connection.execute(sql)
        } catch {
            throw .sqlite(error)
        }
    }

    func begin() throws(LedgerError) { _ = try run("BEGIN IMMEDIATE", []) }

    func commit() throws(LedgerError) { _ = try run("COMMIT", []) }

    func rollback() {
        // Some errors, such as a full disk, have rolled back already.
        _ = try? run("ROLLBACK", [])
    }

    /// The statement of a literal, prepared at its first use.
    private func prepared(_ sql: StaticString) throws(SQLiteError) -> PreparedBox {
        let key = unsafe UInt(bitPattern: sql.utf8Start)
        if let box = statements[key] { return box }
        let box = PreparedBox(try connection.prepare("\(sql)"))
        statements[key] = box
        return box
    }
}

/// A statement that a table can hold.
private final class PreparedBox {
    private var statement: SQLiteStatement

    init(_ statement: consuming SQLiteStatement) { self.statement = statement }

    func run(_ values: [LedgerValue]) throws(SQLiteError) -> [LedgerRow] {
        for (index, value) in values.enumerated() {
            switch value {
            case .text(let text): try statement.bind(index + 1, text: text)
            case .integer(let integer): try statement.bind(index + 1, integer: integer)
            case .null: try statement.bindNull(index + 1)
            }
        }
        var rows: [LedgerRow] = []
        while try statement.step() {
            var cells: [String?] = []
            cells.reserveCapacity(statement.columnCount)
            for column in 0..<statement.columnCount { cells.append(try statement.string(column)) }
            rows.append(LedgerRow(cells: cells))
        }
        return rows
    }
}
