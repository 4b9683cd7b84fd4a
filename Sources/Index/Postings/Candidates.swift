public import Matcher

/// The rows of one facility that one key leads to, as numbers into the image.
public struct CandidateRows: Sendable {
    let kind: IdentifierKind
    let postings: Postings

    /// How many rows there are.
    public var count: Int { postings.count }

    /// No rows.
    public static let none = CandidateRows(kind: .mobile, postings: .none)
}

/// Where an identifier stands in the table of its kind: found once, for prefetches and the look-up.
public struct IdentifierKey: Sendable, BitwiseCopyable {
    let hash: UInt64
    /// The text as it is stored; of a number nothing.
    var text = PackedText.none
    /// What the bucket leads to, not compared with the key yet; nothing before it is asked for.
    var entry = PostingEntry.none
    let kind: IdentifierKind
    @usableFromInline var type: UInt8 = 0
    /// What `prefetchNext` asks for next.
    var next = KeyLink.bucket

    /// What stands for the key of an identifier when no row has one of its type.
    public static let nowhere = IdentifierKey(hash: 0, kind: .other, type: .max, next: .nothing)

    /// Whether it is not `nowhere`.
    @inlinable public var isSomewhere: Bool { type != .max }
}

/// A link of the chain from a key to its rows, in their order.
struct KeyLink: Comparable, Sendable, BitwiseCopyable {
    // Not an enumeration: which one comes behind a bucket is worked out without a jump.
    private let number: UInt64

    private init(number: UInt64) { self.number = number }

    /// The key's bucket.
    static var bucket: KeyLink { KeyLink(number: 0) }
    /// The row that the bucket leads to, or the list of rows.
    static var entry: KeyLink { KeyLink(number: 1) }
    /// The rows of the list.
    static var rows: KeyLink { KeyLink(number: 2) }
    /// The chain is at its end.
    static var nothing: KeyLink { KeyLink(number: 3) }

    /// What comes behind the entry of a bucket: a list has rows.
    @inline(__always)
    init(behind link: PostingLink) { number = 3 &- link.listBit }

    /// Whether a link comes earlier in the chain.
    static func < (a: KeyLink, b: KeyLink) -> Bool { a.number < b.number }
}

extension PatientImage {
    /// The key of an ABHA address in its normal form.
    @inline(__always)
    public func key(ofAddress address: Span<UInt8>, facility: UInt16) -> IdentifierKey {
        let parts = ABHAAddressParts(address)
        let text = PackedText(parts.name, RowTexts.letters)
        return IdentifierKey(
            hash: hash.of(text, parts.name, facility: facility, salt: parts.domain.rawValue),
            text: text, kind: .abhaAddress)
    }

    /// The key of an ABHA number or a mobile.
    @inline(__always)
    public func key(
        of kind: IdentifierKind, number: UInt64, facility: UInt16
    ) -> IdentifierKey {
        IdentifierKey(hash: hash.of(number, facility: facility), kind: kind)
    }

    /// The key of an identifier in its table; nil when no row has an identifier of its type.
    public func key(
        of identifier: QueryIdentifier, texts query: borrowing TextArena, facility: UInt16
    ) -> IdentifierKey? {
        let kind = identifier.kind
        if kind.isNumber { return key(of: kind, number: identifier.number, facility: facility) }
        if kind == .abhaAddress {
            return key(ofAddress: query.bytes(identifier.text), facility: facility)
        }
        guard let type = identifierType(identifier, query) else { return nil }
        let value = query.bytes(identifier.text)
        let text = PackedText(value, RowTexts.letters)
        return IdentifierKey(
            hash: hash.of(text, value, facility: facility, salt: type), text: text, kind: kind,
            type: type)
    }

    /// Adds the key of each identifier, or `IdentifierKey.nowhere` where no row has one of its type.
    ///
    /// - Parameters:
    ///   - identifiers: those of a query.
    ///   - query: the query's texts.
    ///   - facility: the facility that is asked.
    ///   - keys: where they are added.
    /// - Complexity: O(bytes of the identifiers).
    public func appendKeys(
        of identifiers: borrowing ScratchList<QueryIdentifier>, texts query: borrowing TextArena,
        facility: UInt16, to keys: inout ScratchList<IdentifierKey>
    ) {
        for index in identifiers.indices {
            keys.append(
                key(of: identifiers[index], texts: query, facility: facility) ?? .nowhere)
        }
    }

    /// The rows of a facility that carry an identifier, in ascending order.
    ///
    /// - Complexity: O(1) expected.
    public func rows(
        carrying identifier: QueryIdentifier, texts query: borrowing TextArena, facility: UInt16
    ) -> CandidateRows {
        guard let key = key(of: identifier, texts: query, facility: facility) else { return .none }
        return rows(carrying: identifier, key: key, texts: query, facility: facility)
    }

    /// The rows of a facility that carry an identifier whose key is known, in ascending order.
    ///
    /// - Parameters:
    ///   - index: the identifier's place in a list: of the identifier itself all would be copied.
    ///   - identifiers: the list.
    ///   - key: the identifier's key.
    ///   - query: the texts of the identifiers.
    ///   - facility: whose rows are meant.
    /// - Returns: the rows.
    /// - Complexity: O(1) expected.
    public func rows(
        carrying index: Int, of identifiers: borrowing ScratchList<QueryIdentifier>,
        key: IdentifierKey, texts query: borrowing TextArena, facility: UInt16
    ) -> CandidateRows {
        rows(carrying: identifiers[index], key: key, texts: query, facility: facility)
    }

    /// The same for an identifier by itself.
    @inline(__always)
    public func rows(
        carrying identifier: QueryIdentifier, key: IdentifierKey,
        texts query: borrowing TextArena, facility: UInt16
    ) -> CandidateRows {
        let kind = identifier.kind
        let postings: Postings
        if kind.isNumber {
            let number = identifier.number
            postings = tables[kind].find(key.hash) { row in
                self.isKey(kind, number: number, facility: facility, on: row)
            }
        } else if kind == .abhaAddress {
            let address = ABHAAddressParts(query.bytes(identifier.text))
            postings = tables[kind].find(key.hash) { row in
                self.facility(of: row) == facility
                    && self.isAddress(address, key.text, of: self.texts(of: row))
            }
        } else {
            let value = query.bytes(identifier.text)
            postings = tables[kind].findOneOfSeveral(key.hash) { row in
                self.facility(of: row) == facility
                    && self.holds(value, key.text, type: key.type, self.texts(of: row))
            }
        }
        return CandidateRows(kind: kind, postings: postings)
    }

    /// The row at a position below the candidates' count.
    public func row(of candidates: CandidateRows, at position: Int) -> RowPlace {
        tables[candidates.kind].row(of: candidates.postings, at: position)
    }

    /// Whether a row carries an identifier, whatever its facility.
    ///
    /// - Parameters:
    ///   - index: the identifier's place in a list: of the identifier itself all would be copied.
    ///   - identifiers: the list.
    ///   - keys: their keys, or `IdentifierKey.nowhere`, among others.
    ///   - firstKey: where theirs begin.
    ///   - query: the texts of the identifiers.
    ///   - row: the row.
    ///   - rowTexts: the row's texts.
    /// - Returns: whether it does.
    public func carries(
        _ index: Int, of identifiers: borrowing ScratchList<QueryIdentifier>,
        keys: borrowing ScratchList<IdentifierKey>, firstKey: Int,
        texts query: borrowing TextArena, row: RowPlace, rowTexts: RowTexts
    ) -> Bool {
        carries(
            identifiers[index], key: keys[firstKey + index], texts: query, row: row,
            rowTexts: rowTexts)
    }

    /// The same for an identifier by itself.
    @inline(__always)
    public func carries(
        _ identifier: QueryIdentifier, key: IdentifierKey, texts query: borrowing TextArena,
        row: RowPlace, rowTexts: RowTexts
    ) -> Bool {
        let kind = identifier.kind
        if kind.isNumber { return heap.record(of: row).number(kind) == identifier.number }
        let value = query.bytes(identifier.text)
        if kind == .abhaAddress {
            return isAddress(ABHAAddressParts(value), key.text, of: rowTexts)
        }
        return holds(value, key.text, type: key.type, rowTexts)
    }

    /// Whether any row carries an identifier of this type.
    public func knowsType(
        of identifier: QueryIdentifier, texts query: borrowing TextArena
    ) -> Bool {
        identifierType(identifier, query) != nil
    }

    private func identifierType(
        _ identifier: QueryIdentifier, _ query: borrowing TextArena
    ) -> UInt8? {
        identifier.kind == .medicalRecord
            ? IdentifierTypes.medicalRecord
            : identifierTypes.find(query.bytes(identifier.type))
    }

    // MARK: Keys of rows

    @inline(__always)
    func isKey(
        _ kind: IdentifierKind, number: UInt64, facility: UInt16, on row: RowPlace
    ) -> Bool {
        let record = heap.record(of: row)
        return record.number(kind) == number && record.facility == facility
    }

    @inline(__always)
    private func isAddress(
        _ address: borrowing ABHAAddressParts, _ name: PackedText, of row: RowTexts
    ) -> Bool {
        row.hasAddress && row.addressDomain == address.domain
            && name.stands(at: row.addressStart, in: heap.bytes, address.name, RowTexts.letters)
    }

    private func holds(
        _ value: Span<UInt8>, _ text: PackedText, type: UInt8, _ row: RowTexts
    ) -> Bool {
        var cursor = IdentifierCursor(row, in: heap.bytes)
        while let (rowType, start) = cursor.next(in: heap.bytes) {
            if rowType == type, text.stands(at: start, in: heap.bytes, value, RowTexts.letters) {
                return true
            }
        }
        return false
    }
}

extension IdentifierKind {
    /// Whether its values are numbers.
    @inline(__always)
    fileprivate var isNumber: Bool { self == .abhaNumber || self == .mobile }
}
