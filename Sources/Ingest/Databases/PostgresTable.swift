internal import Postgres

/// How the fields of one kind of row are read from one table of PostgreSQL.
struct PostgresTable {
    /// How a column's binary value becomes a field's.
    enum Form {
        /// The bytes are the text.
        case text
        /// A date that is taken without a detour over text.
        case date
        /// The day of a clock without time zone, likewise.
        case timestamp
        /// Anything else has a text form; a whole number gets so many digits at least.
        case printed(PostgresColumnType, digits: Int)
    }

    /// A field and the columns of the query that it is made of.
    struct Column {
        /// The field's place among the fields.
        let ordinal: Int
        /// The first of its columns in the query.
        let slot: Int
        /// How many columns it is made of; more than one is joined by spaces.
        let slotCount: Int
        /// How the first of its columns is read.
        let form: Form

        var isJoined: Bool { slotCount > 1 }
    }

    let columns: [Column]
    /// How each column of the query is read.
    let forms: [Form]
    /// The binary COPY.
    let sql: String
    /// About how many rows the server believes there are; nil where it does not know.
    let rowsEstimate: Int?
    /// A column and its type, where that is none that a field can be read from.
    private let unreadable: (column: String, type: String)?

    /// Asks the catalogue what the table has.
    ///
    /// - Parameters:
    ///   - plan: what is wanted.
    ///   - fields: the names of the fields.
    ///   - dateField: the place of the field whose dates need no text; nil for none.
    ///   - connection: in the transaction that will read the table.
    /// - Returns: nil where the table is missing and nobody asked for it by name.
    /// - Throws: `LoadFailure.mapping`, `LoadFailure.database`.
    static func find(
        _ plan: TablePlan, fields: [String], dateField: Int?,
        in connection: inout PostgresConnection
    ) throws(LoadFailure) -> PostgresTable? {
        guard let catalogue = try Catalogue.find(plan.table, in: &connection) else {
            guard plan.isOptional else { throw plan.missingTable }
            return nil
        }
        let available = try plan.available(among: catalogue.columns)
        let table: PostgresTable
        do throws(PostgresError) {
            table = try PostgresTable(
                available, catalogue, fields: fields, dateField: dateField, &connection)
        } catch {
            throw LoadFailure(error)
        }
        if let (column, type) = table.unreadable {
            throw .mapping(
                problem: "the table \(plan.table.quotedForReport) has the column "
                    + "\(column.quotedForReport) of type \(type), which no field can be read from")
        }
        return table
    }

    /// The first column whose values are neither decoded here nor a word that `::text` gives: an
    /// enumeration's label, a text of another kind such as `citext`.
    private static func firstUnreadable(
        _ columns: [PostgresColumn], _ connection: inout PostgresConnection
    ) throws(PostgresError) -> (column: String, type: String)? {
        for column in columns where column.type == nil {
            let found = try connection.query(
                """
                SELECT format_type(oid, NULL), typtype = 'e' OR typcategory = 'S' FROM pg_type
                WHERE oid = $1::oid
                """, ["\(column.typeOID)"])
            guard found.rowCount == 1, found.text(row: 0, column: 1) != "t" else { continue }
            return (column.name, found.text(row: 0, column: 0) ?? "")
        }
        return nil
    }

    private init(
        _ available: [(ordinal: Int, names: [String])], _ catalogue: Catalogue, fields: [String],
        dateField: Int?, _ connection: inout PostgresConnection
    ) throws(PostgresError) {
        var quoted: [String] = []
        for name in available.flatMap(\.names) {
            quoted.append(try connection.quotedIdentifier(name))
        }
        let types = try connection.columnTypes(
            of: "SELECT \(quoted.joined(separator: ", ")) FROM \(catalogue.table)")
        unreadable = try Self.firstUnreadable(types, &connection)
        var selected: [String] = []
        var columns: [Column] = []
        var forms: [Form] = []
        for (ordinal, names) in available {
            let slot = selected.count
            for index in slot..<slot + names.count {
                let type = types[index].type
                forms.append(
                    Self.form(
                        of: type, isDate: ordinal == dateField && names.count == 1,
                        digits: FieldRules.digits(ofNumberIn: fields[ordinal])))
                switch type {
                // A moment is a day only somewhere: ABDM's facilities are all in India.
                case .timestampWithTimeZone:
                    selected.append("\(quoted[index]) AT TIME ZONE 'Asia/Kolkata'")
                case nil: selected.append("\(quoted[index])::text")
                default: selected.append(quoted[index])
                }
            }
            columns.append(
                Column(
                    ordinal: ordinal, slot: slot, slotCount: names.count, form: forms[slot]))
        }
        self.columns = columns
        self.forms = forms
        rowsEstimate = catalogue.rowsEstimate
        sql = """
            COPY (SELECT \(selected.joined(separator: ", ")) FROM \(catalogue.table)) \
            TO STDOUT (FORMAT binary)
            """
    }

    private static func form(of type: PostgresColumnType?, isDate: Bool, digits: Int) -> Form {
        switch type {
        case nil, .text, .paddedText: .text
        case .date: isDate ? .date : .printed(.date, digits: 1)
        case .timestamp, .timestampWithTimeZone:
            isDate ? .timestamp : .printed(.timestamp, digits: 1)
        case .some(let type): .printed(type, digits: digits)
        }
    }
}

/// What the server's catalogue tells about a table or view.
private struct Catalogue {
    /// The name as SQL has it.
    let table: String
    let columns: Set<String>
    let rowsEstimate: Int?

    /// - Returns: nil where nothing is called so.
    /// - Throws: `LoadFailure.database`, and `LoadFailure.mapping` for what cannot be a name.
    static func find(
        _ table: String, in connection: inout PostgresConnection
    ) throws(LoadFailure) -> Catalogue? {
        do throws(PostgresError) {
            return try Catalogue(quoted: connection.quotedName(table), &connection)
        } catch .malformedName {
            throw .mapping(problem: "\(table.quotedForReport) is no name of a table")
        } catch {
            throw LoadFailure(error)
        }
    }

    private init?(quoted: String, _ connection: inout PostgresConnection) throws(PostgresError) {
        let found = try connection.query(
            "SELECT oid, reltuples::bigint FROM pg_class WHERE oid = to_regclass($1)", [quoted])
        guard found.rowCount == 1 else { return nil }
        table = quoted
        let estimate = found.text(row: 0, column: 1).flatMap(Int.init) ?? 0
        rowsEstimate = estimate > 0 ? estimate : nil
        let attributes = try connection.query(
            """
            SELECT attname FROM pg_attribute
            WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped
            """, [found.text(row: 0, column: 0)])
        var columns: Set<String> = []
        for row in 0..<attributes.rowCount {
            if let name = attributes.text(row: row, column: 0) { columns.insert(name) }
        }
        self.columns = columns
    }
}

extension LoadFailure {
    /// A failure of PostgreSQL, in its own words.
    init(_ error: PostgresError) { self = .database(message: error.description) }
}
