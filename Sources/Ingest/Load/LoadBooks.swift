internal import Index

/// The image that is being made, and the books about it.
struct LoadBooks: ~Copyable {
    var builder: ImageBuilder
    var ledger: RowLedger
    /// Those of the batch that is being put into the image.
    private var keys: [PatientKey?] = []

    init(builder: consuming ImageBuilder, ledger: consuming RowLedger) {
        self.builder = builder
        self.ledger = ledger
    }

    /// Puts patients into the image, or refuses them.
    ///
    /// - Throws: `LoadFailure` where the report of refused rows cannot be written.
    mutating func append(_ batch: PatientBatch) throws(LoadFailure) {
        keys.removeAll(keepingCapacity: true)
        for index in 0..<batch.count {
            batch.withSlot(index) { keys.append(builder.key(of: $0.patient.record)) }
        }
        for index in 0..<batch.count {
            // What a row's id leads to is in the cache when it is its turn.
            let ahead = index + PatientKey.lookAhead
            if ahead < keys.count { builder.prefetch(keys[ahead]) }
            let key = keys[index]
            try batch.withSlot(index) { slot throws(LoadFailure) in try append(slot, key) }
            ledger.countRow { batch.fractionRead }
        }
    }

    private mutating func append(
        _ slot: borrowing PatientBatch.Slot, _ key: PatientKey?
    ) throws(LoadFailure) {
        guard slot.isSound else {
            return try ledger.refuse(
                .patients, at: slot.position, slot.patient.fault ?? RowFault("", "is unusable"))
        }
        do throws(ImageBuilderError) {
            try builder.append(slot.patient.record, key: key)
        } catch {
            return try ledger.refuse(.patients, at: slot.position, RowFault(error))
        }
        ledger.keep(slot.patient)
    }

    /// Makes the image and gives up the books.
    consuming func build() -> PatientImage { builder.build() }

    /// Puts a care context into the image, or refuses it.
    ///
    /// - Throws: `LoadFailure` where the report of refused rows cannot be written.
    mutating func append(
        _ context: borrowing CareContextIntake, at position: Int, isSound: Bool
    ) throws(LoadFailure) {
        guard isSound else {
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
}
