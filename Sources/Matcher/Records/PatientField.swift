/// The fields of a patient record, as files and mappings name them.
public enum PatientField: String, CaseIterable, Sendable {
    case id
    case facility = "hip_id"
    case name
    case gender
    case birthDate = "birth_date"
    case birthYear = "yob"
    case mobile
    case abhaAddress = "abha_address"
    case abhaNumber = "abha_number"
    case medicalRecord = "mr_number"
    case address
    case district
    case state
    case pincode
}

/// Why a value of a record was not taken; never holds the value.
public struct PatientFieldError: Error, Equatable {
    /// The field it stood in.
    public let field: PatientField
    /// What is wrong with it, in words for a report.
    public let reason: String
    /// Whether the record is sound without it: a masked mobile is no fault of the record.
    public let isUnusable: Bool

    init(_ field: PatientField, _ reason: String, isUnusable: Bool = false) {
        self.field = field
        self.reason = reason
        self.isUnusable = isUnusable
    }
}
