/// The step between two neighbours of one row of the distance table, as two bits: -1, 0 or +1.
struct HorizontalStep {
    /// 1 when the row grows by one here, else 0.
    var positive: UInt64

    /// 1 when the row shrinks by one here, else 0.
    ///
    /// Never 1 together with `positive`.
    var negative: UInt64

    /// The step of the row above the pattern, and of a row that a band leaves out: one more edit.
    static var growing: HorizontalStep { HorizontalStep(positive: 1, negative: 0) }
}

/// Up to 64 cells of one column of the distance table, held as their differences.
///
/// Neighbours in the table differ by -1, 0 or +1, so two bits say each of them and one addition
/// computes 64. Source: Hyyrö (2003), "A Bit-Vector Algorithm for Computing Levenshtein and Damerau
/// Edit Distances", after Myers (1999); the names D0, HP, HN, VP and VN are the paper's.
struct DistanceColumn {
    /// Bit i is set when cell i is one more than the cell above it.
    var vp: UInt64
    /// Bit i is set when cell i is one less than the cell above it.
    var vn: UInt64

    /// The column before any text: each cell is one more than the cell above it.
    static var first: DistanceColumn { DistanceColumn(vp: ~0, vn: 0) }

    /// Moves to the column of the next text byte.
    ///
    /// The paper's steps, with HP held inverted and the sum named: from `vp` to the next `vp` there
    /// are seven operations that wait for each other where the paper's wording has twelve, and
    /// this wait is most of the time that a distance takes.
    ///
    /// - Parameters:
    ///   - matches: bit i is set when byte i of the pattern is the text byte.
    ///   - above: the step of the cell above this word.
    ///   - row: the one bit whose step is wanted.
    /// - Returns: the step of the cell of `row`.
    @inline(__always)
    mutating func advance(matches: UInt64, above: HorizontalStep, row: UInt64) -> HorizontalStep {
        let x = matches | above.negative
        let sum = (x & vp) &+ vp
        let notD0 = ~(sum ^ vp) & ~(x | vn)
        let notHP = (sum | (vp | x)) & ~vn
        let hn = vp ^ (sum & (vp & ~x))
        let step = HorizontalStep(
            positive: notHP & row == 0 ? 1 : 0, negative: hn & row == 0 ? 0 : 1)
        let notHPBelow = (notHP &<< 1) | (above.positive ^ 1)
        vp = (hn &<< 1) | above.negative | (notD0 & notHPBelow)
        vn = ~(notD0 | notHPBelow)
        return step
    }
}
