internal import Glibc

/// How many different keys there are among many, by their hashes and nearly right.
///
/// A bit for each hash; how many of them are still zero tells how many hashes were different. Of many keys those are counted
/// whose hashes say so, each time it is the same key.
///
/// - Source: Whang, Vander-Zanden and Taylor, "A linear-time probabilistic counting algorithm" (1990).
struct DistinctKeys: ~Copyable {
    private static let bitCount = 1 << 20

    private var words = Column<UInt64>(zeros: bitCount / 64)
    /// Only hashes that have none of these bits.
    private let left: UInt64

    /// None yet.
    ///
    /// - Parameter keys: how many will come at most, the same ones counted each time.
    init(keys: Int) {
        var left: UInt64 = 0
        while keys >> left.nonzeroBitCount > Self.bitCount { left = left << 1 | 1 }
        self.left = left
    }

    /// Counts a key.
    @inline(__always)
    mutating func add(_ hash: UInt64) {
        // The tags of a table look at the lowest bits, its buckets at the highest.
        guard hash & left == 0 else { return }
        let bit = Int(truncatingIfNeeded: hash &>> 40) & (Self.bitCount - 1)
        words[bit / 64] |= 1 &<< UInt64(bit & 63)
    }

    /// How many were different; a hundredth more and a few, so that it is not too few.
    var count: Int {
        var ones = 0
        for index in words.span.indices { ones += words[index].nonzeroBitCount }
        let zeros = Double(max(1, Self.bitCount - ones)) / Double(Self.bitCount)
        let estimate = -Double(Self.bitCount) * log(zeros) * Double(1 << left.nonzeroBitCount)
        return Int(estimate * 1.01) + 16
    }
}
