/// A column of up to 64 cells of the distance table, for distances that no limit can end early.
///
/// The same as `DistanceColumn` below a row that grows, but nobody asks for a step on the way: the distance is
/// read off the last column, which takes fewer instructions.
struct WholeColumn {
    /// Bit i is set when cell i is one more than the cell above it.
    private var vp: UInt64 = ~0
    /// Bit i is not set when cell i is one less than the cell above it.
    private var notVN: UInt64 = ~0
    /// Where the letter of the next column matches.
    private var matches: UInt64
    /// Where neither that letter nor the column lets an edit be saved: all of D0 that is known before the sum.
    ///
    /// Held from column to column, so that the compiler cannot put it back behind the sum, where two operations
    /// more would wait for each other.
    private var notSaved: UInt64

    /// The column before any text, and the first letter of it.
    ///
    /// - Parameter matches: bit i is set when byte i of the pattern is the first text byte.
    @inline(__always)
    init(matches: UInt64) {
        self.matches = matches
        notSaved = ~matches
    }

    /// Moves to the column of the text byte whose matches it was given last.
    ///
    /// - Parameter matches: bit i is set when byte i of the pattern is the text byte behind that one; 0 where
    ///   there is none.
    @inline(__always)
    mutating func advance(next matches: UInt64) {
        // Worded as in `DistanceColumn.advance`, so that seven operations wait for each other and not nine.
        let sum = (self.matches & vp) &+ vp
        let notD0 = ~(sum ^ vp) & notSaved
        let notHPBelow = ((sum | (vp | self.matches)) & notVN) &<< 1
        let hnBelow = (vp & (self.matches | ~sum)) &<< 1
        vp = hnBelow | (notD0 & notHPBelow)
        notVN = notD0 | notHPBelow
        self.matches = matches
        notSaved = notVN & ~matches
    }

    /// The last cell of `rows` rows, 1...64, less the cell above the column: the sum of their differences.
    @inline(__always)
    func sum(rows: Int) -> Int {
        let mask = ~0 &>> UInt64(truncatingIfNeeded: 64 &- rows)
        // Names: one count instead of two, which is many instructions where a processor's own may not be used.
        if rows <= 32 {
            return ((vp & mask) | (notVN & mask) &<< 32).nonzeroBitCount &- rows
        }
        return (vp & mask).nonzeroBitCount &+ (notVN & mask).nonzeroBitCount &- rows
    }
}
