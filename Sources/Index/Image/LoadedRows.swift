internal import Matcher
internal import Synchronization

/// The rows of an image while it is filled, numbered as they came.
struct LoadedRows: ~Copyable, Sendable {
    var heap = RowHeap()
    /// Of each row where it begins in the heap, where it stays.
    var places = Column<RowPlace>()
    /// What each row is ordered by.
    var keys = Column<RowOrderKey>()
    /// The letters of each row's name, for searches by name.
    var letters = Column<NameLetters>()

    /// How many keys of each kind the rows have.
    var keyCounts = KeyCounts()

    /// Nobody asks for it: what holds an atomic cannot be copied bit by bit, so that the compiler lends the rows by
    /// their address, and not all columns, a copy for each row that is added.
    private let place = Atomic<UInt8>(0)

    var count: Int { places.count }

    func facility(of row: Int) -> UInt16 { keys[row].facility }

    /// The texts of a row, found once.
    func texts(of row: Int) -> RowTexts { heap.texts(of: places[row]) }

    /// Whether a row is the one of an id at a facility.
    ///
    /// - Parameters:
    ///   - row: the row.
    ///   - key: what leads to the id.
    ///   - id: the id.
    /// - Returns: whether it is.
    @inline(__always)
    func isRow(_ row: Int, of key: PatientKey, _ id: Span<UInt8>) -> Bool {
        guard keys[row].facility == key.facility else { return false }
        return key.id.stands(
            at: heap.idStart(of: places[row]), in: heap.bytes, id, RowTexts.idLetters)
    }
}

/// How many keys of each kind some rows have; of the same key those of each row count.
struct KeyCounts {
    var addresses = 0
    var numbers = 0
    var mobiles = 0
    var identifiers = 0

    /// Counts those of one row.
    mutating func add(_ patient: borrowing PatientRecord) {
        if patient.abhaAddress.count > 0 { addresses += 1 }
        if patient.abhaNumber > 0 { numbers += 1 }
        if patient.mobile > 0 { mobiles += 1 }
        identifiers += patient.identifiers.count
    }
}
