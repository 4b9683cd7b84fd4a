internal import Matcher

/// The rows of an image, one behind the other: of each its record, then its texts, see `RowTexts`.
///
/// Whoever looks at a candidate needs both, and waits for memory once. Each row begins at a multiple of four
/// bytes, so that 32 bits say where.
struct RowHeap: ~Copyable, Sendable {
    /// What places count.
    static let unitBytes = 4

    private(set) var bytes = Column<UInt8>()

    init() {}

    /// Rows that were put together before.
    init(_ bytes: consuming Column<UInt8>) { self.bytes = bytes }

    /// Where the next row will begin; nil when 32 bits cannot say where.
    var end: RowPlace? {
        let padded = (bytes.count + Self.unitBytes - 1) / Self.unitBytes
        return UInt32(exactly: padded).map { RowPlace(rawValue: $0) }
    }

    @inline(__always)
    static func offset(of row: RowPlace) -> Int { Int(row.rawValue) * unitBytes }

    @inline(__always)
    func record(of row: RowPlace) -> RowRecord { bytes.load(at: Self.offset(of: row)) }

    /// The texts of a row, found once.
    @inline(__always)
    func texts(of row: RowPlace) -> RowTexts {
        RowTexts(at: Self.offset(of: row) + RowRecord.bytes, in: bytes)
    }

    /// Where the id of a row stands.
    @inline(__always)
    func id(of row: RowPlace) -> TextRange {
        RowTexts.id(at: Self.offset(of: row) + RowRecord.bytes, in: bytes)
    }

    /// The address of a row, with an empty name when absent.
    @_lifetime(borrow self)
    @inline(__always)
    func address(of row: RowPlace) -> ABHAAddressParts {
        let (name, domain) = RowTexts.address(
            at: Self.offset(of: row) + RowRecord.bytes, in: bytes)
        let parts = ABHAAddressParts(name: text(name), domain: domain)
        return unsafe _overrideLifetime(parts, borrowing: self)
    }

    /// A text of a row, lent.
    @_lifetime(borrow self)
    @inline(__always)
    func text(_ range: TextRange) -> Span<UInt8> {
        let span = bytes.span.extracting(range.start..<range.start + range.count)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    // MARK: Filling

    /// Adds a row's record, behind which its texts are then added.
    ///
    /// - Parameters:
    ///   - record: the record.
    ///   - row: what `end` says.
    @inline(__always)
    mutating func begin(_ record: RowRecord, at row: RowPlace) {
        bytes.append(zeros: Self.offset(of: row) - bytes.count)
        bytes.append(bytesOf: record)
    }

    /// Adds a byte to the texts of the last row.
    @inline(__always)
    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// Adds bytes to the texts of the last row.
    @inline(__always)
    mutating func append(_ text: Span<UInt8>) { bytes.append(text: text) }

    /// Says where the care contexts of a row begin.
    mutating func setContexts(first: Int, of row: RowPlace) {
        var record = record(of: row)
        record.setContexts(first: first)
        bytes.store(record, at: Self.offset(of: row))
    }

    /// Gives back the memory that growth had reserved.
    mutating func trim() { bytes.trim() }
}
