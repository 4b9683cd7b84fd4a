internal import Matcher

/// Which rows of a database are wanted: the table, the columns behind each field, and how strict to be.
struct TablePlan {
    /// The table as the mapping, or our own schema, calls it.
    let table: String
    /// For each mapped field, in the order of the fields, its place among them and its columns.
    let columns: [(ordinal: Int, names: [String])]
    /// Whether somebody asked for exactly this, so that nothing of it may be missing.
    let isMapped: Bool
    /// Whether there may be no such table: care contexts that nobody asked for.
    let isOptional: Bool
    /// Fields without which nothing can be loaded.
    let required: [String]
    private let fields: [String]
    /// Places of fields that are not worth fetching.
    private let passedOver: Set<Int>

    /// The plan for patients.
    static func patients(_ mapping: DatabaseMapping?) -> TablePlan {
        TablePlan(
            mapping?.patients, table: "patients", fields: PatientField.allCases.map(\.rawValue),
            required: FieldRules.patientsRequired, isOptional: false,
            passedOver: PatientField.allCases.indices.filter {
                !PatientField.allCases[$0].isIndexed
            })
    }

    /// The plan for care contexts; nil where the mapping has none.
    static func careContexts(_ mapping: DatabaseMapping?) -> TablePlan? {
        if let mapping, mapping.careContexts == nil { return nil }
        return TablePlan(
            mapping?.careContexts, table: "care_contexts",
            fields: CareContextField.allCases.map(\.rawValue),
            required: FieldRules.careContextsRequired, isOptional: mapping == nil)
    }

    private init(
        _ mapping: TableMapping?, table: String, fields: [String], required: [String],
        isOptional: Bool, passedOver: [Int] = []
    ) {
        self.passedOver = Set(passedOver)
        self.isOptional = isOptional
        self.table = mapping?.table ?? table
        self.fields = fields
        self.required = required
        isMapped = mapping != nil
        columns = fields.enumerated().compactMap { ordinal, field in
            guard let mapping else { return (ordinal, [field]) }
            return mapping.columns[field].map { (ordinal, $0) }
        }
    }

    /// The fields that can be read from a table with these columns.
    ///
    /// - Parameter existing: the table's columns.
    /// - Returns: the place of each field among the fields, and its columns.
    /// - Throws: `LoadFailure.mapping` where a mapped or a required column is missing.
    func available(
        among existing: Set<String>
    ) throws(LoadFailure) -> [(ordinal: Int, names: [String])] {
        var found: [(ordinal: Int, names: [String])] = []
        for (ordinal, names) in columns {
            guard let missing = names.first(where: { !existing.contains($0) }) else {
                if !passedOver.contains(ordinal) { found.append((ordinal, names)) }
                continue
            }
            guard !isMapped, !required.contains(fields[ordinal]) else {
                throw .mapping(
                    problem: "the table \(table.quotedForReport) has no column "
                        + "\(missing.quotedForReport) (for \(fields[ordinal]))")
            }
        }
        return found
    }

    /// What to say where the table is not there.
    var missingTable: LoadFailure {
        .mapping(problem: "the database has no table \(table.quotedForReport)")
    }
}
