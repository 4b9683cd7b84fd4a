internal import Matcher
internal import SQLite

/// An import that came to its end.
public struct ImportResult: Sendable {
    /// How many rows were written and refused.
    public let counts: LoadCounts
    /// Whether the rows are in the database: false where more were refused than the options allow.
    public let isKept: Bool
    /// How long it took.
    public let seconds: Double
}

/// Writes the rows of files into the tables of a SQLite file, which are made where they are missing.
///
/// Rows are refused as `load` refuses them. The values of the others are written as they stand, without
/// white space at their ends. A patient (facility and id) or a care context (facility, patient and
/// reference) that is there already gets the new values; what the files do not name stays. All happens in
/// one transaction, so that readers see nothing of an import or all of it.
///
/// - Parameters:
///   - patients: a file of patients, or `-`.
///   - careContexts: a file of their care contexts; nil for none.
///   - database: a SQLite file.
///   - options: how rows are read.
/// - Returns: the books; with more refused rows than allowed nothing has been written.
/// - Throws: `LoadError`; nothing has been written. PostgreSQL is `LoadFailure.notSupported`.
/// - Complexity: O(rows x log rows).
public func importFiles(
    patients: String, careContexts: String?, into database: DatabaseURL,
    options: LoadOptions = LoadOptions()
) throws(LoadError) -> ImportResult {
    let start = MonotonicClock.seconds
    var counts = LoadCounts()
    do throws(LoadFailure) {
        guard case .sqlite(let path) = database else {
            throw .notSupported(
                "import writes sqlite: files; tables of PostgreSQL are read where they are")
        }
        let inputs = [patients] + (careContexts.map { [$0] } ?? []) + [path]
        // Before SQLite opens its file: closing another descriptor of it would drop SQLite's locks.
        try RejectsReport.check(options.rejectsPath, isNoneOf: inputs)
        let connection = try SQLiteConnection.openForImport(path)
        var importing = try Importing(options, inputs: inputs, connection)
        do throws(LoadFailure) {
            try importing.readFiles(patients, careContexts)
            try importing.finish()
            counts = importing.ledger.counts
            let isKept = counts.rejected <= options.rejectsMax
            try connection.endImport(keeping: isKept)
            return ImportResult(
                counts: counts, isKept: isKept, seconds: MonotonicClock.seconds - start)
        } catch {
            counts = importing.ledger.counts
            // The report tells at least what was refused until then.
            importing.breakOff()
            throw error
        }
    } catch {
        throw LoadError(error, counts)
    }
}

extension Importing {
    fileprivate mutating func readFiles(
        _ patients: String, _ careContexts: String?
    ) throws(LoadFailure) {
        guard patients != "-" || careContexts != "-" else {
            throw .notSupported("the standard input can hold only one of the two files")
        }
        let source = try FileSource.open(
            patients, fields: PatientField.allCases.map(\.rawValue),
            required: FieldRules.patientsRequired)
        switch consume source {
        case .csv(var rows): try readPatients(&rows)
        case .ndjson(var rows): try readPatients(&rows)
        }
        guard let careContexts else { return }
        let contexts = try FileSource.open(
            careContexts, fields: CareContextField.allCases.map(\.rawValue),
            required: FieldRules.careContextsRequired)
        switch consume contexts {
        case .csv(var rows): try readCareContexts(&rows)
        case .ndjson(var rows): try readCareContexts(&rows)
        }
    }
}

extension SQLiteConnection {
    /// A connection in a transaction that may write, with the tables there.
    fileprivate static func openForImport(_ path: String) throws(LoadFailure) -> SQLiteConnection {
        do throws(SQLiteError) {
            let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
            try connection.execute("PRAGMA cache_size = -65536; BEGIN IMMEDIATE")
            try connection.execute(SQLiteSchema.create)
            return connection
        } catch {
            throw LoadFailure(error)
        }
    }

    fileprivate borrowing func endImport(keeping isKept: Bool) throws(LoadFailure) {
        do throws(SQLiteError) {
            try execute(isKept ? "COMMIT" : "ROLLBACK")
        } catch {
            throw LoadFailure(error)
        }
    }
}
