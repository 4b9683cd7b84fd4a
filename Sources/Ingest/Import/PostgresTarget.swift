internal import Postgres

/// A table of PostgreSQL that an import may write to: one that is as imports make it.
struct PostgresTarget {
    /// With its schema, quoted.
    let name: String

    /// Finds a table where the session looks for it, or makes it there.
    ///
    /// - Parameters:
    ///   - table: what it must be like.
    ///   - connection: in the transaction of the import.
    /// - Throws: `LoadFailure.mapping`, which names what is different; `LoadFailure.database`.
    init(
        _ table: ImportTable, in connection: inout PostgresConnection
    ) throws(LoadFailure) {
        let facts: Facts?
        do throws(PostgresError) {
            facts = try Facts(of: table, &connection)
            if let facts {
                name = facts.name
            } else {
                name = try Self.make(table, in: &connection)
            }
        } catch {
            throw LoadFailure(error)
        }
        if let difference = facts?.difference(from: table) {
            throw .mapping(problem: "cannot import into the table \(name): \(difference)")
        }
    }

    private static func make(
        _ table: ImportTable, in connection: inout PostgresConnection
    ) throws(PostgresError) -> String {
        let schema = try connection.query("SELECT quote_ident(current_schema())")
        // Without a schema the server's own words say it best.
        let prefix = schema.text(row: 0, column: 0).map { $0 + "." } ?? ""
        let name = prefix + (try connection.quotedIdentifier(table.name))
        try connection.execute("CREATE TABLE \(name) (\(table.definition))")
        return name
    }
}

/// What the server's catalogue tells about a table that is there.
private struct Facts {
    let name: String
    let isPlainTable: Bool
    /// The columns' names and types, in order.
    let columns: [(name: String, type: String)]
    /// Whether the key is that of a primary key or unique index.
    let hasKey: Bool

    /// - Returns: nil where nothing is called so.
    init?(of table: ImportTable, _ connection: inout PostgresConnection) throws(PostgresError) {
        let found = try connection.query(
            """
            SELECT format('%I.%I', nspname, relname), relkind IN ('r', 'p'), pg_class.oid
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE pg_class.oid = to_regclass($1)
            """, [table.name])
        guard found.rowCount == 1 else { return nil }
        name = found.text(row: 0, column: 0) ?? ""
        isPlainTable = found.text(row: 0, column: 1) == "t"
        let oid = found.text(row: 0, column: 2)
        let attributes = try connection.query(
            """
            SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
            WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """, [oid])
        columns = (0..<attributes.rowCount).map { row in
            (attributes.text(row: row, column: 0) ?? "", attributes.text(row: row, column: 1) ?? "")
        }
        // The columns that ON CONFLICT needs, in whatever order; $2 is an array of them.
        let keys = try connection.query(
            """
            SELECT 1 FROM pg_index WHERE indrelid = $1::oid AND indisunique AND indisvalid
                AND indimmediate AND indpred IS NULL AND indexprs IS NULL
                AND (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute
                     WHERE attrelid = indrelid AND attnum = ANY (indkey[0:indnkeyatts - 1]))
                    = $2::text[]
            """, [oid, "{\(table.key.sorted().joined(separator: ","))}"])
        hasKey = keys.rowCount > 0
    }

    /// In what the table is not as an import makes it; nil where it is.
    func difference(from table: ImportTable) -> String? {
        guard isPlainTable else { return "it is not a table but a view or the like" }
        for field in table.fields where !columns.contains(where: { $0.name == field }) {
            return "it has no column \(field.quotedForReport)"
        }
        for (column, type) in columns {
            guard table.fields.contains(column) else {
                return "its column \(column.quotedForReport) is none that an import fills"
            }
            guard type == "text" else {
                return "its column \(column.quotedForReport) is of type \(type), not text"
            }
        }
        return hasKey ? nil : "it has no primary key or unique index on (\(table.keyList))"
    }
}
