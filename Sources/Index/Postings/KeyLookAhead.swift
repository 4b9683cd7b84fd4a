public import Matcher

/// Brings into the cache what the keys of a group lead to, a link of all before the next one of any.
///
/// What `PatientImage.prefetchNext` does for one request, without asking of each key how far it is: which keys lead
/// to a row and which to a list is chance, and a branch on it is mispredicted as often as not. Instead lists are put
/// on a pile of their own, by arithmetic. The memory serves the next group too; none of this changes an answer.
public struct KeyLookAhead: ~Copyable {
    private var lists = ScratchList<ForeseenList>(capacity: 64)

    /// Memory for a group.
    public init() {}

    /// Brings buckets, what they lead to, and the first rows of lists, in this order.
    ///
    /// - Parameters:
    ///   - keys: those of all requests of the group; none was asked for before.
    ///   - image: the records.
    /// - Complexity: O(keys).
    public mutating func look(
        ahead keys: inout ScratchList<IdentifierKey>, in image: borrowing PatientImage
    ) {
        image.prefetchBuckets(of: &keys)
        lists.removeAll()
        for index in keys.indices where keys[index].isSomewhere {
            let link = image.prefetchEntry(of: &keys[index])
            keys[index].next = .nothing
            let list = ForeseenList(kind: keys[index].kind, entry: keys[index].entry)
            lists.append(list, if: link.listBit != 0)
        }
        for index in lists.indices {
            image.tables[lists[index].kind].visitFirstRows(lists[index].entry) { row in
                image.prefetch(row: row)
            }
        }
    }
}

/// A list of rows that has been asked for.
struct ForeseenList: BitwiseCopyable {
    let kind: IdentifierKind
    let entry: PostingEntry
}
