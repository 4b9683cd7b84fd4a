/// One row of the patient table, lent while an iteration stands on it.
public struct SyntheticPatient: ~Copyable {
    /// The columns of `patients.csv`, in their order; the raw values are the names in its header.
    public enum Field: String, CaseIterable, Sendable {
        case id
        case hipID = "hip_id"
        case name, gender
        case birthDate = "birth_date"
        case yob, mobile
        case abhaAddress = "abha_address"
        case abhaNumber = "abha_number"
        case mrNumber = "mr_number"
        case address, district, state, pincode
    }

    /// The row's place in the table, from 0.
    public internal(set) var row = 0
    var fields = FieldBytes(capacity: 256)

    init() {}

    /// The bytes of a field as a hospital's desk wrote it; empty where the desk wrote nothing.
    ///
    /// - Parameter field: which column.
    /// - Returns: UTF-8 text, valid until the iteration goes on.
    @_lifetime(borrow self)
    public func bytes(of field: Field) -> Span<UInt8> {
        fields[field.column]
    }
}

/// One row of the table of care contexts, lent while an iteration stands on it.
public struct SyntheticCareContext: ~Copyable {
    /// The columns of `care_contexts.csv`, in their order; the raw values are the names in its
    /// header.
    public enum Field: String, CaseIterable, Sendable {
        case patientID = "patient_id"
        case hipID = "hip_id"
        case reference, display
        case hiType = "hi_type"
        case date, linked
    }

    var fields = FieldBytes(capacity: 128)

    init() {}

    /// The bytes of a field.
    ///
    /// - Parameter field: which column.
    /// - Returns: UTF-8 text, valid until the iteration goes on.
    @_lifetime(borrow self)
    public func bytes(of field: Field) -> Span<UInt8> {
        fields[field.column]
    }
}

extension SyntheticPatient.Field {
    /// The place in the row.
    var column: Int {
        switch self {
        case .id: 0
        case .hipID: 1
        case .name: 2
        case .gender: 3
        case .birthDate: 4
        case .yob: 5
        case .mobile: 6
        case .abhaAddress: 7
        case .abhaNumber: 8
        case .mrNumber: 9
        case .address: 10
        case .district: 11
        case .state: 12
        case .pincode: 13
        }
    }
}

extension SyntheticCareContext.Field {
    /// The place in the row.
    var column: Int {
        switch self {
        case .patientID: 0
        case .hipID: 1
        case .reference: 2
        case .display: 3
        case .hiType: 4
        case .date: 5
        case .linked: 6
        }
    }
}

/// The fields of one row, one after the other in memory that is used again for the next.
struct FieldBytes {
    /// The field that is being written is what follows the last end.
    var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
        ends.reserveCapacity(16)
    }

    /// Where the field that is being written begins.
    var lastEnd: Int { ends.last ?? 0 }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Completes the field.
    mutating func endField() { ends.append(bytes.count) }

    /// One complete field.
    subscript(column: Int) -> Span<UInt8> {
        @_lifetime(borrow self)
        get {
            bytes.span.extracting((column == 0 ? 0 : ends[column - 1])..<ends[column])
        }
    }

    /// Adds the row to a table as RFC 4180 wants it.
    func writeCSV(to sink: inout SyntheticSink) {
        for column in 0..<ends.count {
            if column > 0 { sink.append(UInt8(ascii: ",")) }
            let field = self[column]
            guard Self.needsQuotes(field) else {
                sink.append(field)
                continue
            }
            sink.append(UInt8(ascii: "\""))
            for index in field.indices {
                if field[index] == UInt8(ascii: "\"") { sink.append(UInt8(ascii: "\"")) }
                sink.append(field[index])
            }
            sink.append(UInt8(ascii: "\""))
        }
        sink.append(UInt8(ascii: "\r"))
        sink.append(UInt8(ascii: "\n"))
    }

    private static func needsQuotes(_ field: Span<UInt8>) -> Bool {
        for index in field.indices {
            switch field[index] {
            case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                return true
            default: continue
            }
        }
        return false
    }
}
