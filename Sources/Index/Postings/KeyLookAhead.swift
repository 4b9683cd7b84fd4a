internal import CPrefetch
public import Matcher

/// Brings into the cache what the keys of a group lead to, a link of all before the next one of any.
///
/// What `PatientImage.prefetchNext` does for one request, without asking of each key how far it is: which keys lead
/// to a row and which to a list is chance, and a branch on it is mispredicted as often as not. Instead they are put
/// on one of two piles, by arithmetic. The memory serves the next group too; none of this changes an answer.
public struct KeyLookAhead: ~Copyable {
    private var lists = ScratchList<ForeseenList>(capacity: 64)
    private var rows = ScratchList<RowPlace>(capacity: 512)

    /// Memory for a group.
    public init() {}

    /// Brings buckets, what they lead to, the rows of lists and the records of care contexts, in this order.
    ///
    /// - Parameters:
    ///   - keys: those of all requests of the group; none was asked for before.
    ///   - image: the records.
    /// - Complexity: O(keys), with at most `CandidateRows.foreseenMax` rows of each.
    public mutating func look(
        ahead keys: inout ScratchList<IdentifierKey>, in image: borrowing PatientImage
    ) {
        image.prefetchBuckets(of: &keys)
        lists.removeAll()
        rows.removeAll()
        for index in keys.indices where keys[index].isSomewhere {
            let link = image.prefetchEntry(of: &keys[index])
            keys[index].next = .nothing
            let entry = keys[index].entry
            lists.append(ForeseenList(kind: keys[index].kind, entry: entry), if: link.listBit != 0)
            rows.append(entry.row, if: link.foundBit != link.listBit)
        }
        for index in lists.indices {
            image.tables[lists[index].kind].visitFirstRows(lists[index].entry) { row in
                image.prefetch(row: row)
                rows.append(row)
            }
        }
        for index in rows.indices { image.prefetchDetails(of: rows[index]) }
    }
}

/// A list of rows that has been asked for.
struct ForeseenList: BitwiseCopyable {
    let kind: IdentifierKind
    let entry: PostingEntry
}
