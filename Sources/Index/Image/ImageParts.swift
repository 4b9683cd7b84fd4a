internal import Dispatch
internal import Matcher
internal import Synchronization

/// What is made of loaded rows when no more come.
///
/// The parts have nothing to do with one another: each is made by one thread, as many at a time as there are
/// cores, and is the same however many there are.
struct ImageParts: ~Copyable {
    var tables = PostingTables()
    var numbering = RowNumbering()
    private(set) var establishedTokens = EstablishedTokens()

    /// Makes all parts.
    ///
    /// - Parameters:
    ///   - loaded: the rows.
    ///   - facilities: how many there are.
    ///   - hash: of the tables' keys.
    init(of loaded: borrowing LoadedRows, facilities: Int, _ hash: KeyHash) {
        // A place of its own for each part, so that the makers share nothing.
        let abhaAddress = Mutex(PostingTable(keys: 0))
        let abhaNumber = Mutex(PostingTable(keys: 0))
        let mobile = Mutex(PostingTable(keys: 0))
        let other = Mutex(PostingTable(keys: 0))
        let numbers = Mutex(RowNumbering())
        let tokens = Mutex(EstablishedTokens())
        DispatchQueue.concurrentPerform(iterations: 6) { part in
            // The longest first, so that no core is left with one at the end.
            switch part {
            case 0:
                let census = NameCensus.take(of: loaded)
                tokens.withLock { $0 = census }
            case 1: TableBuilder.fill(other, .other, of: loaded, hash)
            case 2: TableBuilder.fill(mobile, .mobile, of: loaded, hash)
            case 3: TableBuilder.fill(abhaNumber, .abhaNumber, of: loaded, hash)
            case 4: TableBuilder.fill(abhaAddress, .abhaAddress, of: loaded, hash)
            default:
                var numbering = RowNumbering(of: loaded, facilities: facilities)
                numbers.withLock { swap(&$0, &numbering) }
            }
        }
        abhaAddress.withLock { swap(&$0, &tables[.abhaAddress]) }
        abhaNumber.withLock { swap(&$0, &tables[.abhaNumber]) }
        mobile.withLock { swap(&$0, &tables[.mobile]) }
        other.withLock { swap(&$0, &tables[.other]) }
        numbers.withLock { swap(&$0, &numbering) }
        tokens.withLock { establishedTokens = $0 }
    }
}

extension TableBuilder {
    fileprivate static func fill(
        _ place: borrowing Mutex<PostingTable>, _ kind: IdentifierKind,
        of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) {
        var table = table(kind, of: loaded, hash)
        place.withLock { swap(&$0, &table) }
    }
}
