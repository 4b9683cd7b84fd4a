internal import Matcher
internal import Postgres

/// An import into tables of PostgreSQL, inside one transaction.
///
/// Rows go by COPY into temporary tables first and from there into the tables at the end, all at once: rows
/// of the tables are locked for as short as can be, and a connection that is lost or a program that is killed
/// leaves nothing.
struct PostgresImport: ~Copyable {
    private var connection: PostgresConnection
    private let patients: String
    private let careContexts: String

    /// How long to wait for another import, unless the session has a `lock_timeout` of its own.
    private static let lockTimeoutMillis = 5000
    /// The upper half of the advisory lock's number; the lower half is the schema's.
    private static let lockNumber = 0x4D49_4C41

    /// Begins the transaction; the tables are there afterwards.
    ///
    /// - Throws: `LoadFailure.database`; `LoadFailure.mapping` where there are other tables of these names.
    init(_ conninfo: String) throws(LoadFailure) {
        var connection = try Self.begin(conninfo)
        let patients = try PostgresTarget(.patients, in: &connection).name
        let careContexts = try PostgresTarget(.careContexts, in: &connection).name
        do throws(PostgresError) {
            try connection.execute(
                Self.makeStaging(.patients) + Self.makeStaging(.careContexts)
                    + "SET LOCAL work_mem = '64MB'")
        } catch {
            throw LoadFailure(error)
        }
        self.connection = connection
        self.patients = patients
        self.careContexts = careContexts
    }

    /// A transaction that no other import runs beside.
    private static func begin(_ conninfo: String) throws(LoadFailure) -> PostgresConnection {
        do throws(PostgresError) {
            var connection = try PostgresConnection(conninfo, applicationName: "milaan")
            try connection.execute("BEGIN")
            try excludeOthers(&connection)
            return connection
        } catch .server(.lockNotAvailable, _) {
            throw .database(message: "another import into this database is running")
        } catch {
            throw LoadFailure(error)
        }
    }

    /// Reads the files and writes what can be taken.
    ///
    /// - Throws: `LoadFailure`.
    mutating func read(
        _ files: ImportFiles, _ importing: inout Importing, defaultFacility: [UInt8]
    ) throws(LoadFailure) {
        do {
            var writer = try connection.copyIn(Self.copy(.patients))
            var sink = CopySink(writer, .patients, defaultFacility)
            try importing.readPatients(files.patients, into: &sink)
            try sink.finish()
            if let path = files.careContexts {
                writer = try connection.copyIn(Self.copy(.careContexts))
                var sink = CopySink(writer, .careContexts, defaultFacility)
                try importing.readCareContexts(path, into: &sink)
                try sink.finish()
            }
            importing.ledger.tellStoring(.patients)
            try connection.execute(Self.merge(.patients, into: patients))
            if files.careContexts != nil {
                importing.ledger.tellStoring(.careContexts)
                try refuseWithoutPatient(&importing)
                try connection.execute(Self.merge(.careContexts, into: careContexts))
            }
        } catch let error as PostgresError {
            throw LoadFailure(error)
        } catch let error as LoadFailure {
            throw error
        } catch {
            throw .database(message: "PostgreSQL failed")
        }
    }

    /// Ends the transaction.
    ///
    /// - Throws: `LoadFailure.database`; `LoadFailure.commitUnknown` where the connection is lost meanwhile.
    mutating func end(keeping isKept: Bool) throws(LoadFailure) {
        do throws(PostgresError) {
            if isKept { try connection.commit() } else { try connection.rollback() }
        } catch .connectionLost where isKept {
            throw .commitUnknown
        } catch {
            throw LoadFailure(error)
        }
    }

    /// Takes out care contexts whose patient is neither in the files nor in the database.
    private mutating func refuseWithoutPatient(_ importing: inout Importing) throws {
        let staging = Self.staging(.careContexts)
        var rows = try connection.copyOut(
            """
            COPY (WITH gone AS (DELETE FROM \(staging) AS context WHERE NOT EXISTS (
                    SELECT FROM \(patients) AS patient WHERE patient.hip_id = context.hip_id
                        AND patient.id = context.patient_id)
                RETURNING line, unusable)
                SELECT line, unusable FROM gone ORDER BY line) TO STDOUT (FORMAT binary)
            """)
        while try rows.nextRow() {
            guard let line = rows.field(0), let unusable = rows.field(1) else { continue }
            try importing.refuseCareContext(
                at: Int(PostgresBinary.integer(line)),
                unusable: UInt32(truncatingIfNeeded: PostgresBinary.integer(unusable)))
        }
    }

    /// Waits until no other import writes to the schema.
    private static func excludeOthers(
        _ connection: inout PostgresConnection
    ) throws(PostgresError) {
        _ = try connection.query(
            """
            SELECT set_config('lock_timeout', $1, true)
            WHERE current_setting('lock_timeout') = '0'
            """, ["\(lockTimeoutMillis)"])
        _ = try connection.query(
            """
            SELECT pg_advisory_xact_lock(\(lockNumber)::bigint << 32 | oid::bigint)
            FROM pg_namespace WHERE nspname = current_schema()
            """)
    }

    private static func staging(_ table: ImportTable) -> String { "pg_temp.milaan_\(table.name)" }

    private static func makeStaging(_ table: ImportTable) -> String {
        let columns = table.fields.map { "\($0) text" }.joined(separator: ", ")
        return """
            CREATE TEMPORARY TABLE milaan_\(table.name) (line bigint, unusable bigint, \(columns))
                ON COMMIT DROP;

            """
    }

    private static func copy(_ table: ImportTable) -> String {
        "COPY \(staging(table)) FROM STDIN (FORMAT binary)"
    }

    /// The last row of a key wins, and all imports lock rows in one order.
    private static func merge(_ table: ImportTable, into target: String) -> String {
        let key = table.key.map { "\($0) COLLATE \"C\"" }.joined(separator: ", ")
        return """
            INSERT INTO \(target) (\(table.fieldList))
            SELECT DISTINCT ON (\(key)) \(table.fieldList) FROM \(staging(table))
            ORDER BY \(key), line DESC
            \(table.updateOnConflict)
            """
    }
}

/// Puts rows into a temporary table.
private struct CopySink: CareContextSink, ~Copyable, ~Escapable {
    private var writer: CopyWriter
    private let fieldCount: Int
    private let facilityField: Int?
    private let defaultFacility: [UInt8]

    @_lifetime(copy writer)
    init(_ writer: consuming CopyWriter, _ table: ImportTable, _ defaultFacility: [UInt8]) {
        self.writer = writer
        fieldCount = table.fields.count
        facilityField = table.facilityField
        self.defaultFacility = defaultFacility
    }

    mutating func write<Rows: FieldRows & ~Copyable>(
        _ rows: borrowing Rows, _ judged: JudgedRow, in texts: borrowing TextArena
    ) throws(LoadFailure) {
        writer.beginRow()
        writer.append(bigint: Int64(rows.position))
        writer.append(bigint: Int64(judged.unusable))
        for field in 0..<fieldCount {
            if field == facilityField {
                let facility = defaultFacility
                writer.append(
                    judged.facility.isEmpty ? facility.span : texts.bytes(judged.facility))
            } else if judged.dropped >> UInt32(field) & 1 == 0,
                let text = rows.value(field)?.trimmed(), !text.isEmpty
            {
                writer.append(text)
            } else {
                writer.appendNull()
            }
        }
        do throws(PostgresError) {
            try writer.endRow()
        } catch {
            throw LoadFailure(error)
        }
    }

    /// The patients are not in their table before all rows are read.
    mutating func mayHavePatient(
        of context: borrowing CareContextRecord
    ) throws(LoadFailure) -> Bool { true }

    mutating func finish() throws(PostgresError) { try writer.finish() }
}
