internal import Glibc

/// How many different keys there are among many, by their hashes and nearly right.
///
/// A bit for each hash; how many of them are still zero tells how many hashes were different. Of many keys those
/// are counted whose hashes say so, each time it is the same key.
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
        // Hashes of numbers that follow each other are spread better than chance would, which tables welcome: here
        // it would look like more of them.
        let mixed = Self.mix(hash)
        guard mixed & left == 0 else { return }
        let bit = Int(truncatingIfNeeded: mixed &>> 40) & (Self.bitCount - 1)
        words[bit / 64] |= 1 &<< UInt64(bit & 63)
    }

    /// Source: Appleby, the last steps of MurmurHash3.
    @inline(__always)
    private static func mix(_ hash: UInt64) -> UInt64 {
        var hash = (hash ^ hash &>> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash &>> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash &>> 33
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
