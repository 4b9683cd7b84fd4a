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

    /// Where the id of a row begins.
    @inline(__always)
    func idStart(of row: RowPlace) -> Int { texts(of: row).idStart(in: bytes) }

    /// The hash of a text of a row.
    ///
    /// - Parameters:
    ///   - start: where it begins.
    ///   - letters: the case of its letters.
    ///   - hash: of the keys.
    ///   - facility: whose row it is.
    ///   - salt: what tells its type.
    ///   - text: where a long one is read.
    /// - Returns: the same as of the text that was packed.
    @inline(__always)
    func hash(
        ofTextAt start: Int, _ letters: LetterCase, _ hash: KeyHash, facility: UInt16,
        salt: UInt8 = 0, _ text: inout UnpackedText
    ) -> UInt64 {
        let packed = PackedText(at: start, in: bytes)
        guard packed.isShort else {
            return longHash(ofTextAt: start, letters, hash, facility, salt, &text)
        }
        return hash.of(short: packed, facility: facility, salt: salt)
    }

    @inline(never)
    private func longHash(
        ofTextAt start: Int, _ letters: LetterCase, _ hash: KeyHash, _ facility: UInt16,
        _ salt: UInt8, _ text: inout UnpackedText
    ) -> UInt64 {
        text.read(textAt: start, in: bytes, letters)
        return hash.of(text.bytes, facility: facility, salt: salt)
    }

    /// Whether two rows that have an ABHA address have the same one.
    @inline(__always)
    func haveSameAddress(_ texts: RowTexts, _ other: RowTexts) -> Bool {
        texts.addressDomain == other.addressDomain
            && PackedText.areEqual(texts.addressStart, other.addressStart, in: bytes)
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

    /// Adds a name to the texts of the last row.
    @inline(__always)
    mutating func append(name: Span<UInt8>) { PackedName.append(name, to: &bytes) }

    /// Adds a text to the texts of the last row.
    @inline(__always)
    mutating func append(_ packed: PackedText, of text: Span<UInt8>, _ letters: LetterCase) {
        packed.append(text, letters, to: &bytes)
    }

    /// Says where the care contexts of a row begin.
    mutating func setContexts(first: Int, of row: RowPlace) {
        var record = record(of: row)
        record.setContexts(first: first)
        bytes.store(record, at: Self.offset(of: row))
    }

    /// Gives back the memory that growth had reserved.
    mutating func trim() { bytes.trim() }
}
