/// A repeatable source of random numbers, one stream for each thing that is decided.
///
/// Integers only, so that every machine draws the same. The steps are those of Steele, Lea and
/// Flood (2014), SplitMix64; a stream starts where a hash of seed, purpose and index puts it, so
/// that any row can be written without writing the rows before it.
struct SyntheticRandom {
    /// What a stream decides; the raw values are part of what a seed means.
    enum Purpose: UInt64 {
        case layout = 1, repeats, household, member, registration, handwriting, careContexts
        case request, requestText, numbers
    }

    private var state: UInt64

    /// The stream for one purpose and one thing.
    init(seed: UInt64, _ purpose: Purpose, _ index: Int) {
        let thing = UInt64(truncatingIfNeeded: index) &+ (purpose.rawValue << 56)
        state = Self.mix(seed &+ Self.mix(thing &+ 0x9E37_79B9_7F4A_7C15))
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// A number of 0..<limit; the limit is at most 2^32, so the bias is at most 2^-32 times it.
    mutating func below(_ limit: Int) -> Int {
        Int((next() >> 32).multipliedFullWidth(by: UInt64(limit) << 32).high)
    }

    /// A number of a closed range.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True in so many of a thousand draws.
    mutating func chance(_ permille: Int) -> Bool { below(1000) < permille }

    /// The index of a share; the shares add up to 100.
    mutating func pick(_ shares: StaticShares) -> Int {
        let draw = UInt8(below(100))
        var index = 0
        while draw >= shares.ends[index] { index += 1 }
        return index
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// How often each of several choices is made, in hundredths.
struct StaticShares: Sendable {
    fileprivate let ends: [UInt8]

    /// Shares that add up to 100.
    init(_ shares: [Int]) {
        var sum = 0
        ends = shares.map { share in
            sum += share
            return UInt8(sum)
        }
        precondition(sum == 100, "shares add up to 100")
    }
}
