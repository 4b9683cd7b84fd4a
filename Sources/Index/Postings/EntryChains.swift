internal import CPrefetch

/// What shares a key while a table is made: each number with the one that came before it.
struct EntryChains: ~Copyable {
    private struct Link: BitwiseCopyable {
        let number: UInt32
        /// The link of the number before; `none` where this is the first.
        let older: UInt32
    }

    private static let none = UInt32.max

    private var links = Column<Link>()

    var isEmpty: Bool { links.count == 0 }

    /// The number of an entry that was added last, and is in the cache the likeliest.
    @inline(__always)
    func newest(of entry: PostingEntry) -> UInt32 {
        entry.isList ? links[entry.list].number : entry.word
    }

    /// Starts to bring the newest link of a chain into the cache.
    @inline(__always)
    func prefetch(_ newest: UInt32) { unsafe cprefetch_read(links.address(of: Int(newest))) }

    /// Adds a number to those of an entry.
    ///
    /// - Returns: the chain that the entry must lead to from now on.
    mutating func add(_ number: UInt32, to entry: PostingEntry) -> UInt32 {
        let older = entry.isList ? entry.word : append(entry.word, older: Self.none)
        return append(number, older: older)
    }

    /// Visits the numbers of a chain, the one that was added last first.
    @inline(__always)
    func forEach(from newest: UInt32, _ visit: (_ number: UInt32) -> Void) {
        var next = newest
        while next != Self.none {
            let link = links[Int(next)]
            visit(link.number)
            next = link.older
        }
    }

    private mutating func append(_ number: UInt32, older: UInt32) -> UInt32 {
        precondition(links.count < Int(Self.none), "chains exceed their 32-bit offsets")
        links.append(Link(number: number, older: older))
        return UInt32(links.count - 1)
    }
}
