public import Matcher
internal import Synchronization

/// An immutable image of all patient records: rows, texts, care contexts, and postings by key.
///
/// Rows stand in one heap, in the order in which they came: a place leads to all that is known of a patient.
/// They are also numbered from 0, by facility, gender and birth year: those that a search by name looks at are
/// one run of memory, four bytes of letters each. Ten million patients with four identifiers and a name take
/// less than 1 GB.
public struct PatientImage: ~Copyable, Sendable {
    var heap = RowHeap()
    /// For each number the row's place.
    var places = Column<RowPlace>()
    /// For each number the letters of the row's name.
    var nameLetters = Column<NameLetters>()
    var facilities: NumberedTexts
    /// Of each facility the number of its first row, and the number behind the last one's last.
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
    public var count: Int { places.count }

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
            ("rows", heap.bytes.bytes), ("places", places.bytes),
            ("name_letters", nameLetters.bytes),
            ("facilities", facilities.bytes + facilityRows.bytes), ("districts", districts.bytes),
            ("address_table", tables[.abhaAddress].bytes),
            ("number_table", tables[.abhaNumber].bytes), ("mobile_table", tables[.mobile].bytes),
            ("identifier_table", tables[.other].bytes),
        ]
    }

    /// What searches by name alone need, of the patients' memory.
    public var searchBytes: Int { places.bytes + nameLetters.bytes }

    /// What the rows' memory is used for.
    ///
    /// - Complexity: O(rows).
    public var rowParts: RowParts {
        var parts = RowParts()
        for number in 0..<count { parts.add(places[number], of: heap) }
        parts.padding = heap.bytes.bytes - parts.total
        return parts
    }

    /// The facility of that id; nil when no row names it.
    public func facility(named name: Span<UInt8>) -> UInt16? {
        facilities.find(name).map { UInt16($0) }
    }

    /// The id of a facility.
    @_lifetime(borrow self)
    public func facilityName(_ facility: UInt16) -> Span<UInt8> { facilities.text(Int(facility)) }

    /// The numbers of a facility's rows.
    public func rows(of facility: UInt16) -> Range<Int> {
        Int(facilityRows[Int(facility)])..<Int(facilityRows[Int(facility) + 1])
    }

    /// Where the row of a number below `count` stands.
    public func place(ofRow number: Int) -> RowPlace { places[number] }

    /// The facility that keeps a row.
    public func facility(of row: RowPlace) -> UInt16 { heap.record(of: row).facility }

    /// The fixed-size facts of a row.
    public func facts(of row: RowPlace) -> PatientFacts { heap.record(of: row).facts }

    /// The gender and the year of birth of a row.
    public func genderAndYear(of row: RowPlace) -> GenderAndYear {
        heap.record(of: row).genderAndYear
    }

    /// The texts of a row, found once.
    public func texts(of row: RowPlace) -> RowTexts { heap.texts(of: row) }

    /// Reads the folded name of a row; empty when absent.
    ///
    /// - Parameters:
    ///   - texts: the row's.
    ///   - text: where it is read.
    /// - Complexity: O(bytes), eight of them in some twenty instructions.
    @inline(__always)
    public func readName(of texts: RowTexts, into text: inout UnpackedText) {
        text.read(nameAt: texts.nameStart, in: heap.bytes)
    }

    /// The folded name of a row as it is stored: the same bytes exactly where names are the same.
    @_lifetime(borrow self)
    public func packedName(of texts: RowTexts) -> Span<UInt8> {
        let span = heap.bytes.span.extracting(texts.nameStart..<texts.addressStart)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// Reads the facility's own id of a row.
    @inline(__always)
    public func readID(of row: RowPlace, into text: inout UnpackedText) {
        text.read(textAt: heap.idStart(of: row), in: heap.bytes, RowTexts.idLetters)
    }

    /// Whether the id of a row comes before the one of another, byte by byte.
    public func isIDOrdered(_ row: RowPlace, before other: RowPlace) -> Bool {
        PackedForm.precedes(
            heap.idStart(of: row), heap.idStart(of: other), in: heap.bytes, RowTexts.idLetters)
    }

    /// Whether two rows have the same ABHA address; nil where one of them has none.
    public func haveSameAddress(_ row: RowPlace, _ other: RowPlace) -> Bool? {
        let (texts, others) = (texts(of: row), texts(of: other))
        guard texts.hasAddress, others.hasAddress else { return nil }
        return heap.haveSameAddress(texts, others)
    }

    /// Reads what the ABHA address of a row has before its `@`; empty when absent.
    public func readAddressName(of texts: RowTexts, into text: inout UnpackedText) {
        guard texts.hasAddress else { return text.clear() }
        text.read(textAt: texts.addressStart, in: heap.bytes, RowTexts.letters)
    }

    /// The care contexts of a row, for `next`.
    public func careContexts(of row: RowPlace) -> CareContextCursor {
        contexts.cursor(of: heap.record(of: row))
    }

    /// The next care context of a row; nil behind the last.
    public func next(_ contexts: inout CareContextCursor) -> CareContextView? {
        self.contexts.next(&contexts)
    }

    /// What the facility calls a care context.
    @_lifetime(borrow self)
    public func reference(of context: CareContextView) -> Span<UInt8> {
        let start = context.place
        let span = contexts.heap.span.extracting(start..<start + context.referenceCount)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// What the person is shown of a care context.
    @_lifetime(borrow self)
    public func display(of context: CareContextView) -> Span<UInt8> {
        let start = context.place + context.referenceCount
        let span = contexts.heap.span.extracting(start..<start + context.displayCount)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The folded district of a row; empty when absent.
    @_lifetime(borrow self)
    public func district(of row: RowPlace) -> Span<UInt8> {
        let district = heap.record(of: row).district
        guard district > 0 else { return Span() }
        return districts.text(district - 1)
    }
}
