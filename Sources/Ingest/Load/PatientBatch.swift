internal import Matcher

/// Patients that were read one after the other and are put into the image together.
///
/// Only one thread at a time has a batch: it goes round in `HandoverQueue`s.
@safe final class PatientBatch: @unchecked Sendable {
    /// One row.
    struct Slot: ~Copyable {
        var patient: PatientIntake
        /// Where the row stands in its source.
        var position = 0
        /// Whether it can be kept as far as it alone can tell.
        var isSound = false
    }

    /// Rows of a batch: enough that waking the other thread costs little, few enough for a core's cache.
    static let rowsMax = 512

    private let slots: UnsafeMutablePointer<Slot>
    /// How many rows there are, 0...rowsMax.
    private(set) var count = 0
    /// The share of the source that was read before its last row; nil where it is not known.
    var fractionRead: Double?
    /// What went wrong with a batch before this one.
    var failure: LoadFailure?

    /// A batch without rows.
    init(_ options: LoadOptions) {
        unsafe slots = .allocate(capacity: Self.rowsMax)
        for index in 0..<Self.rowsMax {
            unsafe (slots + index).initialize(to: Slot(patient: PatientIntake(options)))
        }
    }

    deinit {
        unsafe slots.deinitialize(count: Self.rowsMax)
        unsafe slots.deallocate()
    }

    /// Adds a patient and gives in exchange one whose row has been dealt with.
    ///
    /// - Returns: whether the batch is full.
    func add(_ patient: inout PatientIntake, at position: Int, isSound: Bool) -> Bool {
        precondition(count < Self.rowsMax, "the batch is full")
        unsafe swap(&patient, &slots[count].patient)
        unsafe slots[count].position = position
        unsafe slots[count].isSound = isSound
        count += 1
        return count == Self.rowsMax
    }

    /// Forgets the rows.
    func removeAll() { count = 0 }

    /// Lends a row.
    func withSlot<Failure: Error>(
        _ index: Int, _ use: (borrowing Slot) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(index >= 0 && index < count, "no such row")
        try use(unsafe slots[index])
    }
}
