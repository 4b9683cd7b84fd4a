/// An import that came to its end.
public struct ImportResult: Sendable {
    /// How many rows were written and refused.
    public let counts: LoadCounts
    /// Whether the rows are in the database: false where more were refused than the options allow.
    public let isKept: Bool
    /// How long it took.
    public let seconds: Double
}

/// Writes the rows of files into the tables `patients` and `care_contexts` of a database, which are made
/// where they are missing.
///
/// Rows are refused as `load` refuses them. The values of the others are written as they stand, without
/// white space at their ends. A patient (facility and id) or a care context (facility, patient and
/// reference) that is there already gets the new values; what the files do not name stays. All happens in
/// one transaction, so that readers see nothing of an import or all of it.
///
/// - Parameters:
///   - patients: a file of patients, or `-`.
///   - careContexts: a file of their care contexts; nil for none.
///   - database: a SQLite file, made where it is missing; or PostgreSQL, whose tables are looked for, and
///     made, where the session's search path says. No other table is touched, and tables of these names
///     that are not as an import makes them are refused.
///   - options: how rows are read.
/// - Returns: the books; with more refused rows than allowed nothing has been written.
/// - Throws: `LoadError`; nothing has been written, unless it says that this is not known.
/// - Complexity: O(rows x log rows).
public func importFiles(
    patients: String, careContexts: String?, into database: DatabaseURL,
    options: LoadOptions = LoadOptions()
) throws(LoadError) -> ImportResult {
    let start = MonotonicClock.seconds
    let files = ImportFiles(patients: patients, careContexts: careContexts)
    var counts = LoadCounts()
    do throws(LoadFailure) {
        guard patients != "-" || careContexts != "-" else {
            throw .notSupported("the standard input can hold only one of the two files")
        }
        let isKept: Bool
        switch database {
        case .sqlite(let path):
            isKept = try importIntoSQLite(path, files, options, &counts)
        case .postgres(let conninfo):
            isKept = try importIntoPostgres(conninfo, files, options, &counts)
        }
        return ImportResult(
            counts: counts, isKept: isKept, seconds: MonotonicClock.seconds - start)
    } catch {
        throw LoadError(error, counts)
    }
}

private func importIntoSQLite(
    _ path: String, _ files: ImportFiles, _ options: LoadOptions, _ counts: inout LoadCounts
) throws(LoadFailure) -> Bool {
    let inputs = files.paths + [path]
    // Before SQLite opens its file: closing another descriptor of it would drop SQLite's locks.
    try RejectsReport.check(options.rejectsPath, isNoneOf: inputs)
    var importing = try Importing(options, inputs: inputs)
    let database = try SQLiteImport(path: path)
    do throws(LoadFailure) {
        try database.read(
            files, &importing, defaultFacility: Array(options.defaultFacility.utf8))
        try importing.finish()
        counts = importing.ledger.counts
        let isKept = counts.rejected <= options.rejectsMax
        try database.end(keeping: isKept)
        return isKept
    } catch {
        database.removeNewFile()
        counts = importing.ledger.counts
        // The report tells at least what was refused until then.
        importing.breakOff()
        throw error
    }
}

private func importIntoPostgres(
    _ conninfo: String, _ files: ImportFiles, _ options: LoadOptions, _ counts: inout LoadCounts
) throws(LoadFailure) -> Bool {
    var importing = try Importing(options, inputs: files.paths)
    do throws(LoadFailure) {
        var database = try PostgresImport(conninfo)
        try database.read(
            files, &importing, defaultFacility: Array(options.defaultFacility.utf8))
        try importing.finish()
        counts = importing.ledger.counts
        let isKept = counts.rejected <= options.rejectsMax
        try database.end(keeping: isKept)
        return isKept
    } catch {
        counts = importing.ledger.counts
        importing.breakOff()
        throw error
    }
}
