public import Matcher

/// A care context of a row, as an image lends it.
public struct CareContextView: Sendable {
    let head: CareContextHead
    /// Where its texts begin: no two care contexts of an image begin at the same place.
    public let place: Int

    var referenceCount: Int { head.referenceCount }
    var displayCount: Int { head.displayCount }

    /// The kind of health information.
    public var hiType: HealthInformationType { head.hiType }

    /// nil when the source has none.
    public var date: BirthDate? { head.date }

    /// Whether it is linked to the person's ABHA address already.
    public var isLinked: Bool { head.isLinked }
}

/// How far somebody is who looks at the care contexts of a row, one after the other.
public struct CareContextCursor: Sendable {
    var offset: Int
    var isAtEnd: Bool
}

/// What stands in front of a care context's texts.
///
///     reference's length 8 | display's length 16 | HI type 8 | linked 1 | last of its row 1 | year 16, month 4, day 5
struct CareContextHead: BitwiseCopyable, Sendable {
    /// Bytes in memory.
    static let bytes = 8
    private static let displayBits: UInt64 = 8
    private static let typeBits: UInt64 = 24
    private static let linkedBits: UInt64 = 32
    private static let lastBits: UInt64 = 33
    private static let dateBits: UInt64 = 34

    private var bits: UInt64

    init(_ context: borrowing CareContextRecord) {
        let date = Self.parts(of: context.date)
        bits =
            UInt64(context.reference.count) | UInt64(context.display.count) << Self.displayBits
            | UInt64(context.hiType.rawValue) << Self.typeBits
            | (context.isLinked ? 1 << Self.linkedBits : 0)
            | (date.year | date.month << 16 | date.day << 20) << Self.dateBits
    }

    var referenceCount: Int {
        @inline(__always) get { Int(bits & 0xFF) }
    }

    var displayCount: Int {
        @inline(__always) get { Int(bits >> Self.displayBits & 0xFFFF) }
    }

    /// Of head and texts.
    var bytesWithTexts: Int {
        @inline(__always) get { Self.bytes + referenceCount + displayCount }
    }

    var hiType: HealthInformationType {
        HealthInformationType(rawValue: UInt8(truncatingIfNeeded: bits >> Self.typeBits))
            ?? .notStated
    }

    var isLinked: Bool { bits >> Self.linkedBits & 1 == 1 }

    /// Whether that of another row, or nothing, stands behind it.
    var isLast: Bool {
        @inline(__always) get { bits >> Self.lastBits & 1 == 1 }
        set {
            bits = bits & ~(1 << Self.lastBits) | (newValue ? 1 << Self.lastBits : 0)
        }
    }

    var date: BirthDate? {
        let year = UInt16(truncatingIfNeeded: bits >> Self.dateBits)
        guard year > 0 else { return nil }
        let month = UInt8(truncatingIfNeeded: bits >> (Self.dateBits + 16) & 15)
        let day = UInt8(truncatingIfNeeded: bits >> (Self.dateBits + 20) & 31)
        return month == 0 ? .yearOnly(year) : .day(year: year, month: month, day: day)
    }

    private static func parts(
        of date: BirthDate?
    ) -> (year: UInt64, month: UInt64, day: UInt64) {
        switch date {
        case nil: (0, 0, 0)
        case .yearOnly(let year): (UInt64(year), 0, 0)
        case .day(let year, let month, let day): (UInt64(year), UInt64(month), UInt64(day))
        }
    }
}

/// The care contexts of all rows, those of one row one behind the other: of each its head, then its texts.
///
/// Whoever looks at them needs both, and waits for memory once. Those of a row begin at a multiple of four bytes,
/// so that 32 bits say where.
struct CareContexts: ~Copyable, Sendable {
    /// What places count.
    static let unitBytes = 4
    /// So many bytes can be told apart by places.
    private static let bytesMax = unitBytes << 32

    private(set) var heap = Column<UInt8>()
    private(set) var count = 0
    /// Of the last one that was added.
    private var lastHead = 0

    init() {}

    /// Care contexts that were put into order before.
    ///
    /// - Parameters:
    ///   - heap: heads and texts.
    ///   - count: how many there are.
    init(_ heap: consuming Column<UInt8>, count: Int) {
        self.heap = heap
        self.count = count
    }

    var bytes: Int { heap.bytes }

    /// Those of a row.
    @inline(__always)
    func cursor(of row: RowRecord) -> CareContextCursor {
        CareContextCursor(
            offset: row.firstContext * Self.unitBytes, isAtEnd: !row.hasContexts)
    }

    /// The next one of a row; nil behind the last.
    @inline(__always)
    func next(_ cursor: inout CareContextCursor) -> CareContextView? {
        guard !cursor.isAtEnd else { return nil }
        let head = head(at: cursor.offset)
        let place = cursor.offset + CareContextHead.bytes
        cursor.offset += head.bytesWithTexts
        cursor.isAtEnd = head.isLast
        return CareContextView(head: head, place: place)
    }

    @inline(__always)
    private func head(at offset: Int) -> CareContextHead { heap.load(at: offset) }

    // MARK: Filling

    /// Adds a care context.
    ///
    /// - Parameters:
    ///   - context: what is added.
    ///   - isBehindItsOwn: whether the one that was added before is of the same row.
    /// - Returns: where it begins; nil where 32 bits cannot say where.
    mutating func append(
        _ context: borrowing CareContextRecord, isBehindItsOwn: Bool
    ) -> Int? {
        var head = CareContextHead(context)
        if isBehindItsOwn {
            var previous = self.head(at: lastHead)
            previous.isLast = false
            heap.store(previous, at: lastHead)
        } else {
            heap.append(zeros: Self.padded(heap.count) - heap.count)
        }
        guard heap.count < Self.bytesMax - head.bytesWithTexts else { return nil }
        head.isLast = true
        lastHead = heap.count
        heap.append(bytesOf: head)
        heap.append(text: context.texts.bytes(context.reference))
        heap.append(text: context.texts.bytes(context.display))
        count += 1
        return lastHead / Self.unitBytes
    }

    /// Gives back the memory that growth had reserved.
    mutating func trim() { heap.trim() }

    /// Puts care contexts that came in any order side by side, row by row; the rows learn where theirs begin.
    ///
    /// - Parameters:
    ///   - rows: for each, in the order in which they came, the number of the row it belongs to.
    ///   - loaded: the rows.
    /// - Complexity: O(rows + bytes); the order within a row is kept.
    mutating func sort(rows: borrowing Column<UInt32>, of loaded: inout LoadedRows) {
        guard count > 0 else { return }
        // How many bytes each row has, then where they begin, then where the next one goes.
        var next = Column<Int>(repeating: 0, count: loaded.count)
        var offset = 0
        for index in 0..<count {
            let head = head(at: offset)
            next[Int(rows[index])] += head.bytesWithTexts
            offset = offsetBehind(head, at: offset)
        }
        var end = 0
        for row in 0..<loaded.count {
            let bytes = next[row]
            next[row] = end
            if bytes > 0 {
                loaded.heap.setContexts(first: end / Self.unitBytes, of: loaded.places[row])
            }
            end += Self.padded(bytes)
        }
        precondition(end < Self.bytesMax, "care contexts exceed their 32-bit places")
        var sorted = Column<UInt8>(zeros: end)
        offset = 0
        for index in 0..<count {
            var head = head(at: offset)
            let texts = offset + CareContextHead.bytes..<offset + head.bytesWithTexts
            offset = offsetBehind(head, at: offset)
            let row = Int(rows[index])
            head.isLast = false
            sorted.store(head, at: next[row])
            sorted.store(heap.span.extracting(texts), at: next[row] + CareContextHead.bytes)
            next[row] += head.bytesWithTexts
        }
        heap = sorted
        for row in 0..<loaded.count {
            markLast(of: loaded.heap.record(of: loaded.places[row]), end: next[row])
        }
    }

    /// Where the one begins that came behind another one, of the same row or of the next.
    private func offsetBehind(_ head: CareContextHead, at offset: Int) -> Int {
        let end = offset + head.bytesWithTexts
        return head.isLast ? Self.padded(end) : end
    }

    private static func padded(_ bytes: Int) -> Int {
        (bytes + unitBytes - 1) / unitBytes * unitBytes
    }

    private mutating func markLast(of row: RowRecord, end: Int) {
        guard row.hasContexts else { return }
        var offset = row.firstContext * Self.unitBytes
        while true {
            var head = head(at: offset)
            if offset + head.bytesWithTexts == end {
                head.isLast = true
                return heap.store(head, at: offset)
            }
            offset += head.bytesWithTexts
        }
    }
}
