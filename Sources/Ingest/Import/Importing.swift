internal import Index
internal import Matcher

/// The files of an import.
struct ImportFiles {
    /// A file of patients, or `-`.
    let patients: String
    /// A file of their care contexts, or `-`; nil for none.
    let careContexts: String?

    var paths: [String] { [patients] + (careContexts.map { [$0] } ?? []) }
}

/// The state of one import: each row is judged as a load would judge it, and then written as it is.
struct Importing: ~Copyable {
    private(set) var ledger: RowLedger
    private var patient: PatientIntake
    private var context: CareContextIntake
    /// Ids and facilities only: what finds a repeated id.
    private var seen: ImageBuilder
    private var key = PatientRecord()

    /// Prepares to judge rows.
    ///
    /// - Parameters:
    ///   - options: how rows are read.
    ///   - inputs: the files that the report of refused rows must not be.
    /// - Throws: `LoadFailure`.
    init(_ options: LoadOptions, inputs: [String]) throws(LoadFailure) {
        ledger = try RowLedger(options, inputs: inputs)
        patient = PatientIntake(options)
        context = CareContextIntake(badValues: options.badValues)
        seen = ImageBuilder(defaultFacility: options.defaultFacility)
    }

    /// Completes the report of refused rows.
    mutating func finish() throws(LoadFailure) { try ledger.finish() }

    /// Writes what is known of the refused rows of an import that broke off.
    mutating func breakOff() { ledger.breakOff() }

    /// Refuses a care context that was taken, because its patient is missing after all.
    mutating func refuseCareContext(at position: Int, unusable: UInt32) throws(LoadFailure) {
        try ledger.refuseKeptCareContext(
            at: position, unusable: unusable, RowFault(.noSuchPatient))
    }

    /// Reads a file of patients and writes those that can be taken.
    mutating func readPatients<Sink: ImportSink & ~Copyable & ~Escapable>(
        _ path: String, into sink: inout Sink
    ) throws(LoadFailure) {
        let source = try FileSource.open(
            path, fields: ImportTable.patients.fields, required: FieldRules.patientsRequired)
        ledger.warn(source.warnings)
        switch consume source {
        case .csv(var rows): try readPatients(&rows, into: &sink)
        case .ndjson(var rows): try readPatients(&rows, into: &sink)
        }
    }

    /// Reads a file of care contexts and writes those that can be taken.
    mutating func readCareContexts<Sink: CareContextSink & ~Copyable & ~Escapable>(
        _ path: String, into sink: inout Sink
    ) throws(LoadFailure) {
        let source = try FileSource.open(
            path, fields: ImportTable.careContexts.fields,
            required: FieldRules.careContextsRequired)
        ledger.warn(source.warnings)
        switch consume source {
        case .csv(var rows): try readCareContexts(&rows, into: &sink)
        case .ndjson(var rows): try readCareContexts(&rows, into: &sink)
        }
    }

    private mutating func readPatients<
        Rows: FieldRows & ~Copyable, Sink: ImportSink & ~Copyable & ~Escapable
    >(_ rows: inout Rows, into sink: inout Sink) throws(LoadFailure) {
        let fields = PatientField.allCases
        ledger.begin(.patients)
        while true {
            switch try rows.next() {
            case .end: return
            case .refused(let fault): try ledger.refuse(.patients, at: rows.position, fault)
            case .row:
                patient.begin()
                for ordinal in fields.indices {
                    guard let value = rows.value(ordinal) else { continue }
                    patient.take(fields[ordinal], at: ordinal, value)
                }
                if let fault = faultOfPatient() {
                    try ledger.refuse(.patients, at: rows.position, fault)
                } else {
                    try sink.write(rows, patient.judged, in: patient.record.texts)
                    ledger.keep(patient)
                }
            }
            ledger.countRow { rows.fractionRead }
        }
    }

    private mutating func readCareContexts<
        Rows: FieldRows & ~Copyable, Sink: CareContextSink & ~Copyable & ~Escapable
    >(_ rows: inout Rows, into sink: inout Sink) throws(LoadFailure) {
        let fields = CareContextField.allCases
        ledger.begin(.careContexts)
        while true {
            switch try rows.next() {
            case .end: return
            case .refused(let fault): try ledger.refuse(.careContexts, at: rows.position, fault)
            case .row:
                context.begin()
                for ordinal in fields.indices {
                    guard let value = rows.value(ordinal) else { continue }
                    context.take(fields[ordinal], at: ordinal, value)
                }
                if !context.finish() {
                    try ledger.refuse(
                        .careContexts, at: rows.position,
                        context.fault ?? RowFault("", "is unusable"))
                } else if try sink.mayHavePatient(of: context.record) {
                    try sink.write(rows, context.judged, in: context.record.texts)
                    ledger.keep(context)
                } else {
                    try ledger.refuse(.careContexts, at: rows.position, RowFault(.noSuchPatient))
                }
            }
            ledger.countRow { rows.fractionRead }
        }
    }

    private mutating func faultOfPatient() -> RowFault? {
        guard patient.finish() else { return patient.fault ?? RowFault("", "is unusable") }
        do {
            try Self.copyKey(of: patient.record, into: &key)
            try seen.append(key)
            return nil
        } catch let error as ImageBuilderError {
            return RowFault(error)
        } catch {
            return RowFault(PatientField.id.rawValue, "is unusable")
        }
    }

    private static func copyKey(
        of patient: borrowing PatientRecord, into key: inout PatientRecord
    ) throws(PatientFieldError) {
        key.reset()
        try key.set(.id, patient.texts.bytes(patient.id))
        try key.set(.facility, patient.texts.bytes(patient.facility))
    }
}

extension PatientIntake {
    /// What the writer of the row needs.
    fileprivate var judged: JudgedRow {
        JudgedRow(dropped: dropped, unusable: unusable, facility: record.facility)
    }
}

extension CareContextIntake {
    /// What the writer of the row needs.
    fileprivate var judged: JudgedRow {
        JudgedRow(dropped: dropped, unusable: unusable, facility: record.facility)
    }
}
