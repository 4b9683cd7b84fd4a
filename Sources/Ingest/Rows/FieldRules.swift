internal import Matcher

/// What is known about fields besides how their values are read.
enum FieldRules {
    /// Fields without which nothing of a patient can be loaded.
    static let patientsRequired = [PatientField.id.rawValue]
    /// Fields without which nothing of a care context can be loaded.
    static let careContextsRequired = [
        CareContextField.patientID.rawValue, CareContextField.reference.rawValue,
    ]

    /// The digits that a whole number in a field is filled up to with zeros in front.
    ///
    /// A column of numbers has lost the zeros that an ABHA number may begin with.
    static func digits(ofNumberIn field: String) -> Int {
        field == PatientField.abhaNumber.rawValue ? abhaNumberDigits : 1
    }

    /// Digits of an ABHA number.
    static let abhaNumberDigits = 14
}

extension PatientField {
    /// Whether a row can do without the value: one that is wrong here would belong to somebody else.
    var isDroppable: Bool { self != .id && self != .facility }

    /// Whether its value takes part in a decision; the others need not be fetched from a database.
    var isIndexed: Bool {
        switch self {
        case .address, .district, .state, .pincode: false
        default: true
        }
    }

    /// Whether its value is a text of several words, which several columns may make up.
    var canBeJoined: Bool { self == .name || self == .address }
}

extension CareContextField {
    /// Whether a row can do without the value.
    var isDroppable: Bool { self != .patientID && self != .facility && self != .reference }

    /// Whether its value is a text of several words, which several columns may make up.
    var canBeJoined: Bool { self == .display }
}
