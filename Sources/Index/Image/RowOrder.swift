internal import Matcher

/// What the rows of an image are ordered by.
struct RowOrderKey: BitwiseCopyable {
    let facility: UInt16
    let run: RowRun
}

/// What an image knows of its rows by their numbers.
struct RowNumbering: ~Copyable {
    /// For each number the row's place.
    var places = Column<RowPlace>()
    /// For each number the letters of the row's name.
    var letters = Column<NameLetters>()
    /// Of each facility the first number, and the one behind the last one's last.
    var facilityRows = Column<UInt32>()

    /// Of no rows.
    init() {}

    /// Numbers rows in their order.
    init(of loaded: borrowing LoadedRows, facilities: Int) {
        let order = RowOrder(loaded, facilities: facilities)
        places = Column(zeros: loaded.count)
        letters = Column(zeros: loaded.count)
        for row in 0..<loaded.count {
            let number = Int(order.numbers[row])
            places[number] = loaded.places[row]
            letters[number] = loaded.letters[row]
        }
        for facility in order.facilityRows.span.indices {
            facilityRows.append(order.facilityRows[facility])
        }
    }
}

/// The numbers of loaded rows in an image: by facility, then by gender and birth year, then as they came.
struct RowOrder: ~Copyable {
    /// For each loaded row its number in the image.
    private(set) var numbers: Column<UInt32>
    /// Of each facility the first number, and the one behind the last one's last.
    private(set) var facilityRows: Column<UInt32>

    /// Orders rows by counting.
    ///
    /// - Parameters:
    ///   - loaded: the rows.
    ///   - facilities: how many there are.
    /// - Complexity: O(rows + facilities).
    init(_ loaded: borrowing LoadedRows, facilities: Int) {
        facilityRows = Column(repeating: 0, count: facilities + 1)
        for row in 0..<loaded.count { facilityRows[Int(loaded.facility(of: row)) + 1] += 1 }
        for facility in 0..<facilities { facilityRows[facility + 1] += facilityRows[facility] }
        numbers = Self.numbers(byRunOf: loaded)
        if facilities > 1 { Self.order(&numbers, byFacilityOf: loaded, facilityRows) }
    }

    private static func numbers(byRunOf loaded: borrowing LoadedRows) -> Column<UInt32> {
        let runs = Int(RowRun.count)
        var next = Column<UInt32>(repeating: 0, count: runs + 1)
        for row in 0..<loaded.count { next[Int(loaded.run(of: row)) + 1] += 1 }
        for run in 0..<runs { next[run + 1] += next[run] }
        var numbers = Column<UInt32>(zeros: loaded.count)
        for row in 0..<loaded.count {
            let run = Int(loaded.run(of: row))
            numbers[row] = next[run]
            next[run] += 1
        }
        return numbers
    }

    /// Orders rows by their facilities, those of one facility as they stood.
    private static func order(
        _ numbers: inout Column<UInt32>, byFacilityOf loaded: borrowing LoadedRows,
        _ facilityRows: borrowing Column<UInt32>
    ) {
        var rows = Column<UInt32>(zeros: numbers.count)
        for row in 0..<numbers.count { rows[Int(numbers[row])] = UInt32(row) }
        var next = Column<UInt32>(repeating: 0, count: facilityRows.count)
        for facility in 0..<facilityRows.count { next[facility] = facilityRows[facility] }
        for number in 0..<rows.count {
            let row = Int(rows[number])
            let facility = Int(loaded.facility(of: row))
            numbers[row] = next[facility]
            next[facility] += 1
        }
    }
}

extension LoadedRows {
    fileprivate func run(of row: Int) -> UInt16 { keys[row].run.rawValue }
}
