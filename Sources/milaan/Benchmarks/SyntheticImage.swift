internal import ABDM
internal import Glibc
internal import Index
internal import JSON
internal import Matcher
internal import Synthetic

/// A synthetic hospital as a snapshot, straight from memory.
enum SyntheticImage {
    /// Loads the hospital's patients and care contexts.
    ///
    /// - Parameters:
    ///   - hospital: whose.
    ///   - isPatientsOnly: whether care contexts are left out.
    /// - Returns: a snapshot at the position `synthetic`.
    /// - Throws: `CommandError` when a synthetic row is refused, which would be a fault of ours.
    static func snapshot(
        of hospital: SyntheticHospital, isPatientsOnly: Bool = false
    ) throws(CommandError) -> Snapshot {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: hospital.seed)
        var record = PatientRecord()
        var meter = CommandProgress("patients", total: hospital.patients)
        do {
            try hospital.forEachPatient { (patient) throws(CommandError) in
                meter.count(builder.count)
                try fill(&record, from: patient)
                try append(record, to: &builder)
            }
            var context = CareContextRecord()
            if !isPatientsOnly {
                try hospital.forEachCareContext { (row) throws(CommandError) in
                    try fill(&context, from: row)
                    do throws(ImageBuilderError) {
                        try builder.append(context)
                    } catch {
                        throw CommandError("a synthetic care context was refused: \(error)")
                    }
                }
            }
        }
        return Snapshot(
            image: builder.build(), position: "synthetic",
            publishedAtSeconds: Int64(time(nil)))
    }

    /// Parses a synthetic row as a load would.
    static func fill(
        _ record: inout PatientRecord, from patient: borrowing SyntheticPatient
    ) throws(CommandError) {
        record.reset()
        do throws(PatientFieldError) {
            for (field, column) in fields { try record.set(field, patient.bytes(of: column)) }
            try record.finish()
        } catch {
            throw CommandError("a synthetic row was refused: \(error.field) \(error.reason)")
        }
    }

    static func append(
        _ record: borrowing PatientRecord, key: PatientKey? = nil, to builder: inout ImageBuilder
    ) throws(CommandError) {
        do throws(ImageBuilderError) {
            try builder.append(record, key: key)
        } catch {
            throw CommandError("a synthetic row was refused: \(error)")
        }
    }

    private static func fill(
        _ context: inout CareContextRecord, from row: borrowing SyntheticCareContext
    ) throws(CommandError) {
        context.reset()
        do throws(CareContextFieldError) {
            for (field, column) in contextFields { try context.set(field, row.bytes(of: column)) }
            try context.finish()
        } catch {
            throw CommandError(
                "a synthetic care context was refused: \(error.field) \(error.reason)")
        }
    }

    private static let fields: [(PatientField, SyntheticPatient.Field)] =
        PatientField.allCases.compactMap { field in
            SyntheticPatient.Field(rawValue: field.rawValue).map { (field, $0) }
        }

    private static let contextFields: [(CareContextField, SyntheticCareContext.Field)] =
        CareContextField.allCases.compactMap { field in
            SyntheticCareContext.Field(rawValue: field.rawValue).map { (field, $0) }
        }
}

/// Discover bodies one after the other in memory.
struct RequestBodies {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [Int] = []

    init() {}

    init(_ hospital: SyntheticHospital, count: Int) {
        hospital.forEachRequest(count: count) { request in
            for index in request.body.indices { bytes.append(request.body[index]) }
            ends.append(bytes.count)
        }
    }

    mutating func append(_ body: [UInt8]) {
        bytes += body
        ends.append(bytes.count)
    }

    var count: Int { ends.count }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}

extension RequestBodies {
    /// Answers each request by itself, one after the other.
    ///
    /// - Parameters:
    ///   - snapshot: where persons are looked for.
    ///   - rule: by which.
    ///   - use: is lent what was found and the reply.
    func answerEach(
        in snapshot: Snapshot, by rule: MatchRule,
        _ use: (_ report: DiscoveryReport, _ reply: Span<UInt8>) -> Void
    ) {
        var discoverer = Discoverer(rule: rule, defaultFacility: "HIP1")
        var writer = JSONWriter()
        for index in 0..<count {
            writer.reset()
            let report = discoverer.discover(
                body: bytes.span.extracting(range(index)), facility: nil, requestID: nil,
                explain: false, in: snapshot, into: &writer)
            use(report, writer.bytes)
        }
    }
}
