public import Matcher

/// An immutable image of all patient records: rows, texts, care contexts, and postings by key.
///
/// Rows are numbered from 0. A row is 32 bytes of fixed columns, its texts one after the other in one
/// heap, and an entry in up to four posting tables. Ten million patients with four identifiers and a
/// name take less than 1.2 GB.
public struct PatientImage: ~Copyable, Sendable {
    /// Text offsets are 32 bits from a base that every so many rows share.
    static let chunkRows = 1 << 16

    var rows = Column<RowRecord>()
    var texts = Column<UInt8>()
    var chunkBases = Column<UInt64>()
    var facilities: Facilities
    var contexts = CareContexts()
    var identifierTypes = IdentifierTypes()
    var tables = PostingTables()
    /// The name tokens that many persons of a facility bear.
    public internal(set) var establishedTokens = EstablishedTokens()
    let hash: KeyHash
    /// What lends the columns of an image that was read from a file.
    var pages: DemandPages?

    init(hash: KeyHash) {
        self.hash = hash
        facilities = Facilities(hash: hash)
    }

    /// How many patient records there are.
    public var count: Int { max(0, rows.count - 1) }  // the last record only ends the care contexts

    /// How many care contexts there are.
    public var careContextCount: Int { contexts.count }

    /// How many facilities have at least one row.
    public var facilityCount: Int { facilities.count }

    /// Memory of the patients' rows, texts and postings, without care contexts.
    public var patientBytes: Int {
        rows.bytes + texts.bytes + chunkBases.bytes + facilities.bytes + tables.bytes
    }

    /// Memory of the care contexts.
    public var careContextBytes: Int { contexts.bytes }

    /// The facility of that id; nil when no row names it.
    public func facility(named name: Span<UInt8>) -> UInt16? { facilities.find(name) }

    /// The id of a facility.
    @_lifetime(borrow self)
    public func facilityName(_ facility: UInt16) -> Span<UInt8> { facilities.name(facility) }

    /// The facility that keeps a row.
    public func facility(of row: Int) -> UInt16 { rows[row].facility }

    /// The fixed-size facts of a row.
    public func facts(of row: Int) -> PatientFacts { rows[row].facts }

    /// The texts of a row, found once.
    public func texts(of row: Int) -> RowTexts {
        RowTexts(rows[row], base: textBase(of: row), in: texts)
    }

    /// The bytes of a text of a row.
    @_lifetime(borrow self)
    public func bytes(_ range: TextRange) -> Span<UInt8> {
        let span = texts.span.extracting(range.start..<range.start + range.count)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The care contexts of a row, as numbers for `careContext`.
    public func careContexts(of row: Int) -> Range<Int> {
        Int(rows[row].contextsStart)..<Int(rows[row + 1].contextsStart)
    }

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

    @inline(__always)
    func textBase(of row: Int) -> Int {
        Int(chunkBases[row / PatientImage.chunkRows]) + Int(rows[row].textOffset)
    }
}

/// Where the texts of one row stand.
public struct RowTexts: Sendable {
    /// The facility's own id of the record.
    public let id: TextRange
    /// The normalised ABHA address; empty when absent.
    public let abhaAddress: TextRange
    /// The folded name; empty when absent.
    public let name: TextRange
    /// The first byte of the identifiers: their count, then type, length and text of each.
    let identifiersStart: Int

    init(_ row: RowRecord, base: Int, in texts: borrowing Column<UInt8>) {
        id = TextRange(start: base, count: Int(row.idCount))
        abhaAddress = TextRange(start: base + id.count, count: Int(row.addressCount))
        var offset = abhaAddress.start + abhaAddress.count
        // One byte below 128, two above.
        var count = Int(texts[offset])
        offset += 1
        if count >= 0x80 {
            count = (count & 0x7F) << 8 | Int(texts[offset])
            offset += 1
        }
        name = TextRange(start: offset, count: count)
        identifiersStart = offset + count
    }
}
