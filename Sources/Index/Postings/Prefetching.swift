internal import CPrefetch
internal import Matcher

// A look-up follows a chain of places in memory: bucket, list, row, texts, care contexts. Nearly every
// link is a cache miss of its own. Whoever has several keys, or other work to do meanwhile, asks for
// the links of all of them before the first is needed. None of this changes an answer.
extension PatientImage {
    /// Starts to bring the bucket of a key into the cache.
    public func prefetchBucket(of key: IdentifierKey) {
        switch key.kind {
        case .abhaAddress: tables.abhaAddress.prefetch(key.hash)
        case .abhaNumber: tables.abhaNumber.prefetch(key.hash)
        case .mobile: tables.mobile.prefetch(key.hash)
        case .medicalRecord, .other: tables.identifier.prefetch(key.hash)
        }
    }

    /// Starts to bring the row of a key into the cache, or the list of its rows, and notes in the key
    /// what it is; its bucket should have arrived.
    public func prefetchRows(of key: inout IdentifierKey) {
        let hash = key.hash
        key.entry = withTable(of: key.kind) { table in
            let entry = table.firstEntry(hash)
            if entry.isList, !entry.isNone { table.prefetchList(entry) }
            return entry
        }
        if !key.entry.isList { prefetch(row: key.entry.place) }
    }

    /// Starts to bring what a key's row leads to into the cache, or the rows of its list; what
    /// `prefetchRows` asked for should have arrived.
    public func prefetchTexts(of key: IdentifierKey) {
        if !key.entry.isList { return prefetchDetails(of: key.entry.place) }
        visitFirstRows(of: key) { self.prefetch(row: $0) }
    }

    /// Starts to bring the texts of the care contexts of a key's row into the cache, or what the rows
    /// of its list lead to; what `prefetchTexts` asked for should have arrived.
    public func prefetchCareContexts(of key: IdentifierKey) {
        if !key.entry.isList { return prefetchCareContextTexts(of: key.entry.place) }
        visitFirstRows(of: key) { self.prefetchDetails(of: $0) }
    }

    /// Starts to bring what a judgement of a row and a reply about it will read into the cache: its
    /// texts and the records of its care contexts.
    public func prefetchDetails(of row: Int) {
        prefetchTexts(of: row)
        unsafe cprefetch_read(contexts.records.address(of: Int(rows[row].contextsStart)))
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

    @inline(__always)
    private func visitFirstRows(of key: IdentifierKey, row: (Int) -> Void) {
        guard !key.entry.isNone else { return }
        withTable(of: key.kind) { $0.visitFirstRows(key.entry, row: row) }
    }

    @inline(__always)
    private func withTable<Result>(
        of kind: IdentifierKind, _ body: (borrowing PostingTable) -> Result
    ) -> Result {
        switch kind {
        case .abhaAddress: body(tables.abhaAddress)
        case .abhaNumber: body(tables.abhaNumber)
        case .mobile: body(tables.mobile)
        case .medicalRecord, .other: body(tables.identifier)
        }
    }

    /// The row and the next one, which tells where its care contexts end.
    @inline(__always)
    private func prefetch(row: Int) {
        unsafe cprefetch_read(rows.address(of: row))
        unsafe cprefetch_read(rows.address(of: row + 1))
    }

    /// Most texts of a row fit into two cache lines.
    @inline(__always)
    private func prefetchTexts(of row: Int) {
        let base = textBase(of: row)
        unsafe cprefetch_read(texts.address(of: base))
        unsafe cprefetch_read(texts.address(of: base + 64))
    }
}
