internal import Matcher

/// The two kinds of rows, as reports call them.
public enum RowKind: String, Sendable {
    case patients
    case careContexts = "care_contexts"
}

/// A reason for which rows are refused.
public struct RejectReason: Hashable, Sendable {
    /// What the rows should have been.
    public let source: RowKind
    /// The field at fault; empty where it is the row as a whole.
    public let field: String
    /// In words that go on from the field's name; never a value.
    public let reason: String

    /// A reason.
    public init(source: RowKind, field: String, reason: String) {
        self.source = source
        self.field = field
        self.reason = reason
    }
}

/// How many rows were read, kept and refused.
public struct LoadCounts: Equatable, Sendable {
    /// Patients that were kept.
    public internal(set) var patients = 0
    /// Care contexts that were kept.
    public internal(set) var careContexts = 0
    /// Rows that were refused.
    public internal(set) var rejected = 0
    /// The refused rows by reason; after a thousand different reasons the others are one.
    public internal(set) var rejectedByReason: [RejectReason: Int] = [:]

    /// What somebody should look at in the source, though it can be read; never a value.
    public internal(set) var warnings: [String] = []

    /// By place in `PatientField.allCases`.
    var unusablePatientValues = [Int](repeating: 0, count: PatientField.allCases.count)
    /// By place in `CareContextField.allCases`.
    var unusableCareContextValues = [Int](repeating: 0, count: CareContextField.allCases.count)

    /// Nothing yet.
    public init() {}

    /// Rows of both kinds that were read.
    public var rows: Int { patients + careContexts + rejected }

    /// What was kept, in words: `2 patients and 1 care context`.
    package var kept: String {
        "\(patients.counted("patient")) and \(careContexts.counted("care context"))"
    }

    /// Values that were left out of rows that were kept: how many in which field of which kind of rows.
    ///
    /// Masked mobiles above all; with `BadValues.drop` also values that are wrong.
    public var unusableValues: [(source: RowKind, field: String, count: Int)] {
        let ofPatients = zip(PatientField.allCases, unusablePatientValues).map {
            (source: RowKind.patients, field: $0.rawValue, count: $1)
        }
        let ofCareContexts = zip(CareContextField.allCases, unusableCareContextValues).map {
            (source: RowKind.careContexts, field: $0.rawValue, count: $1)
        }
        return (ofPatients + ofCareContexts).filter { $0.count > 0 }
    }

    mutating func countRejected(_ source: RowKind, _ fault: RowFault) {
        rejected += 1
        var reason = RejectReason(source: source, field: fault.field, reason: fault.reason)
        if rejectedByReason.count >= 1000, rejectedByReason[reason] == nil {
            reason = RejectReason(source: source, field: "", reason: "has some other fault")
        }
        rejectedByReason[reason, default: 0] += 1
    }
}
