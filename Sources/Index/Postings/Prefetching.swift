internal import CPrefetch
public import Matcher

// A look-up follows a chain of places in memory: bucket, list, row; and a reply reads the care contexts behind it.
// Nearly every link is a cache miss of its own. Whoever has several keys, or other work to do meanwhile, asks for
// the links of all of them before the first is needed. None of this changes an answer.
extension PatientImage {
    /// Starts to bring the next link of each key into the cache; the link before it should have arrived.
    ///
    /// A prefetch ends only when its page was found, which for memory that is far away takes as long as memory does. As
    /// many as the processor has in view wait at the same time: there is as little as possible between two of them.
    ///
    /// - Parameter keys: the keys, which remember how far they are.
    /// - Complexity: O(keys).
    public func prefetchNext(of keys: inout ScratchList<IdentifierKey>) {
        for index in keys.indices { prefetchNext(of: &keys[index]) }
    }

    /// Starts to bring the bucket of each key into the cache, of keys whose bucket was not asked for before.
    ///
    /// - Complexity: O(keys).
    func prefetchBuckets(of keys: inout ScratchList<IdentifierKey>) {
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
    /// - Parameter key: the key, which remembers how far it is.
    /// - Complexity: O(1).
    @inline(__always)
    public func prefetchNext(of key: inout IdentifierKey) {
        if key.next == .entry {
            key.next = KeyLink(behind: prefetchEntry(of: &key))
        } else if key.next < .nothing {
            prefetchSeldom(&key)
        }
    }

    /// Starts to bring the rows of a list, or a bucket that was not foreseen.
    @inline(never)
    private func prefetchSeldom(_ key: inout IdentifierKey) {
        if key.next == .rows {
            tables[key.kind].visitFirstRows(key.entry) { self.prefetch(row: $0) }
            key.next = .nothing
        } else {
            prefetchBucket(of: &key)
        }
    }

    /// Notes what the bucket of a key leads to, which should have arrived, and starts to bring that.
    ///
    /// - Returns: what it leads to.
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

    /// Starts to bring the care contexts of a row, which should have arrived: one or two fit into two cache lines.
    ///
    /// For a row that is likely to be in a reply, whose name is compared meanwhile: before that most rows are those of
    /// others, and to ask for theirs too costs more than it saves.
    @inline(__always)
    public func prefetchCareContexts(of row: RowPlace) {
        let offset = heap.record(of: row).firstContext &* CareContexts.unitBytes
        unsafe cprefetch_read(contexts.heap.address(of: offset))
        unsafe cprefetch_read(contexts.heap.address(of: offset &+ 64))
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
