internal import Matcher
internal import SQLite

/// An import into a SQLite file, inside one transaction.
struct SQLiteImport: ~Copyable {
    private let connection: SQLiteConnection

    /// Begins the transaction; the tables are there afterwards.
    ///
    /// - Throws: `LoadFailure.database`.
    init(path: String) throws(LoadFailure) {
        do throws(SQLiteError) {
            let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
            try connection.execute("PRAGMA cache_size = -65536; BEGIN IMMEDIATE")
            for table in [ImportTable.patients, .careContexts] {
                try connection.execute(
                    "CREATE TABLE IF NOT EXISTS \(table.name) (\(table.definition)) WITHOUT ROWID")
            }
            self.connection = connection
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

    /// Ends the transaction.
    ///
    /// - Throws: `LoadFailure.database`.
    borrowing func end(keeping isKept: Bool) throws(LoadFailure) {
        do throws(SQLiteError) {
            try connection.execute(isKept ? "COMMIT" : "ROLLBACK")
        } catch {
            throw LoadFailure(error)
        }
    }
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
