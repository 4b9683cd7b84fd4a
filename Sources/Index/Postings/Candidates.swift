public import Matcher

/// The rows of one facility that one key leads to, as numbers into the image.
public struct CandidateRows: Sendable {
    /// Of how many of a key's rows `prefetchNext` brings the details.
    public static let foreseenMax = PostingTable.firstRowsMax

    let kind: IdentifierKind
    let postings: Postings

    /// How many rows there are.
    public var count: Int { postings.count }

    /// No rows.
    public static let none = CandidateRows(kind: .mobile, postings: .none)
}

/// Where an identifier stands in the table of its kind: found once, for prefetches and the look-up.
public struct IdentifierKey: Sendable, BitwiseCopyable {
    let kind: IdentifierKind
    var type: UInt8 = 0
    let hash: UInt64
    /// What the bucket leads to, not compared with the key yet; nothing before it is asked for.
    var entry = PostingEntry.none
    /// What `prefetchNext` asks for next.
    public internal(set) var next = KeyLink.bucket
}

/// A link of the chain from a key to what a reply needs, in their order.
public enum KeyLink: UInt8, Comparable, Sendable, BitwiseCopyable {
    /// The key's bucket.
    case bucket
    /// The row that the bucket leads to, or the list of rows.
    case entry
    /// The rows of the list.
    case rows
    /// The care contexts of the rows.
    case details
    /// The chain is at its end.
    case nothing

    /// Whether a link comes earlier in the chain.
    @inlinable
    public static func < (a: KeyLink, b: KeyLink) -> Bool { a.rawValue < b.rawValue }
}

extension PatientImage {
    /// The key of an ABHA address in its normal form.
    @inline(__always)
    public func key(ofAddress address: Span<UInt8>, facility: UInt16) -> IdentifierKey {
        IdentifierKey(
            kind: .abhaAddress, hash: hash.of(ABHAAddressParts(address), facility: facility))
    }

    /// The key of an ABHA number or a mobile.
    @inline(__always)
    public func key(
        of kind: IdentifierKind, number: UInt64, facility: UInt16
    ) -> IdentifierKey {
        IdentifierKey(kind: kind, hash: hash.of(number, facility: facility))
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
        return IdentifierKey(
            kind: kind, type: type,
            hash: hash.of(query.bytes(identifier.text), facility: facility, salt: type))
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
    /// - Complexity: O(1) expected.
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
                self.isKey(address: address, facility: facility, on: row)
            }
        } else {
            let value = query.bytes(identifier.text)
            postings = tables[kind].find(key.hash) { row in
                self.isKey(identifier: value, type: key.type, facility: facility, on: row)
            }
        }
        return CandidateRows(kind: kind, postings: postings)
    }

    /// The row at a position below the candidates' count.
    public func row(of candidates: CandidateRows, at position: Int) -> RowPlace {
        tables[candidates.kind].row(of: candidates.postings, at: position)
    }

    /// Whether a row carries an identifier, whatever its facility.
    public func carries(
        _ identifier: QueryIdentifier, texts query: borrowing TextArena, row: RowPlace,
        rowTexts: RowTexts
    ) -> Bool {
        let kind = identifier.kind
        if kind.isNumber { return heap.record(of: row).number(kind) == identifier.number }
        if kind == .abhaAddress {
            let address = ABHAAddressParts(query.bytes(identifier.text))
            return rowTexts.addressDomain == address.domain
                && bytes(rowTexts.addressName).equals(address.name)
        }
        guard let type = identifierType(identifier, query) else { return false }
        return holds(query.bytes(identifier.text), type: type, rowTexts)
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
        address: borrowing ABHAAddressParts, facility: UInt16, on row: RowPlace
    ) -> Bool {
        self.facility(of: row) == facility && self.address(of: row).equals(address)
    }

    @inline(__always)
    func isKey(
        _ kind: IdentifierKind, number: UInt64, facility: UInt16, on row: RowPlace
    ) -> Bool {
        let record = heap.record(of: row)
        return record.number(kind) == number && record.facility == facility
    }

    func isKey(identifier: Span<UInt8>, type: UInt8, facility: UInt16, on row: RowPlace) -> Bool {
        self.facility(of: row) == facility && holds(identifier, type: type, texts(of: row))
    }

    private func holds(_ value: Span<UInt8>, type: UInt8, _ row: RowTexts) -> Bool {
        var cursor = IdentifierCursor(row)
        while let (rowType, range) = cursor.next(in: heap.bytes) {
            if rowType == type, bytes(range).equals(value) { return true }
        }
        return false
    }
}

extension IdentifierKind {
    /// Whether its values are numbers.
    @inline(__always)
    fileprivate var isNumber: Bool { self == .abhaNumber || self == .mobile }
}
