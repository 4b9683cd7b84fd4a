public import Matcher
internal import Synchronization

/// An immutable image of all patient records: rows, texts, care contexts, and postings by key.
///
/// Rows are numbered from 0, ordered by facility, gender and birth year: those that a search by name looks
/// at are one run of memory. A row is 24 bytes of fixed columns, four of letters, its texts one after the
/// other in one heap, and an entry in up to four posting tables. Ten million patients with four identifiers
/// and a name take less than 1.2 GB.
public struct PatientImage: ~Copyable, Sendable {
    var rows = Column<RowRecord>()
    /// Of each row's name.
    var nameLetters = Column<NameLetters>()
    var texts = Column<UInt8>()
    var facilities: NumberedTexts
    /// Of each facility the first row, and the row behind the last one's last.
    var facilityRows = Column<UInt32>()
    var districts: NumberedTexts
    var contexts = CareContexts()
    var identifierTypes = IdentifierTypes()
    var tables = PostingTables()
    /// The name tokens that many persons of a facility bear.
    public internal(set) var establishedTokens = EstablishedTokens()
    let hash: KeyHash
    /// What lends the columns of an image that was read from a file.
    var pages: DemandPages?
    /// Nobody asks for it: what holds an atomic cannot be copied bit by bit, so that the compiler lends an image by
    /// its address, and not a kilobyte of columns, a copy for each request.
    private let place = Atomic<UInt8>(0)

    init(hash: KeyHash) {
        self.hash = hash
        facilities = NumberedTexts(hash: hash, countMax: Int(UInt16.max))
        districts = NumberedTexts(hash: hash, countMax: RowRecord.districtsMax)
    }

    /// How many patient records there are.
    public var count: Int { rows.count }

    /// How many care contexts there are.
    public var careContextCount: Int { contexts.count }

    /// How many facilities have at least one row.
    public var facilityCount: Int { facilities.count }

    /// Memory of the patients' rows, texts and postings, without care contexts.
    public var patientBytes: Int { columns.reduce(0) { $0 + $1.bytes } }

    /// Memory of the care contexts.
    public var careContextBytes: Int { contexts.bytes }

    /// What the patients' memory is used for.
    public var columns: [(name: StaticString, bytes: Int)] {
        [
            ("rows", rows.bytes), ("name_letters", nameLetters.bytes), ("texts", texts.bytes),
            ("facilities", facilities.bytes + facilityRows.bytes), ("districts", districts.bytes),
            ("address_table", tables[.abhaAddress].bytes),
            ("number_table", tables[.abhaNumber].bytes), ("mobile_table", tables[.mobile].bytes),
            ("identifier_table", tables[.other].bytes),
        ]
    }

    /// The facility of that id; nil when no row names it.
    public func facility(named name: Span<UInt8>) -> UInt16? {
        facilities.find(name).map { UInt16($0) }
    }

    /// The id of a facility.
    @_lifetime(borrow self)
    public func facilityName(_ facility: UInt16) -> Span<UInt8> { facilities.text(Int(facility)) }

    /// The rows of a facility.
    public func rows(of facility: UInt16) -> Range<Int> {
        Int(facilityRows[Int(facility)])..<Int(facilityRows[Int(facility) + 1])
    }

    /// The facility that keeps a row.
    ///
    /// - Complexity: O(log facilities).
    public func facility(of row: Int) -> UInt16 {
        var low = 0
        var high = facilities.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(facilityRows[middle]) <= row { low = middle } else { high = middle }
        }
        return UInt16(low)
    }

    /// Whether a facility keeps a row.
    @inline(__always)
    func isRow(_ row: Int, of facility: UInt16) -> Bool {
        row >= Int(facilityRows[Int(facility)]) && row < Int(facilityRows[Int(facility) + 1])
    }

    /// The fixed-size facts of a row.
    public func facts(of row: Int) -> PatientFacts { rows[row].facts }

    /// The texts of a row, found once.
    public func texts(of row: Int) -> RowTexts {
        RowTexts(at: rows[row].textOffset, in: texts)
    }

    /// The bytes of a text of a row.
    @_lifetime(borrow self)
    public func bytes(_ range: TextRange) -> Span<UInt8> {
        let span = texts.span.extracting(range.start..<range.start + range.count)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The care contexts of a row, as numbers for `careContext`.
    public func careContexts(of row: Int) -> Range<Int> { contexts.range(of: row) }

    /// One care context.
    public func careContext(_ index: Int) -> CareContextView { contexts.view(index) }

    /// What the facility calls a care context.
    @_lifetime(borrow self)
    public func reference(of context: CareContextView) -> Span<UInt8> {
        let start = context.textOffset
        let span = contexts.texts.span.extracting(start..<start + context.referenceCount)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// What the person is shown of a care context.
    @_lifetime(borrow self)
    public func display(of context: CareContextView) -> Span<UInt8> {
        let start = context.textOffset + context.referenceCount
        let span = contexts.texts.span.extracting(start..<start + context.displayCount)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The facility's own id of a row.
    @_lifetime(borrow self)
    public func id(of row: Int) -> Span<UInt8> {
        bytes(RowTexts.id(at: rows[row].textOffset, in: texts))
    }

    /// The folded district of a row; empty when absent.
    @_lifetime(borrow self)
    public func district(of row: Int) -> Span<UInt8> {
        let district = rows[row].district
        guard district > 0 else { return Span() }
        return districts.text(district - 1)
    }
}
