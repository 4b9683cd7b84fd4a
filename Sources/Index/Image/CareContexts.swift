public import Matcher

/// A care context of a row, as an image lends it.
public struct CareContextView: Sendable {
    let record: CareContexts.Record

    var textOffset: Int { Int(record.packed & (1 << 40 - 1)) }
    var referenceCount: Int { Int(record.packed >> 40 & 0xFF) }
    var displayCount: Int { Int(record.displayCount) }

    /// The kind of health information.
    public var hiType: HealthInformationType {
        HealthInformationType(rawValue: UInt8(record.packed >> 48 & 0xFF)) ?? .notStated
    }

    /// nil when the source has none.
    public var date: BirthDate? { CareContexts.date(of: record.date) }

    /// Whether it is linked to the person's ABHA address already.
    public var isLinked: Bool { record.packed >> 56 & 1 == 1 }
}

/// The care contexts of all rows, those of one row side by side.
struct CareContexts: ~Copyable, Sendable {
    /// 16 bytes a care context, and its texts.
    struct Record: BitwiseCopyable, Sendable {
        /// Text offset in the low 40 bits, reference's length in the next 8, HI type, linked, whether it is the
        /// last one of its row.
        var packed: UInt64
        /// Year, month and day as decimal digits, 0 when absent.
        var date: UInt32
        var displayCount: UInt16
        var unused: UInt16 = 0

        var isLast: Bool {
            @inline(__always) get { packed >> 57 & 1 == 1 }
            set { packed = packed & ~(1 << 57) | (newValue ? 1 << 57 : 0) }
        }
    }

    private(set) var records = Column<Record>()
    private(set) var texts = Column<UInt8>()

    init() {}

    /// Care contexts that were put into order before.
    init(records: consuming Column<Record>, texts: consuming Column<UInt8>) {
        self.records = records
        self.texts = texts
    }

    var count: Int { records.count }

    var bytes: Int { records.bytes + texts.bytes }

    /// The records of a row.
    ///
    /// - Complexity: O(1), and where there are more than a row can count O(records of the row).
    @inline(__always)
    func range(of row: RowRecord) -> Range<Int> {
        let first = row.firstContext
        var end = first + row.contextCount
        if row.contextCount == RowRecord.manyContexts {
            while !records[end - 1].isLast { end += 1 }
        }
        return first..<end
    }

    mutating func append(_ context: borrowing CareContextRecord) {
        let reference = context.texts.bytes(context.reference)
        let display = context.texts.bytes(context.display)
        let offset = UInt64(texts.count)
        precondition(offset < 1 << 40, "care context texts exceed their 40-bit offsets")
        texts.append(reference)
        texts.append(display)
        records.append(
            Record(
                packed: offset | UInt64(reference.count) << 40
                    | UInt64(context.hiType.rawValue) << 48 | (context.isLinked ? 1 << 56 : 0),
                date: Self.digits(of: context.date), displayCount: UInt16(display.count)))
    }

    /// Puts the records into the order of their rows, which learn where theirs begin.
    ///
    /// - Parameters:
    ///   - rows: for each record the number of the row it belongs to.
    ///   - loaded: the rows.
    /// - Complexity: O(rows + records); the order within a row is kept.
    mutating func sort(rows: borrowing Column<UInt32>, of loaded: inout LoadedRows) {
        texts.trim()
        guard count > 0 else { return }
        var next = Column<UInt32>(repeating: 0, count: loaded.count + 1)
        for index in 0..<count { next[Int(rows[index]) + 1] += 1 }
        for row in 0..<loaded.count {
            if next[row + 1] > 0 {
                loaded.heap.setContexts(
                    first: Int(next[row]), count: Int(next[row + 1]), of: loaded.places[row])
            }
            next[row + 1] += next[row]
        }
        var sorted = Column<Record>(
            repeating: Record(packed: 0, date: 0, displayCount: 0), count: count)
        for index in 0..<count {
            let row = Int(rows[index])
            sorted[Int(next[row])] = records[index]
            next[row] += 1
        }
        // Each now has where the one behind it begins.
        var start: UInt32 = 0
        for row in 0..<loaded.count {
            if next[row] > start { sorted[Int(next[row]) - 1].isLast = true }
            start = next[row]
        }
        records = sorted
    }

    func view(_ index: Int) -> CareContextView { CareContextView(record: records[index]) }

    private static func digits(of date: BirthDate?) -> UInt32 {
        switch date {
        case nil: 0
        case .yearOnly(let year): UInt32(year) * 10_000
        case .day(let year, let month, let day):
            UInt32(year) * 10_000 + UInt32(month) * 100 + UInt32(day)
        }
    }

    static func date(of digits: UInt32) -> BirthDate? {
        guard digits > 0 else { return nil }
        let year = UInt16(digits / 10_000)
        let month = UInt8(digits / 100 % 100)
        return month == 0
            ? .yearOnly(year) : .day(year: year, month: month, day: UInt8(digits % 100))
    }
}
