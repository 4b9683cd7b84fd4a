internal import CPrefetch
internal import Matcher

// A look-up follows a chain of places in memory: bucket, list, row, texts, care contexts. Nearly every
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

    /// Starts to bring what a judgement of the rows of a key reads, the first of a list.
    private func prefetchDetails(of key: inout IdentifierKey) {
        if key.entry.isList {
            tables[key.kind].visitFirstRows(key.entry) { self.prefetchDetails(of: $0) }
        } else {
            prefetchDetails(of: key.entry.place)
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
            prefetch(row: entry.place)
            key.next = .details
        }
    }

    /// Starts to bring what a judgement of a row and a reply about it will read into the cache: its
    /// texts and the records of its care contexts.
    public func prefetchDetails(of row: Int) {
        prefetchTexts(of: row)
        unsafe cprefetch_read(contexts.records.address(of: Int(contexts.starts[row])))
    }

    /// Starts to bring the texts of a row's first care contexts into the cache.
    public func prefetchCareContextTexts(of row: Int) {
        let numbers = careContexts(of: row)
        guard let first = numbers.first else { return }
        // They stand side by side unless the source named them far apart.
        let offset = careContext(first).textOffset
        unsafe cprefetch_read(contexts.texts.address(of: offset))
        unsafe cprefetch_read(contexts.texts.address(of: offset + 64))
    }

    /// Starts to bring a row that a search found.
    public func prefetchSearched(_ row: Int) { unsafe cprefetch_read(rows.address(of: row)) }

    /// Starts to bring the name of a row, which should have arrived.
    public func prefetchName(of row: Int) { prefetchTexts(of: row) }

    /// The row, which may reach into the next cache line, and where its care contexts begin.
    @inline(__always)
    private func prefetch(row: Int) {
        unsafe cprefetch_read(rows.address(of: row))
        unsafe cprefetch_read(rows.address(of: row + 1))
        unsafe cprefetch_read(contexts.starts.address(of: row))
    }

    /// Most texts of a row fit into two cache lines.
    @inline(__always)
    private func prefetchTexts(of row: Int) {
        let base = rows[row].textOffset
        unsafe cprefetch_read(texts.address(of: base))
        unsafe cprefetch_read(texts.address(of: base + 64))
    }
}
