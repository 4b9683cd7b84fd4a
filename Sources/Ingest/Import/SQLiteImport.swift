internal import Glibc
internal import Matcher
internal import SQLite

/// An import into a SQLite file, inside one transaction.
struct SQLiteImport: ~Copyable {
    private let connection: SQLiteConnection
    private let path: String
    /// Whether the file was made by this import, so that nobody has anything in it.
    private let isNew: Bool

    /// Begins the transaction; the tables are there afterwards.
    ///
    /// - Throws: `LoadFailure.database`.
    init(path: String) throws(LoadFailure) {
        var status = stat()
        let wasMissing = unsafe lstat(path, &status) != 0 && errno == ENOENT
        do throws(SQLiteError) {
            let connection = try SQLiteConnection(path: path, mode: .readWriteCreatePrivate)
            try connection.execute("PRAGMA cache_size = -65536; BEGIN IMMEDIATE")
            // Another import may have filled the file between the look and the lock.
            let isEmpty = try !connection.prepare("SELECT 1 FROM sqlite_schema").holdsRow()
            for table in [ImportTable.patients, .careContexts] {
                try connection.execute(
                    "CREATE TABLE IF NOT EXISTS \(table.name) (\(table.definition)) WITHOUT ROWID")
            }
            self.connection = connection
            self.path = path
            isNew = wasMissing && isEmpty
        } catch {
            throw LoadFailure(error)
        }
    }

    /// Reads the files and writes what can be taken.
    ///
    /// - Throws: `LoadFailure`; the transaction is open still.
    borrowing func read(
        _ files: ImportFiles, _ importing: inout Importing, defaultFacility: [UInt8]
    ) throws(LoadFailure) {
        var patients = try TableWriter(.patients, defaultFacility, connection)
        try importing.readPatients(files.patients, into: &patients)
        guard let careContexts = files.careContexts else { return }
        var sink = CareContextWriter(
            writer: try TableWriter(.careContexts, defaultFacility, connection),
            finder: try PatientFinder(defaultFacility, connection))
        try importing.readCareContexts(careContexts, into: &sink)
    }

    /// Ends the transaction; a file that was made for nothing goes with it.
    ///
    /// - Throws: `LoadFailure.database`.
    borrowing func end(keeping isKept: Bool) throws(LoadFailure) {
        do throws(SQLiteError) {
            try connection.execute(isKept ? "COMMIT" : "ROLLBACK")
        } catch {
            throw LoadFailure(error)
        }
        if !isKept { removeNewFile() }
    }

    /// Ends the transaction and removes the file again if this import made it.
    ///
    /// A disk that is full can take the lock from SQLite and leave the journal, so the transaction is not
    /// relied on: a lock taken anew has SQLite remove the journal, keeps everybody else from putting anything
    /// into the file, and shows whether somebody has. SQLite tells whoever has it open that it was moved away.
    borrowing func removeNewFile() {
        guard isNew else { return }
        // No transaction may be open any more.
        try? connection.execute("ROLLBACK")
        do throws(SQLiteError) {
            try connection.execute("BEGIN EXCLUSIVE")
            let isEmpty = try !connection.prepare("SELECT 1 FROM sqlite_schema").holdsRow()
            if isEmpty { _ = unsafe unlink(path) }
            try connection.execute("ROLLBACK")
        } catch {
            // Somebody else has the file now, or the disk does not even let it be read: it stays.
        }
    }
}

extension SQLiteStatement {
    /// Whether there is a first row.
    fileprivate consuming func holdsRow() throws(SQLiteError) -> Bool { try step() }
}

/// Writes care contexts of patients who are in the database.
private struct CareContextWriter: CareContextSink, ~Copyable {
    var writer: TableWriter
    var finder: PatientFinder

    mutating func write<Rows: FieldRows & ~Copyable>(
        _ rows: borrowing Rows, _ judged: JudgedRow, in texts: borrowing TextArena
    ) throws(LoadFailure) {
        try writer.write(rows, judged, in: texts)
    }

    mutating func mayHavePatient(
        of context: borrowing CareContextRecord
    ) throws(LoadFailure) -> Bool {
        try finder.has(context)
    }
}
