internal import Matcher
internal import SQLite

/// Writes rows into one of our tables, by one statement that is prepared once.
struct TableWriter: ~Copyable {
    private var statement: SQLiteStatement
    private let fieldCount: Int
    /// The field that never stays empty.
    private let facilityField: Int?
    private let defaultFacility: [UInt8]

    /// Prepares a statement with one parameter for each field.
    static func make(
        _ sql: String, fieldCount: Int, facilityField: Int?, defaultFacility: [UInt8],
        _ connection: borrowing SQLiteConnection
    ) throws(LoadFailure) -> TableWriter {
        TableWriter(
            statement: try connection.prepareForImport(sql), fieldCount: fieldCount,
            facilityField: facilityField, defaultFacility: defaultFacility)
    }

    /// Writes the present row of a source.
    ///
    /// - Parameters:
    ///   - rows: at the row.
    ///   - dropped: bit k is set where the value of field k is left out.
    ///   - facility: where the facility's id stands; empty for the default one.
    ///   - texts: of the record that was made from the row.
    /// - Throws: `LoadFailure.database`.
    mutating func write<Rows: FieldRows & ~Copyable>(
        _ rows: borrowing Rows, without dropped: UInt32, facility: TextRange,
        in texts: borrowing TextArena
    ) throws(LoadFailure) {
        do throws(SQLiteError) {
            for field in 0..<fieldCount {
                if field == facilityField {
                    try bindFacility(field, facility, texts)
                } else if dropped >> UInt32(field) & 1 == 0 {
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

/// Looks for patients in the database.
struct PatientFinder: ~Copyable {
    private var statement: SQLiteStatement
    private let defaultFacility: [UInt8]

    /// Prepares the query.
    static func make(
        defaultFacility: [UInt8], _ connection: borrowing SQLiteConnection
    ) throws(LoadFailure) -> PatientFinder {
        PatientFinder(
            statement: try connection.prepareForImport(SQLiteSchema.findPatient),
            defaultFacility: defaultFacility)
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
