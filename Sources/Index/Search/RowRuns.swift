public import Matcher

/// Rows that follow each other.
public struct RowSpan: Sendable, BitwiseCopyable {
    /// The first one.
    public let start: Int
    /// How many there are.
    public let count: Int

    init(_ rows: Range<Int>) {
        start = rows.lowerBound
        count = rows.count
    }
}

extension PatientImage {
    /// The rows of a facility that a gender and birth years lead to, as few runs of memory.
    ///
    /// Rows without a gender or a birth year are among them: they may be anybody's.
    ///
    /// - Parameters:
    ///   - facility: whose rows.
    ///   - gender: `notStated` for any.
    ///   - years: nil for any.
    ///   - list: where the runs are added, in ascending order.
    /// - Complexity: O(log rows).
    public func runs(
        of facility: UInt16, gender: Gender, years: ClosedRange<Int>?,
        into list: inout ScratchList<RowSpan>
    ) {
        let all = rows(of: facility)
        guard gender != .notStated || years != nil else { return list.append(RowSpan(all)) }
        for recorded in Gender.allCases
        where gender == .notStated || recorded == .notStated || recorded == gender {
            let first = number(of: RowRun(recorded, year: 0), in: all)
            let dated = number(of: RowRun(recorded, year: 1), in: all)
            let next = number(behind: RowRun(recorded, year: RowRun.yearMax), in: all)
            guard let years else {
                list.append(RowSpan(first..<next))
                continue
            }
            list.append(RowSpan(first..<dated))
            let low = max(years.lowerBound, 1)
            let high = min(years.upperBound, RowRun.yearMax)
            guard low <= high else { continue }
            let start = number(of: RowRun(recorded, year: low), in: all)
            list.append(RowSpan(start..<number(behind: RowRun(recorded, year: high), in: all)))
        }
    }

    /// The number of a district as rows have it; nil when no row is of it.
    public func districtNumber(_ folded: Span<UInt8>) -> Int? {
        districts.find(folded).map { $0 + 1 }
    }

    /// The number of the district of the row that has a number; 0 where it has none.
    func districtNumber(ofRow number: Int) -> Int { heap.record(of: places[number]).district }

    /// Whether every district has a number: where there are too many, the rows of the last ones have none.
    public var hasEveryDistrict: Bool { districts.count < RowRecord.districtsMax }

    /// The number of the first of some rows whose run is not before this one.
    private func number(of run: RowRun, in rows: Range<Int>) -> Int {
        firstNumber(in: rows) { $0 < run }
    }

    /// The number of the first of some rows whose run is behind this one.
    private func number(behind run: RowRun, in rows: Range<Int>) -> Int {
        firstNumber(in: rows) { $0 <= run }
    }

    @inline(__always)
    private func firstNumber(in rows: Range<Int>, comesBefore: (RowRun) -> Bool) -> Int {
        var low = rows.lowerBound
        var high = rows.upperBound
        while low < high {
            let middle = (low + high) / 2
            let run = heap.record(of: places[middle]).run
            if comesBefore(run) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
