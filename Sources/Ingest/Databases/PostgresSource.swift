internal import Index
internal import Matcher
internal import Postgres

extension Loading {
    /// Reads patients and care contexts of a PostgreSQL database as one moment saw them.
    ///
    /// - Returns: the position in the server's log: every later change comes after it.
    mutating func readPostgres(
        _ conninfo: String, _ mapping: DatabaseMapping?, _ seconds: inout LoadSeconds
    ) throws(LoadFailure) -> String {
        try mapping?.validate()
        let start = MonotonicClock.seconds
        var connection = try PostgresConnection.open(conninfo)
        let position = try connection.beginLoad()
        let patients = try PostgresTable.find(
            .patients(mapping), fields: PatientField.allCases.map(\.rawValue),
            dateField: PatientField.allCases.firstIndex(of: .birthDate), in: &connection)
        var careContexts: PostgresTable?
        if let plan = TablePlan.careContexts(mapping) {
            careContexts = try PostgresTable.find(
                plan, fields: CareContextField.allCases.map(\.rawValue), dateField: nil,
                in: &connection)
        }
        if let patients { try readPatients(patients, &connection) }
        seconds.patients = MonotonicClock.seconds - start
        if let careContexts {
            try readCareContexts(careContexts, &connection)
            seconds.careContexts = MonotonicClock.seconds - start - seconds.patients
        }
        do throws(PostgresError) {
            try connection.commit()
        } catch {
            throw LoadFailure(error)
        }
        return position
    }

    private mutating func readPatients(
        _ table: PostgresTable, _ connection: inout PostgresConnection
    ) throws(LoadFailure) {
        if let rows = table.rowsEstimate { reserve(patients: rows) }
        var values = PostgresFields(table)
        let fields = patientFields
        try withPatientLane { (lane, patient) throws(LoadFailure) in
            do {
                var rows = try connection.copyOut(table.sql)
                while try rows.nextRow() {
                    patient.begin()
                    for column in table.columns {
                        try Self.take(column, of: rows, fields[column.ordinal], &values, &patient)
                    }
                    try lane.put(&patient, at: rows.rowCount) {
                        table.fraction(of: rows.rowCount)
                    }
                }
            } catch let error as PostgresError {
                throw LoadFailure(error)
            } catch let error as LoadFailure {
                throw error
            } catch {
                throw LoadFailure.database(message: "PostgreSQL failed")
            }
        }
    }

    @inline(__always)
    private static func take(
        _ column: PostgresTable.Column, of row: borrowing CopyReader, _ field: PatientField,
        _ values: inout PostgresFields, _ patient: inout PatientIntake
    ) throws(PostgresError) {
        switch column.form {
        case .text where !column.isJoined:
            guard let bytes = row.field(column.slot) else { return }
            patient.takeUnchecked(field, at: column.ordinal, bytes)
        case .date where !column.isJoined, .timestamp where !column.isJoined:
            guard let bytes = row.field(column.slot) else { return }
            var isTimestamp = false
            if case .timestamp = column.form { isTimestamp = true }
            switch try PostgresFields.birthDate(bytes, isTimestamp: isTimestamp) {
            case .date(let date): patient.take(date, at: column.ordinal)
            case .wrong(let reason): patient.noteWrong(field, at: column.ordinal, reason)
            }
        default:
            switch try values.read(column, of: row) {
            case .absent: break
            case .printed: patient.takeUnchecked(field, at: column.ordinal, values.scratch.span)
            case .wrong(let reason): patient.noteWrong(field, at: column.ordinal, reason)
            }
        }
    }

    private mutating func readCareContexts(
        _ table: PostgresTable, _ connection: inout PostgresConnection
    ) throws(LoadFailure) {
        beginCareContexts()
        var values = PostgresFields(table)
        do {
            var rows = try connection.copyOut(table.sql)
            while try rows.nextRow() {
                context.begin()
                for column in table.columns { try takeCareContext(column, of: rows, &values) }
                try finishCareContext(at: rows.rowCount)
                countCareContext { table.fraction(of: rows.rowCount) }
            }
        } catch let error as PostgresError {
            throw LoadFailure(error)
        } catch let error as LoadFailure {
            throw error
        } catch {
            throw .database(message: "PostgreSQL failed")
        }
    }

    @inline(__always)
    private mutating func takeCareContext(
        _ column: PostgresTable.Column, of row: borrowing CopyReader, _ values: inout PostgresFields
    ) throws(PostgresError) {
        let field = careContextFields[column.ordinal]
        if case .text = column.form, !column.isJoined {
            guard let bytes = row.field(column.slot) else { return }
            return context.takeUnchecked(field, at: column.ordinal, bytes)
        }
        switch try values.read(column, of: row) {
        case .absent: break
        case .printed: context.takeUnchecked(field, at: column.ordinal, values.scratch.span)
        case .wrong(let reason): context.noteWrong(field, at: column.ordinal, reason)
        }
    }
}

extension PostgresConnection {
    /// A session for a load.
    fileprivate static func open(_ conninfo: String) throws(LoadFailure) -> PostgresConnection {
        do throws(PostgresError) {
            return try PostgresConnection(conninfo, applicationName: "milaan")
        } catch {
            throw LoadFailure(error)
        }
    }

    /// Takes the snapshot that both tables are read from, and gives its position.
    fileprivate mutating func beginLoad() throws(LoadFailure) -> String {
        do throws(PostgresError) {
            // Before the snapshot: a position read in it may lie after commits that it does not hold.
            let position = try logPosition() ?? "0/0"
            try beginSnapshot()
            return position
        } catch {
            throw LoadFailure(error)
        }
    }
}

extension PostgresTable {
    /// The share of the rows that was read, as far as the server knows how many there are.
    fileprivate func fraction(of rows: Int) -> Double? {
        rowsEstimate.map { min(Double(rows) / Double($0), 1) }
    }
}
