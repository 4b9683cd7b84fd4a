internal import Index
internal import Matcher

/// The state of one load, and how one row after the other goes into the image.
struct Loading: ~Copyable {
    var builder: ImageBuilder
    var patient: PatientIntake
    var context: CareContextIntake
    var ledger: RowLedger

    // Kept here: asking the type for its cases makes a new array each time.
    let patientFields = PatientField.allCases
    let careContextFields = CareContextField.allCases

    init(_ options: LoadOptions, inputs: [String]) throws(LoadFailure) {
        ledger = try RowLedger(options, inputs: inputs)
        patient = PatientIntake(badValues: options.badValues, today: options.today)
        context = CareContextIntake(badValues: options.badValues)
        builder = ImageBuilder(
            defaultFacility: options.defaultFacility,
            seed: options.seed ?? UInt64.random(in: .min ... .max))
    }

    /// Puts the patient that was read into the image, or refuses it.
    mutating func finishPatient(at position: Int) throws(LoadFailure) {
        guard patient.finish() else {
            return try ledger.refuse(
                .patients, at: position, patient.fault ?? RowFault("", "is unusable"))
        }
        do throws(ImageBuilderError) {
            try builder.append(patient.record)
        } catch {
            return try ledger.refuse(.patients, at: position, RowFault(error))
        }
        ledger.keep(patient)
    }

    /// Puts the care context that was read into the image, or refuses it.
    mutating func finishCareContext(at position: Int) throws(LoadFailure) {
        guard context.finish() else {
            return try ledger.refuse(
                .careContexts, at: position, context.fault ?? RowFault("", "is unusable"))
        }
        do throws(ImageBuilderError) {
            try builder.append(context.record)
        } catch {
            return try ledger.refuse(.careContexts, at: position, RowFault(error))
        }
        ledger.keep(context)
    }

    /// Reads all patients of a source that gives texts.
    mutating func readPatients<Rows: FieldRows & ~Copyable>(
        _ rows: inout Rows, checked: Bool
    ) throws(LoadFailure) {
        let fields = PatientField.allCases
        ledger.begin(.patients)
        while true {
            switch try rows.next() {
            case .end: return
            case .refused(let fault):
                try ledger.refuse(.patients, at: rows.position, fault)
            case .row:
                patient.begin()
                for ordinal in fields.indices {
                    guard let value = rows.value(ordinal) else { continue }
                    if checked {
                        patient.take(fields[ordinal], at: ordinal, value)
                    } else {
                        patient.takeUnchecked(fields[ordinal], at: ordinal, value)
                    }
                }
                try finishPatient(at: rows.position)
            }
            ledger.countRow { rows.fractionRead }
        }
    }

    /// Reads all care contexts of a source that gives texts.
    mutating func readCareContexts<Rows: FieldRows & ~Copyable>(
        _ rows: inout Rows, checked: Bool
    ) throws(LoadFailure) {
        let fields = CareContextField.allCases
        ledger.begin(.careContexts)
        while true {
            switch try rows.next() {
            case .end: return
            case .refused(let fault):
                try ledger.refuse(.careContexts, at: rows.position, fault)
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
            ledger.countRow { rows.fractionRead }
        }
    }

    /// Makes the image and gives up everything else.
    consuming func build() -> PatientImage { builder.build() }
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
        case .tooManyIdentifierTypes(let maximum):
            self.init(
                PatientField.medicalRecord.rawValue, "is beyond the \(maximum)th type")
        }
    }
}
