/// Where loaded rows stand in an image: by facility, then by gender and birth year, then as they came.
struct RowOrder: ~Copyable {
    /// For each loaded row its place in the image.
    private(set) var places: Column<UInt32>
    /// Of each facility the first place, and the place behind the last one's last.
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
        places = Self.places(byRunOf: loaded)
        if facilities > 1 { Self.order(&places, byFacilityOf: loaded, facilityRows) }
    }

    private static func places(byRunOf loaded: borrowing LoadedRows) -> Column<UInt32> {
        var next = Column<UInt32>(repeating: 0, count: RowRun.count + 1)
        for row in 0..<loaded.count { next[Int(loaded.run(of: row)) + 1] += 1 }
        for run in 0..<RowRun.count { next[run + 1] += next[run] }
        var places = Column<UInt32>(repeating: 0, count: loaded.count)
        for row in 0..<loaded.count {
            let run = Int(loaded.run(of: row))
            places[row] = next[run]
            next[run] += 1
        }
        return places
    }

    /// Orders rows by their facilities, those of one facility as they stood.
    private static func order(
        _ places: inout Column<UInt32>, byFacilityOf loaded: borrowing LoadedRows,
        _ facilityRows: borrowing Column<UInt32>
    ) {
        var rows = Column<UInt32>(repeating: 0, count: places.count)
        for row in 0..<places.count { rows[Int(places[row])] = UInt32(row) }
        var next = Column<UInt32>(repeating: 0, count: facilityRows.count)
        for facility in 0..<facilityRows.count { next[facility] = facilityRows[facility] }
        for place in 0..<rows.count {
            let row = Int(rows[place])
            let facility = Int(loaded.facility(of: row))
            places[row] = next[facility]
            next[facility] += 1
        }
    }
}

extension LoadedRows {
    fileprivate func run(of row: Int) -> UInt16 { rows[row].record.run.rawValue }
}
