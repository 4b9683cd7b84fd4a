internal import Matcher

/// The books of one load: what was kept, what was refused and why, and how far it has come.
struct RowLedger: ~Copyable {
    private(set) var counts = LoadCounts()
    private var report: RejectsReport
    private var meter: ProgressMeter

    init(_ options: LoadOptions, inputs: [String]) throws(LoadFailure) {
        report = try RejectsReport(path: options.rejectsPath, inputs: inputs)
        meter = ProgressMeter(options.progress)
    }

    /// Notes what somebody should look at.
    mutating func warn(_ warnings: [String]) { counts.warnings += warnings }

    /// Starts with the rows of a kind.
    mutating func begin(_ source: RowKind) { meter.begin(source) }

    /// Counts a row that was read.
    @inline(__always)
    mutating func countRow(_ fractionRead: () -> Double?) { meter.count(fractionRead) }

    /// Tells that the rows that were kept are now stored, all at once.
    func tellStoring(_ source: RowKind) {
        meter.tellStoring(
            source, rows: source == .patients ? counts.patients : counts.careContexts)
    }

    /// Counts a patient that was kept.
    @inline(__always)
    mutating func keep(_ patient: borrowing PatientIntake) {
        counts.patients += 1
        patient.countUnusable(in: &counts.unusablePatientValues)
    }

    /// Counts a care context that was kept.
    @inline(__always)
    mutating func keep(_ context: borrowing CareContextIntake) {
        counts.careContexts += 1
        context.countUnusable(in: &counts.unusableCareContextValues)
    }

    /// Refuses a care context that was counted as kept.
    ///
    /// - Throws: `LoadFailure.rejectsUnwritable`, `LoadFailure.rejectsIsInput`.
    mutating func refuseKeptCareContext(
        at position: Int, unusable: UInt32, _ fault: RowFault
    ) throws(LoadFailure) {
        counts.careContexts -= 1
        for ordinal in counts.unusableCareContextValues.indices
        where unusable >> UInt32(ordinal) & 1 == 1 {
            counts.unusableCareContextValues[ordinal] -= 1
        }
        try refuse(.careContexts, at: position, fault)
    }

    /// Counts and reports a row that was refused.
    ///
    /// - Throws: `LoadFailure.rejectsUnwritable`, `LoadFailure.rejectsIsInput`.
    mutating func refuse(
        _ source: RowKind, at position: Int, _ fault: RowFault
    ) throws(LoadFailure) {
        counts.countRejected(source, fault)
        try report.add(source, line: position, fault)
    }

    /// Completes the report.
    ///
    /// - Throws: `LoadFailure.rejectsUnwritable`, `LoadFailure.rejectsIsInput`.
    mutating func finish() throws(LoadFailure) { try report.finish() }

    /// Writes what is known of the refused rows of a load that broke off.
    mutating func breakOff() { try? report.flush() }
}
