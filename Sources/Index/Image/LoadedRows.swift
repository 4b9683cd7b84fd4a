internal import Matcher

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

    var count: Int { places.count }

    func facility(of row: Int) -> UInt16 { keys[row].facility }

    /// The texts of a row, found once.
    func texts(of row: Int) -> RowTexts { heap.texts(of: places[row]) }

    /// The bytes of a text of a row.
    @_lifetime(borrow self)
    func bytes(_ range: TextRange) -> Span<UInt8> {
        heap.text(range)
    }

    /// The facility's own id of a row.
    @_lifetime(borrow self)
    func id(of row: Int) -> Span<UInt8> {
        let range = heap.id(of: places[row])
        return bytes(range)
    }

    /// The ABHA address of a row, with an empty name when absent.
    @_lifetime(borrow self)
    func address(of row: Int) -> ABHAAddressParts { heap.address(of: places[row]) }

    /// The ABHA number or mobile of a row, 0 when absent.
    func number(_ kind: IdentifierKind, of row: Int) -> UInt64 {
        heap.record(of: places[row]).number(kind)
    }

    /// Takes back the row that was added last, its texts and its numbers.
    mutating func dropLast() {
        let row = count - 1
        heap.truncate(to: places[row])
        places.truncate(to: row)
        keys.truncate(to: row)
        letters.truncate(to: row)
    }
}

/// How many keys of each kind some rows have; of the same key those of each row count.
struct KeyCounts {
    var addresses = 0
    var numbers = 0
    var mobiles = 0

    /// Counts those of one row.
    mutating func add(_ patient: borrowing PatientRecord) {
        if patient.abhaAddress.count > 0 { addresses += 1 }
        if patient.abhaNumber > 0 { numbers += 1 }
        if patient.mobile > 0 { mobiles += 1 }
    }
}
