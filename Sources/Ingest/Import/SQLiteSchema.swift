internal import Matcher

/// The tables of our own SQLite files: the files' columns, all of them text.
enum SQLiteSchema {
    static let create = """
        CREATE TABLE IF NOT EXISTS patients (
            \(columns(PatientField.allCases.map(\.rawValue), notNull: patientKey)),
            PRIMARY KEY (\(patientKey.joined(separator: ", ")))
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS care_contexts (
            \(columns(CareContextField.allCases.map(\.rawValue), notNull: careContextKey)),
            PRIMARY KEY (\(careContextKey.joined(separator: ", ")))
        ) WITHOUT ROWID;
        """

    /// Writes a patient; one that is there already gets the new values, absent ones too.
    static let putPatient = put(
        "patients", PatientField.allCases.map(\.rawValue), key: patientKey)

    /// Writes a care context, likewise.
    static let putCareContext = put(
        "care_contexts", CareContextField.allCases.map(\.rawValue), key: careContextKey)

    /// Finds a patient by facility and id.
    static let findPatient = "SELECT 1 FROM patients WHERE hip_id = ?1 AND id = ?2"

    private static let patientKey = ["hip_id", "id"]
    private static let careContextKey = ["hip_id", "patient_id", "reference"]

    private static func columns(_ fields: [String], notNull: [String]) -> String {
        fields.map { "\($0) TEXT" + (notNull.contains($0) ? " NOT NULL" : "") }
            .joined(separator: ",\n    ")
    }

    private static func put(_ table: String, _ fields: [String], key: [String]) -> String {
        let parameters = fields.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let updates = fields.filter { !key.contains($0) }.map { "\($0) = excluded.\($0)" }
        return """
            INSERT INTO \(table) (\(fields.joined(separator: ", "))) VALUES (\(parameters))
            ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE
            SET \(updates.joined(separator: ", "))
            """
    }
}
