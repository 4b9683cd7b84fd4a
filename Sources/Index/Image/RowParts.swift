internal import Matcher

/// How many bytes the parts of rows take, all rows together.
public struct RowParts: Equatable, Sendable {
    /// Records, without what leads to care contexts.
    public private(set) var records = 0
    /// What leads from a record to its care contexts, in whole bytes.
    public private(set) var contextLinks = 0
    /// What a row says first of its texts.
    public private(set) var heads = 0
    /// Folded names.
    public private(set) var names = 0
    /// What ABHA addresses have before their `@`.
    public private(set) var addresses = 0
    /// The facilities' own ids.
    public private(set) var ids = 0
    /// Medical record numbers and other identifiers, with their types.
    public private(set) var identifiers = 0
    /// What stands between rows, and behind the last one.
    public internal(set) var padding = 0

    /// No rows.
    init() {}

    /// By name, in the order in which they stand.
    public var named: [(name: StaticString, bytes: Int)] {
        [
            ("records", records), ("care_context_links", contextLinks), ("text_heads", heads),
            ("names", names), ("address_names", addresses), ("ids", ids),
            ("identifiers", identifiers),
            ("padding", padding),
        ]
    }

    var total: Int { named.reduce(0) { $0 + $1.bytes } }

    mutating func add(_ row: RowPlace, of heap: borrowing RowHeap) {
        let texts = heap.texts(of: row)
        let id = texts.idStart(in: heap.bytes)
        let behind = texts.identifiersStart(in: heap.bytes)
        var cursor = IdentifierCursor(texts, in: heap.bytes)
        records += RowRecord.bytes - RowRecord.contextLinkBytes
        contextLinks += RowRecord.contextLinkBytes
        heads += 1
        names += texts.addressStart - texts.nameStart
        addresses += id - texts.addressStart
        ids += behind - id
        identifiers += cursor.end(in: heap.bytes) - behind
    }
}
