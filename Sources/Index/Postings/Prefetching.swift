internal import CPrefetch
public import Matcher

// A look-up follows a chain of places in memory: bucket, list, row, care contexts, their texts. Nearly every
// link is a cache miss of its own. Whoever has several keys, or other work to do meanwhile, asks for
// the links of all of them before the first is needed. None of this changes an answer.
extension PatientImage {
    /// Starts to bring the next link of each key into the cache; the link before it should have arrived.
    ///
    /// A prefetch ends only when its page was found, which for memory that is far away takes as long as memory does. As
    /// many as the processor has in view wait at the same time: there is as little as possible between two of them.
    ///
    /// - Parameters:
    ///   - keys: the keys, which remember how far they are.
    ///   - last: the last link that is asked for now, where the one before it may not have arrived.
    /// - Complexity: O(keys).
    public func prefetchNext(
        of keys: inout ScratchList<IdentifierKey>, upTo last: KeyLink = .details
    ) {
        for index in keys.indices { prefetchNext(of: &keys[index], upTo: last) }
    }

    /// Starts to bring the bucket of each key into the cache, of keys whose bucket was not asked for before.
    ///
    /// - Complexity: O(keys).
    public func prefetchBuckets(of keys: inout ScratchList<IdentifierKey>) {
        for index in keys.indices where keys[index].next == .bucket {
            prefetchBucket(of: &keys[index])
        }
    }

    /// Starts to bring a key's bucket into the cache.
    @inline(__always)
    public func prefetchBucket(of key: inout IdentifierKey) {
        tables[key.kind].prefetch(key.hash)
        key.next = .entry
    }

    /// Starts to bring a key's next link into the cache; the link before it should have arrived.
    ///
    /// - Parameters:
    ///   - key: the key, which remembers how far it is.
    ///   - last: the last link that is asked for now, where the one before it may not have arrived.
    /// - Complexity: O(1).
    @inline(__always)
    public func prefetchNext(of key: inout IdentifierKey, upTo last: KeyLink = .details) {
        guard key.next <= last else { return }
        // Two at a time, and not a switch: four would be a jump through a table, and mispredicted more often.
        if key.next == .entry {
            key.next = KeyLink(behind: prefetchEntry(of: &key))
        } else if key.next == .details {
            prefetchDetails(of: &key)
        } else {
            prefetchSeldom(&key)
        }
    }

    /// Starts to bring what a reply about the rows of a key reads, the first of a list.
    @inline(__always)
    private func prefetchDetails(of key: inout IdentifierKey) {
        if key.entry.isList {
            tables[key.kind].visitFirstRows(key.entry) { self.prefetchDetails(of: $0) }
        } else {
            prefetchDetails(of: key.entry.row)
        }
        key.next = .nothing
    }

    /// Starts to bring the rows of a list, or a bucket that was not foreseen.
    @inline(never)
    private func prefetchSeldom(_ key: inout IdentifierKey) {
        if key.next == .rows {
            tables[key.kind].visitFirstRows(key.entry) { self.prefetch(row: $0) }
            key.next = .details
        } else if key.next == .bucket {
            prefetchBucket(of: &key)
        }
    }

    /// Notes what the bucket of a key leads to, which should have arrived, and starts to bring that.
    @inline(__always)
    func prefetchEntry(of key: inout IdentifierKey) -> PostingLink {
        // Chosen by arithmetic: a jump would wait for the bucket, and be mispredicted often.
        let link = tables[key.kind].firstLink(key.hash)
        let row = heap.bytes.addressBits(of: Int(link.word) &* RowHeap.unitBytes)
        let list = tables[key.kind].lists.addressBits(of: Int(link.word))
        let address = row ^ ((row ^ list) & (0 &- UInt(link.listBit)))
        cprefetch_read_at(address)
        cprefetch_read_at(address &+ 64)
        key.entry = PostingEntry(link)
        return link
    }

    /// Starts to bring what a reply about a row, which should have arrived, will read into the cache: the records
    /// of its care contexts.
    @inline(__always)
    public func prefetchDetails(of row: RowPlace) {
        unsafe cprefetch_read(contexts.records.address(of: heap.record(of: row).firstContext))
    }

    /// Starts to bring the texts of a row's first care contexts into the cache.
    public func prefetchCareContextTexts(of row: RowPlace) {
        // Nothing is asked of the context, which may be on its way, but where its texts are: a branch would wait.
        let record = heap.record(of: row)
        guard record.contextCount > 0 else { return }
        // They stand side by side unless the source named them far apart.
        let offset = careContext(record.firstContext).textOffset
        unsafe cprefetch_read(contexts.texts.address(of: offset))
        unsafe cprefetch_read(contexts.texts.address(of: offset + 64))
    }

    /// Starts to bring the place of a row that a search found.
    public func prefetchPlace(ofRow number: Int) {
        unsafe cprefetch_read(places.address(of: number))
    }

    /// Starts to bring a row; most fit into two cache lines.
    @inline(__always)
    public func prefetch(row: RowPlace) {
        let offset = RowHeap.offset(of: row)
        unsafe cprefetch_read(heap.bytes.address(of: offset))
        unsafe cprefetch_read(heap.bytes.address(of: offset + 64))
    }
}
