internal import Matcher

/// One of the two tables that an import fills: the files' columns, all of them text.
struct ImportTable {
    /// As it is called in the database.
    let name: String
    /// The names of its columns, in the order of the fields.
    let fields: [String]
    /// The columns that tell one row from another.
    let key: [String]
    /// The place of the column that never stays empty.
    let facilityField: Int?

    /// Patients.
    static let patients = ImportTable(
        name: "patients", fields: PatientField.allCases.map(\.rawValue), key: ["hip_id", "id"],
        facilityField: PatientField.allCases.firstIndex(of: .facility))

    /// Care contexts.
    static let careContexts = ImportTable(
        name: "care_contexts", fields: CareContextField.allCases.map(\.rawValue),
        key: ["hip_id", "patient_id", "reference"],
        facilityField: CareContextField.allCases.firstIndex(of: .facility))

    /// Columns and primary key as CREATE TABLE takes them.
    var definition: String {
        let columns = fields.map { "\($0) text" + (key.contains($0) ? " NOT NULL" : "") }
        return (columns + ["PRIMARY KEY (\(keyList))"]).joined(separator: ",\n    ")
    }

    /// The columns with commas between them.
    var fieldList: String { fields.joined(separator: ", ") }

    /// The columns of the key with commas between them.
    var keyList: String { key.joined(separator: ", ") }

    /// What an INSERT does where a row of that key is there already: it gets the new values, absent
    /// ones too.
    var updateOnConflict: String {
        let updates = fields.filter { !key.contains($0) }.map { "\($0) = excluded.\($0)" }
        return """
            ON CONFLICT (\(keyList)) DO UPDATE
            SET \(updates.joined(separator: ", "))
            """
    }
}
