/// A column of up to 64 cells of the distance table, for distances that no limit can end early.
///
/// The same as `DistanceColumn` below a row that grows, but nobody asks for a step on the way: the distance is
/// read off the last column, which takes fewer instructions.
struct WholeColumn {
    /// Bit i is set when cell i is one more than the cell above it.
    private var vp: UInt64 = ~0
    /// Bit i is not set when cell i is one less than the cell above it.
    private var notVN: UInt64 = ~0

    /// Moves to the column of the next text byte.
    ///
    /// - Parameter matches: bit i is set when byte i of the pattern is the text byte.
    @inline(__always)
    mutating func advance(matches: UInt64) {
        // Worded as in `DistanceColumn.advance`, so that seven operations wait for each other and not nine.
        let sum = (matches & vp) &+ vp
        let notD0 = ~((sum ^ vp) | matches) & notVN
        let notHPBelow = ((sum | (vp | matches)) & notVN) &<< 1
        let hnBelow = (vp ^ (sum & (vp & ~matches))) &<< 1
        vp = hnBelow | (notD0 & notHPBelow)
        notVN = notD0 | notHPBelow
    }

    /// The last cell of `rows` rows, 1...64, less the cell above the column: the sum of their differences.
    @inline(__always)
    func sum(rows: Int) -> Int {
        let mask = ~0 &>> UInt64(64 - rows)
        return (vp & mask).nonzeroBitCount &+ (notVN & mask).nonzeroBitCount &- rows
    }
}
