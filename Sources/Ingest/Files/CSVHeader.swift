/// What the first row of a file of comma-separated values says: which column holds which field.
struct CSVHeader {
    /// For each field the column that it stands in, or -1.
    let columnOfField: [Int]
    /// For each column that is nearly called like a field that has no column: what somebody should
    /// look at.
    let warnings: [String]

    /// Reads the names.
    ///
    /// - Parameters:
    ///   - names: of the columns, without white space at their ends.
    ///   - fields: the names of the fields.
    ///   - required: fields without which nothing can be loaded.
    ///   - file: as its user calls it.
    /// - Throws: `LoadFailure.unusableFile`.
    init(
        _ names: [String], fields: [String], required: [String], file: String
    ) throws(LoadFailure) {
        var seen: Set<String> = []
        for name in names where !name.isEmpty && !seen.insert(name).inserted {
            throw .unusableFile(
                file: file, problem: "has the column \(name.quotedForReport) twice")
        }
        let alike = Self.columnsAlike(names, fields.filter { !seen.contains($0) })
        for name in required where !seen.contains(name) {
            let hint = alike.first { $0.field == name }.map {
                " (column \($0.column + 1), \(names[$0.column].quotedForReport), looks like it)"
            }
            throw .unusableFile(file: file, problem: "has no column '\(name)'\(hint ?? "")")
        }
        columnOfField = fields.map { names.firstIndex(of: $0) ?? -1 }
        warnings = alike.map { column, field in
            "\(file): column \(column + 1), \(names[column].quotedForReport), looks like '\(field)'"
                + " but is written in another way; it is not read"
        }
    }

    /// The columns that would be fields if case, blanks, hyphens and underscores did not matter.
    private static func columnsAlike(
        _ names: [String], _ missing: [String]
    ) -> [(column: Int, field: String)] {
        let plainFields = missing.map(plain)
        return names.enumerated().compactMap { column, name in
            plainFields.firstIndex(of: plain(name)).map { (column, missing[$0]) }
        }
    }

    private static func plain(_ name: String) -> String {
        let passedOver: Set<Unicode.Scalar> = [" ", "_", "-", "\u{A0}", "\u{200B}", "\u{FEFF}"]
        var plain = ""
        plain.unicodeScalars.append(
            contentsOf: name.lowercased().unicodeScalars.filter { !passedOver.contains($0) })
        return plain
    }
}
