internal import Index
internal import Matcher

/// The state of one load, and how one row after the other goes into the image.
struct Loading: ~Copyable {
    /// nil only while a `PatientLane` has them.
    private var books: LoadBooks?
    private let options: LoadOptions
    var patient: PatientIntake
    var context: CareContextIntake

    // Kept here: asking the type for its cases makes a new array each time.
    let patientFields = PatientField.allCases
    let careContextFields = CareContextField.allCases

    init(_ options: LoadOptions, inputs: [String]) throws(LoadFailure) {
        books = LoadBooks(
            builder: ImageBuilder(
                defaultFacility: options.defaultFacility,
                seed: options.seed ?? UInt64.random(in: .min ... .max)),
            ledger: try RowLedger(options, inputs: inputs))
        self.options = options
        patient = PatientIntake(options)
        context = CareContextIntake(badValues: options.badValues)
    }

    /// Puts the care context that was read into the image, or refuses it.
    mutating func finishCareContext(at position: Int) throws(LoadFailure) {
        let isSound = context.finish()
        try books?.append(context, at: position, isSound: isSound)
    }

    /// Reads patients while those before them are put into the image.
    ///
    /// - Parameter read: puts each row into the lane; may take the intake for its values.
    /// - Throws: what `read` throws, or why a row could not be put; what was read before is in the image.
    mutating func withPatientLane(
        _ read: (inout PatientLane, inout PatientIntake) throws(LoadFailure) -> Void
    ) throws(LoadFailure) {
        books?.ledger.begin(.patients)
        guard let own = books.take() else { preconditionFailure("another lane has the books") }
        var lane = PatientLane(own, options)
        var failure: LoadFailure?
        do throws(LoadFailure) {
            try read(&lane, &patient)
        } catch {
            failure = error
        }
        books = lane.finish(&failure)
        if let failure { throw failure }
    }

    /// Reads all patients of a source that gives texts.
    mutating func readPatients<Rows: FieldRows & ~Copyable>(
        _ rows: inout Rows, checked: Bool
    ) throws(LoadFailure) {
        let fields = patientFields
        try withPatientLane { (lane, patient) throws(LoadFailure) in
            while true {
                let step = try rows.next()
                patient.begin()
                switch step {
                case .end: return
                case .refused(let fault): patient.refuse(fault)
                case .row:
                    for ordinal in fields.indices {
                        guard let value = rows.value(ordinal) else { continue }
                        if checked {
                            patient.take(fields[ordinal], at: ordinal, value)
                        } else {
                            patient.takeUnchecked(fields[ordinal], at: ordinal, value)
                        }
                    }
                }
                try lane.put(&patient, at: rows.position) { rows.fractionRead }
            }
        }
    }

    /// Reads all care contexts of a source that gives texts.
    mutating func readCareContexts<Rows: FieldRows & ~Copyable>(
        _ rows: inout Rows, checked: Bool
    ) throws(LoadFailure) {
        let fields = CareContextField.allCases
        beginCareContexts()
        while true {
            switch try rows.next() {
            case .end: return
            case .refused(let fault):
                try books?.ledger.refuse(.careContexts, at: rows.position, fault)
            case .row:
                context.begin()
                for ordinal in fields.indices {
                    guard let value = rows.value(ordinal) else { continue }
                    if checked {
                        context.take(fields[ordinal], at: ordinal, value)
                    } else {
                        context.takeUnchecked(fields[ordinal], at: ordinal, value)
                    }
                }
                try finishCareContext(at: rows.position)
            }
            countCareContext { rows.fractionRead }
        }
    }

    /// Makes the image and gives up everything else.
    consuming func build() -> PatientImage {
        guard let own = books.take() else { preconditionFailure("a lane has the books") }
        return own.build()
    }

    /// Asks for room for so many patients.
    mutating func reserve(patients: Int) { books?.builder.reserve(patients: patients) }

    /// Starts to count care contexts.
    mutating func beginCareContexts() { books?.ledger.begin(.careContexts) }

    /// Counts a care context that was read.
    @inline(__always)
    mutating func countCareContext(_ fractionRead: () -> Double?) {
        books?.ledger.countRow(fractionRead)
    }

    /// Notes what somebody should look at.
    mutating func warn(_ warnings: [String]) { books?.ledger.warn(warnings) }

    /// What was kept and refused until now.
    var counts: LoadCounts {
        switch books {
        case .some(let books): books.ledger.counts
        case nil: LoadCounts()
        }
    }

    /// Completes the report of refused rows.
    mutating func finish() throws(LoadFailure) { try books?.ledger.finish() }

    /// Writes what is known of the refused rows of a load that broke off.
    mutating func breakOff() { books?.ledger.breakOff() }
}

extension RowFault {
    /// Why the image does not take a row.
    init(_ error: ImageBuilderError) {
        switch error {
        case .repeatedID: self.init(PatientField.id.rawValue, "is the id of a row before")
        case .noSuchPatient:
            self.init(CareContextField.patientID.rawValue, "names no patient of the facility")
        case .tooManyFacilities(let maximum):
            self.init(PatientField.facility.rawValue, "is beyond the \(maximum)th facility")
        case .tooManyRows, .tooManyCareContexts:
            self.init("", "is more than an image can hold")
        case .tooManyIdentifierTypes(let maximum):
            self.init(
                PatientField.medicalRecord.rawValue, "is beyond the \(maximum)th type")
        }
    }
}
