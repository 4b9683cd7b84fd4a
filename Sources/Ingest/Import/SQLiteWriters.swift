internal import Matcher
internal import SQLite

/// Writes rows into one of our tables of a SQLite file, by one statement that is prepared once.
struct TableWriter: ImportSink, ~Copyable {
    private var statement: SQLiteStatement
    private let fieldCount: Int
    private let facilityField: Int?
    private let defaultFacility: [UInt8]

    /// Prepares the statement.
    ///
    /// - Throws: `LoadFailure.database`.
    init(
        _ table: ImportTable, _ defaultFacility: [UInt8], _ connection: borrowing SQLiteConnection
    ) throws(LoadFailure) {
        let parameters = table.fields.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        statement = try connection.prepareForImport(
            "INSERT INTO \(table.name) (\(table.fieldList)) VALUES (\(parameters)) "
                + table.updateOnConflict)
        fieldCount = table.fields.count
        facilityField = table.facilityField
        self.defaultFacility = defaultFacility
    }

    mutating func write<Rows: FieldRows & ~Copyable>(
        _ rows: borrowing Rows, _ judged: JudgedRow, in texts: borrowing TextArena
    ) throws(LoadFailure) {
        do throws(SQLiteError) {
            for field in 0..<fieldCount {
                if field == facilityField {
                    try bindFacility(field, judged.facility, texts)
                } else if judged.dropped >> UInt32(field) & 1 == 0 {
                    try bindValue(field, rows)
                } else {
                    try statement.bindNull(field + 1)
                }
            }
            try statement.run()
        } catch {
            throw LoadFailure(error)
        }
    }

    private mutating func bindValue<Rows: FieldRows & ~Copyable>(
        _ field: Int, _ rows: borrowing Rows
    ) throws(SQLiteError) {
        guard let text = rows.value(field)?.trimmed(), !text.isEmpty else {
            return try statement.bindNull(field + 1)
        }
        try statement.bind(field + 1, text: text)
    }

    private mutating func bindFacility(
        _ field: Int, _ facility: TextRange, _ texts: borrowing TextArena
    ) throws(SQLiteError) {
        if facility.isEmpty {
            let facility = defaultFacility
            try statement.bind(field + 1, text: facility.span)
        } else {
            try statement.bind(field + 1, text: texts.bytes(facility))
        }
    }
}

/// Looks for patients in a SQLite file.
struct PatientFinder: ~Copyable {
    private var statement: SQLiteStatement
    private let defaultFacility: [UInt8]

    /// Prepares the query.
    ///
    /// - Throws: `LoadFailure.database`.
    init(
        _ defaultFacility: [UInt8], _ connection: borrowing SQLiteConnection
    ) throws(LoadFailure) {
        statement = try connection.prepareForImport(
            "SELECT 1 FROM \(ImportTable.patients.name) WHERE hip_id = ?1 AND id = ?2")
        self.defaultFacility = defaultFacility
    }

    /// Whether the patient of a care context is there.
    ///
    /// - Throws: `LoadFailure.database`.
    mutating func has(_ context: borrowing CareContextRecord) throws(LoadFailure) -> Bool {
        do throws(SQLiteError) {
            try bindKey(context)
            let isFound = try statement.step()
            statement.reset()
            return isFound
        } catch {
            throw LoadFailure(error)
        }
    }

    private mutating func bindKey(_ context: borrowing CareContextRecord) throws(SQLiteError) {
        if context.facility.isEmpty {
            let facility = defaultFacility
            try statement.bind(1, text: facility.span)
        } else {
            try statement.bind(1, text: context.texts.bytes(context.facility))
        }
        try statement.bind(2, text: context.texts.bytes(context.patientID))
    }
}

extension SQLiteConnection {
    /// Prepares a statement of an import.
    fileprivate borrowing func prepareForImport(
        _ sql: String
    ) throws(LoadFailure) -> SQLiteStatement {
        do throws(SQLiteError) {
            return try prepare(sql)
        } catch {
            throw LoadFailure(error)
        }
    }
}
