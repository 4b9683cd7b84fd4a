/// The fields of a care context, as files and mappings name them.
public enum CareContextField: String, CaseIterable, Sendable {
    case patientID = "patient_id"
    case facility = "hip_id"
    case reference
    case display
    case hiType = "hi_type"
    case date
    case linked
}

/// The kinds of health information that ABDM names.
public enum HealthInformationType: UInt8, CaseIterable, Sendable {
    case notStated = 0
    case opConsultation, prescription, dischargeSummary, diagnosticReport, immunizationRecord
    case healthDocumentRecord, wellnessRecord, invoice

    /// The name on the wire; empty when not stated.
    public var wireName: StaticString {
        switch self {
        case .notStated: ""
        case .opConsultation: "OPConsultation"
        case .prescription: "Prescription"
        case .dischargeSummary: "DischargeSummary"
        case .diagnosticReport: "DiagnosticReport"
        case .immunizationRecord: "ImmunizationRecord"
        case .healthDocumentRecord: "HealthDocumentRecord"
        case .wellnessRecord: "WellnessRecord"
        case .invoice: "Invoice"
        }
    }
}

/// Why a value of a care context was not taken; never holds the value.
public struct CareContextFieldError: Error, Equatable {
    /// The field it stood in.
    public let field: CareContextField
    /// What is wrong with it, in words for a report.
    public let reason: String

    init(_ field: CareContextField, _ reason: String) {
        self.field = field
        self.reason = reason
    }
}

/// One care context, parsed; filled again for the next row without new memory.
public struct CareContextRecord: ~Copyable {
    /// Where the texts of this record stand.
    public private(set) var texts = TextArena(capacityBytes: 1024)
    /// The facility's own id of the patient.
    public private(set) var patientID = TextRange.empty
    /// The facility; empty for the default one.
    public private(set) var facility = TextRange.empty
    /// What the facility calls the care context, as written.
    public private(set) var reference = TextRange.empty
    /// What the person is shown; the reference where there is none.
    public private(set) var display = TextRange.empty
    /// The kind of health information.
    public private(set) var hiType = HealthInformationType.notStated
    /// The day it is about; nil when absent.
    public private(set) var date: BirthDate?
    /// Whether it is linked to the person's ABHA address already.
    public private(set) var isLinked = false

    /// A care context without any value.
    public init() {}

    /// Forgets the values and keeps the memory.
    public mutating func reset() {
        texts.reset()
        patientID = .empty
        facility = .empty
        reference = .empty
        display = .empty
        hiType = .notStated
        date = nil
        isLinked = false
    }

    /// Parses a raw value into its field; a blank leaves it absent.
    ///
    /// So does a stand-in for "nothing" where it cannot be a name that the facility gave.
    ///
    /// - Throws: `CareContextFieldError`; the field is then absent.
    public mutating func set(
        _ field: CareContextField, _ raw: Span<UInt8>
    ) throws(CareContextFieldError) {
        guard !raw.holdsNUL else { throw CareContextFieldError(field, "holds a NUL byte") }
        try setWithoutNUL(field, raw)
    }

    /// Parses a raw value of which the caller knows that it holds no NUL byte.
    ///
    /// - Throws: as `set`.
    package mutating func setWithoutNUL(
        _ field: CareContextField, _ raw: Span<UInt8>
    ) throws(CareContextFieldError) {
        let text = raw.trimmed()
        guard !text.isEmpty else { return }
        switch field {
        case .facility, .hiType, .linked:
            if text.isPlaceholder { return }
        case .patientID, .reference, .display, .date: break
        }
        switch field {
        case .patientID: patientID = try append(text, field, bytesMax: 255)
        case .facility: facility = try append(text, field, bytesMax: 255)
        case .reference: reference = try append(text, field, bytesMax: 255)
        case .display: display = try append(text, field, bytesMax: 1024)
        case .hiType: try setHealthInformationType(text)
        case .date:
            do throws(BirthDateError) {
                date = try BirthDate.parse(text)
            } catch {
                throw CareContextFieldError(.date, "is not a date")
            }
        case .linked: try setLinked(text)
        }
    }

    /// Whether the record can be taken: it names its patient and itself.
    ///
    /// - Throws: `CareContextFieldError` naming what is missing.
    public mutating func finish() throws(CareContextFieldError) {
        guard !patientID.isEmpty else { throw CareContextFieldError(.patientID, "is missing") }
        guard !reference.isEmpty else { throw CareContextFieldError(.reference, "is missing") }
        if display.isEmpty { display = reference }
    }

    private mutating func append(
        _ text: Span<UInt8>, _ field: CareContextField, bytesMax: Int
    ) throws(CareContextFieldError) -> TextRange {
        guard text.count <= bytesMax else {
            throw CareContextFieldError(field, "is longer than \(bytesMax) bytes")
        }
        return texts.append(text)
    }

    private mutating func setHealthInformationType(
        _ text: Span<UInt8>
    ) throws(CareContextFieldError) {
        for type in HealthInformationType.allCases
        where type != .notStated && text.equalsIgnoringCase(spelled: type.wireName) {
            hiType = type
            return
        }
        throw CareContextFieldError(.hiType, "is not a health information type of ABDM")
    }

    private mutating func setLinked(_ text: Span<UInt8>) throws(CareContextFieldError) {
        if text.equalsIgnoringCase("true") || text.equalsIgnoringCase("t")
            || text.equalsIgnoringCase("1") || text.equalsIgnoringCase("yes")
            || text.equalsIgnoringCase("y")
        {
            isLinked = true
        } else if text.equalsIgnoringCase("false") || text.equalsIgnoringCase("f")
            || text.equalsIgnoringCase("0") || text.equalsIgnoringCase("no")
            || text.equalsIgnoringCase("n")
        {
            isLinked = false
        } else {
            throw CareContextFieldError(.linked, "is neither true nor false")
        }
    }
}

extension Span<UInt8> {
    /// Whether these are the bytes of a text of ours, whatever the case of either.
    fileprivate func equalsIgnoringCase(spelled text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        let expected = unsafe text.utf8Start
        for index in indices {
            let byte = unsafe expected[index]
            guard ASCII.lowercased(self[index]) == ASCII.lowercased(byte) else { return false }
        }
        return true
    }
}
