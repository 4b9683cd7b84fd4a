internal import Matcher
internal import SQLite

/// The rows of a table of a SQLite file.
struct SQLiteRows: FieldRows, ~Copyable {
    /// The row's number in the order of reading, from 1.
    private(set) var position = 0

    private var statement: SQLiteStatement
    /// For each field the column of the query, or -1.
    private var columnOfField: [Int]
    private let rowsTotal: Int

    /// Finds out what the table has and prepares to read it.
    ///
    /// - Parameters:
    ///   - plan: what is wanted.
    ///   - fieldNames: the names of the fields.
    ///   - connection: in the transaction that will read the table.
    /// - Returns: nil where the table is missing and nobody asked for it by name.
    /// - Throws: `LoadFailure.mapping`, `LoadFailure.database`.
    static func find(
        _ plan: TablePlan, fieldNames: [String], in connection: borrowing SQLiteConnection
    ) throws(LoadFailure) -> SQLiteRows? {
        let existing = try columns(of: plan.table, connection)
        guard !existing.isEmpty else {
            guard plan.isOptional else { throw plan.missingTable }
            return nil
        }
        let available = try plan.available(among: existing)
        do throws(SQLiteError) {
            return try prepare(available, of: plan.table, fieldNames, connection)
        } catch {
            throw LoadFailure(error)
        }
    }

    private init(
        statement: consuming SQLiteStatement, columnOfField: [Int], rowsTotal: Int
    ) {
        self.statement = statement
        self.columnOfField = columnOfField
        self.rowsTotal = rowsTotal
    }

    private static func prepare(
        _ available: [(ordinal: Int, names: [String])], of table: String, _ fieldNames: [String],
        _ connection: borrowing SQLiteConnection
    ) throws(SQLiteError) -> SQLiteRows {
        var columnOfField = Array(repeating: -1, count: fieldNames.count)
        var selected: [String] = []
        for (ordinal, names) in available {
            columnOfField[ordinal] = selected.count
            let digits = FieldRules.digits(ofNumberIn: fieldNames[ordinal])
            selected.append(expression(names.map(quoted), digits: digits))
        }
        let from = "FROM \(quotedTable(table))"
        var count = try connection.prepare("SELECT count(*) \(from)")
        let rowsTotal = try count.step() ? Int(count.integer(0) ?? 0) : 0
        let statement = try connection.prepare(
            "SELECT \(selected.joined(separator: ", ")) \(from)")
        return SQLiteRows(
            statement: statement, columnOfField: columnOfField, rowsTotal: rowsTotal)
    }

    var fractionRead: Double? {
        rowsTotal > 0 ? min(Double(position) / Double(rowsTotal), 1) : nil
    }

    mutating func next() throws(LoadFailure) -> RowStep {
        do throws(SQLiteError) {
            guard try statement.step() else { return .end }
        } catch {
            throw LoadFailure(error)
        }
        position += 1
        return .row
    }

    @_lifetime(borrow self)
    func value(_ field: Int) -> Span<UInt8>? {
        let column = columnOfField[field]
        guard column >= 0 else { return nil }
        // Only a lack of memory can fail here, and then the next step fails too.
        return try? statement.text(column)
    }

    /// The columns of a table or view; none where it is missing.
    private static func columns(
        of table: String, _ connection: borrowing SQLiteConnection
    ) throws(LoadFailure) -> Set<String> {
        let parts = table.split(separator: ".", maxSplits: 1).map(String.init)
        do throws(SQLiteError) {
            var query = try connection.prepare(
                parts.count == 2
                    ? "SELECT name FROM pragma_table_xinfo(?1, ?2)"
                    : "SELECT name FROM pragma_table_xinfo(?1)")
            try query.bind(1, text: parts.last ?? "")
            if parts.count == 2 { try query.bind(2, text: parts[0]) }
            var names: Set<String> = []
            while try query.step() {
                if let name = try query.string(0) { names.insert(name) }
            }
            return names
        } catch {
            throw LoadFailure(error)
        }
    }

    /// The text of one column, or of several joined by spaces without those that have none.
    private static func expression(_ columns: [String], digits: Int) -> String {
        guard columns.count == 1 else {
            return "trim("
                + columns.map { "coalesce(nullif(trim(\($0)), '') || ' ', '')" }
                .joined(separator: " || ") + ")"
        }
        guard digits > 1 else { return columns[0] }
        // A column of numbers has lost the zeros in front.
        return "CASE typeof(\(columns[0])) WHEN 'integer' "
            + "THEN printf('%0\(digits)d', \(columns[0])) ELSE \(columns[0]) END"
    }

    private static func quotedTable(_ table: String) -> String {
        table.split(separator: ".", maxSplits: 1).map { quoted(String($0)) }.joined(separator: ".")
    }

    /// A name in double quotes.
    private static func quoted(_ name: String) -> String {
        "\""
            + name.split(separator: "\"", omittingEmptySubsequences: false).joined(
                separator: "\"\"")
            + "\""
    }
}

extension Loading {
    /// Reads patients and care contexts of a SQLite file as one moment saw them.
    ///
    /// - Returns: the position: how many rows the tables had, for SQLite numbers no commits.
    mutating func readSQLite(
        _ path: String, _ mapping: DatabaseMapping?, _ seconds: inout LoadSeconds
    ) throws(LoadFailure) -> String {
        try mapping?.validate()
        let start = MonotonicClock.seconds
        let connection = try SQLiteConnection.openForLoad(path)
        let patients = try SQLiteRows.find(
            .patients(mapping), fieldNames: PatientField.allCases.map(\.rawValue), in: connection)
        var position = "sqlite:patients=0"
        if var rows = patients {
            try readPatients(&rows, checked: false)
            position = "sqlite:patients=\(rows.position)"
        }
        seconds.patients = MonotonicClock.seconds - start
        if let plan = TablePlan.careContexts(mapping),
            var rows = try SQLiteRows.find(
                plan, fieldNames: CareContextField.allCases.map(\.rawValue), in: connection)
        {
            try readCareContexts(&rows, checked: false)
            position += ",care_contexts=\(rows.position)"
            seconds.careContexts = MonotonicClock.seconds - start - seconds.patients
        }
        return position
    }
}

extension SQLiteConnection {
    /// A connection in a transaction that sees one moment of the file.
    ///
    /// What a writer left that was killed is undone before, where the file may be written.
    fileprivate static func openForLoad(_ path: String) throws(LoadFailure) -> SQLiteConnection {
        do throws(SQLiteError) {
            return try beginReading(path)
        } catch {
            guard error.asksForRollback else { throw LoadFailure(error) }
        }
        undoInterrupted(path)
        do throws(SQLiteError) {
            return try beginReading(path)
        } catch {
            throw LoadFailure(error)
        }
    }

    private static func beginReading(_ path: String) throws(SQLiteError) -> SQLiteConnection {
        let connection = try SQLiteConnection(path: path, mode: .readOnly)
        // The first read takes the snapshot.
        try connection.execute("BEGIN DEFERRED; SELECT 1 FROM sqlite_schema LIMIT 1")
        return connection
    }

    /// Lets SQLite roll back what an interrupted writer left, as it does for whoever may write and reads.
    ///
    /// SQLite's locks decide whether the writer is gone. Whether it could be done the next read tells.
    private static func undoInterrupted(_ path: String) {
        _ = try? SQLiteConnection(path: path, mode: .readWrite)
    }
}

extension SQLiteError {
    /// Whether a writer was interrupted, and only one that may write can undo what it left.
    fileprivate var asksForRollback: Bool {
        self == .cannotOpen(.readOnlyRollback) || self == .failed(.readOnlyRollback)
    }
}

extension LoadFailure {
    /// A failure of SQLite, in its own words but for one that they do not explain.
    init(_ error: SQLiteError) {
        self = .database(
            message: error.asksForRollback
                ? "an import into this SQLite file was interrupted, and what it left cannot be undone"
                    + " here: run the import again, or load the file once as a user who may write the"
                    + " file and its folder"
                : error.description)
    }
}
