internal import CPrefetch
public import Matcher

// A look-up follows a chain of places in memory: bucket, list, row, care contexts, their texts. Nearly every
// link is a cache miss of its own. Whoever has several keys, or other work to do meanwhile, asks for
// the links of all of them before the first is needed. None of this changes an answer.
extension PatientImage {
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
    public func prefetchNext(of key: inout IdentifierKey, upTo last: KeyLink = .details) {
        guard key.next <= last else { return }
        // Two at a time, and not a switch: four would be a jump through a table, and mispredicted more often.
        if key.next == .entry {
            prefetchEntry(of: &key)
        } else if key.next == .details {
            prefetchDetails(of: &key)
        } else {
            prefetchSeldom(&key)
        }
    }

    /// Starts to bring what a reply about the rows of a key reads, the first of a list.
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
    public func prefetchEntry(of key: inout IdentifierKey) {
        let entry = tables[key.kind].firstEntry(key.hash)
        key.entry = entry
        if entry.isNone {
            key.next = .nothing
        } else if entry.isList {
            tables[key.kind].prefetchList(entry)
            key.next = .rows
        } else {
            prefetch(row: entry.row)
            key.next = .details
        }
    }

    /// Starts to bring what a reply about a row, which should have arrived, will read into the cache: the records
    /// of its care contexts.
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
