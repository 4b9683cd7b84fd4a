internal import Matcher

/// The posting tables of an image, one for each kind of key.
///
/// `@unchecked Sendable`: only what owns it writes; everything else reads what nothing changes meanwhile.
@safe struct PostingTables: ~Copyable, @unchecked Sendable {
    /// Medical record numbers and other identifiers share the last one.
    private static let count = 4

    // Found by arithmetic: which kind comes next is as good as random, and a jump would be mispredicted.
    private let tables: UnsafeMutablePointer<PostingTable>

    init() {
        unsafe tables = .allocate(capacity: Self.count)
        for place in 0..<Self.count {
            unsafe (tables + place).initialize(to: PostingTable(keys: 0))
        }
    }

    deinit {
        unsafe tables.deinitialize(count: Self.count)
        unsafe tables.deallocate()
    }

    subscript(kind: IdentifierKind) -> PostingTable {
        @inline(__always) _read { yield unsafe tables[Self.place(of: kind)] }
        @inline(__always) _modify { yield unsafe &tables[Self.place(of: kind)] }
    }

    var bytes: Int {
        var bytes = 0
        for place in 0..<Self.count { bytes += unsafe tables[place].bytes }
        return bytes
    }

    @inline(__always)
    private static func place(of kind: IdentifierKind) -> Int {
        min(Int(kind.rawValue), count - 1)
    }
}
