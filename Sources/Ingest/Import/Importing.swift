internal import Index
internal import Matcher
internal import SQLite

/// The state of one import into a SQLite file: each row is judged as a load would judge it, and then
/// written as it is.
struct Importing: ~Copyable {
    private(set) var ledger: RowLedger
    private var patient: PatientIntake
    private var context: CareContextIntake
    /// Ids and facilities only: what finds a repeated id.
    private var seen: ImageBuilder
    private var key = PatientRecord()

    private var patients: TableWriter
    private var careContexts: TableWriter
    private var known: PatientFinder

    /// Prepares to write to tables that are there.
    ///
    /// - Parameters:
    ///   - options: how rows are read.
    ///   - inputs: the files that the report of refused rows must not be.
    ///   - connection: in the transaction of the import.
    /// - Throws: `LoadFailure`.
    init(
        _ options: LoadOptions, inputs: [String], _ connection: borrowing SQLiteConnection
    ) throws(LoadFailure) {
        let defaultFacility = Array(options.defaultFacility.utf8)
        self.init(
            options,
            patients: try TableWriter.make(
                SQLiteSchema.putPatient, fieldCount: PatientField.allCases.count,
                facilityField: PatientField.allCases.firstIndex(of: .facility),
                defaultFacility: defaultFacility, connection),
            careContexts: try TableWriter.make(
                SQLiteSchema.putCareContext, fieldCount: CareContextField.allCases.count,
                facilityField: CareContextField.allCases.firstIndex(of: .facility),
                defaultFacility: defaultFacility, connection),
            known: try PatientFinder.make(defaultFacility: defaultFacility, connection),
            ledger: try RowLedger(options, inputs: inputs))
    }

    private init(
        _ options: LoadOptions, patients: consuming TableWriter,
        careContexts: consuming TableWriter, known: consuming PatientFinder,
        ledger: consuming RowLedger
    ) {
        self.patients = patients
        self.careContexts = careContexts
        self.known = known
        self.ledger = ledger
        patient = PatientIntake(badValues: options.badValues)
        context = CareContextIntake(badValues: options.badValues)
        seen = ImageBuilder(defaultFacility: options.defaultFacility)
    }

    /// Completes the report of refused rows.
    mutating func finish() throws(LoadFailure) { try ledger.finish() }

    /// Writes what is known of the refused rows of an import that broke off.
    mutating func breakOff() { ledger.breakOff() }

    /// Reads all patients and writes those that can be taken.
    mutating func readPatients<Rows: FieldRows & ~Copyable>(
        _ rows: inout Rows
    ) throws(LoadFailure) {
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
                    try patients.write(
                        rows, without: patient.dropped, facility: patient.record.facility,
                        in: patient.record.texts)
                    ledger.keep(patient)
                }
            }
            ledger.countRow { rows.fractionRead }
        }
    }

    /// Reads all care contexts and writes those whose patient is in the file.
    mutating func readCareContexts<Rows: FieldRows & ~Copyable>(
        _ rows: inout Rows
    ) throws(LoadFailure) {
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
                if let fault = try faultOfCareContext() {
                    try ledger.refuse(.careContexts, at: rows.position, fault)
                } else {
                    try careContexts.write(
                        rows, without: context.dropped, facility: context.record.facility,
                        in: context.record.texts)
                    ledger.keep(context)
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

    private mutating func faultOfCareContext() throws(LoadFailure) -> RowFault? {
        guard context.finish() else { return context.fault ?? RowFault("", "is unusable") }
        return try known.has(context.record) ? nil : RowFault(.noSuchPatient)
    }
}
