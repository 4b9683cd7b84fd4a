/// The tokens of one name side by side, to see at once which of them may go with another name's.
///
/// Four tokens to a block, one lane each; of a name that has no more than two, as most have, each is there twice,
/// for two tokens of the other name at once. It lets pass whatever goes together, and some that does not: what
/// passes is compared.
struct TokenSieve: ~Copyable {
    private var blocks = ScratchList<SieveBlock>(capacity: NameTokens.countMax / SieveBlock.lanes)
    private var all = SievedToken()
    /// Whether each token is there twice.
    private(set) var isTwofold = false

    init() {}

    /// Takes the tokens of a name.
    ///
    /// - Parameters:
    ///   - tokens: at most `NameTokens.countMax`.
    ///   - shortest: how many bytes the shortest one has.
    mutating func fill(_ tokens: borrowing ScratchList<NameToken>, shortest: Int) {
        blocks.removeAll()
        isTwofold = tokens.count <= SieveBlock.lanes / 2
        for index in tokens.indices {
            let lane = index % SieveBlock.lanes
            if lane == 0 { blocks.append(SieveBlock()) }
            blocks[index / SieveBlock.lanes].set(lane, to: tokens[index], shortest)
            if isTwofold {
                blocks[0].set(lane + SieveBlock.lanes / 2, to: tokens[index], shortest)
            }
        }
        all = SievedToken(first: tokens.count)
    }

    /// Which tokens may go with one of another name, or be in one piece with it.
    ///
    /// - Parameters:
    ///   - token: of the other name.
    ///   - shortest: how many bytes the shortest token of that name has.
    /// - Returns: what passes.
    /// - Complexity: O(1), some hundred instructions for four tokens.
    @inline(__always)
    func look(at token: NameToken, shortest: Int) -> SievedToken {
        let other = SieveMesh(token, token, shortest)
        var passed = SievedToken()
        for place in blocks.indices {
            passed.add(blocks[place].look(at: other), block: place)
        }
        return passed.only(all)
    }

    /// What passes for two tokens, as `look(at:shortest:)` says it of each; only where each token is there twice.
    @inline(__always)
    func look(
        at first: NameToken, _ second: NameToken, shortest: Int
    ) -> (first: SievedToken, second: SievedToken) {
        assert(isTwofold)
        guard !blocks.isEmpty else { return (SievedToken(), SievedToken()) }
        var passed = SievedToken()
        passed.add(blocks[0].look(at: SieveMesh(first, second, shortest)), block: 0)
        return (passed.only(all), passed.laterLanes.only(all))
    }
}

/// What a sieve lets pass for one token: sets of the sieve's tokens, one bit each.
struct SievedToken: BitwiseCopyable, Equatable {
    /// Twelve bits for each set.
    private var bits: UInt64 = 0
    private static let leadShift: UInt64 = 12
    private static let partShift: UInt64 = 24
    private static let set: UInt64 = 1 << 12 - 1

    /// Nothing.
    init() {}

    /// The first tokens of a name, in every set.
    init(first count: Int) {
        let tokens: UInt64 = 1 &<< UInt64(count) &- 1
        bits = tokens | tokens &<< Self.leadShift | tokens &<< Self.partShift
    }

    /// What may go with the token.
    @inline(__always) var near: UInt64 { bits & Self.set }
    /// Of which it may begin or end with one, or one with it.
    @inline(__always) var leading: UInt64 { bits &>> Self.leadShift & Self.set }
    /// Of which one may be the first part of what the other is in one piece.
    @inline(__always) var parts: UInt64 { bits &>> Self.partShift & Self.set }

    /// Adds what a block of four lets pass.
    @inline(__always)
    mutating func add(_ lanes: UInt32, block: Int) {
        bits |= UInt64(lanes) &<< UInt64(truncatingIfNeeded: SieveBlock.lanes &* block)
    }

    /// What the second half of a block's lanes lets pass, at the places of the first; beside it is what means nothing.
    @inline(__always) var laterLanes: SievedToken {
        var later = self
        later.bits &>>= UInt64(SieveBlock.lanes / 2)
        return later
    }

    /// What passes for both.
    @inline(__always)
    func only(_ other: SievedToken) -> SievedToken {
        var both = self
        both.bits &= other.bits
        return both
    }

    /// What passes for either.
    @inline(__always)
    mutating func add(_ other: SievedToken) { bits |= other.bits }
}

/// What the tokens of one name let pass of another's.
struct SievedTokens {
    /// One for each token of the other name.
    private var rows = InlineArray<12, SievedToken>(repeating: SievedToken())
    private var count = 0
    /// All of them together.
    private var any = SievedToken()

    init() {}

    /// Whether any two tokens may go together.
    @inline(__always) var hasNear: Bool { any.near != 0 }
    /// Whether one of two tokens may begin or end with the other.
    @inline(__always) var mayLead: Bool { any.leading != 0 }
    /// Whether one of two tokens may be a part of the other.
    @inline(__always) var mayBeParts: Bool { any.parts != 0 }
    /// The tokens of the name with which any of the other's may go.
    @inline(__always) var near: UInt64 { any.near }
    /// The tokens of the name that may begin or end with any of the other's, or one of those with it.
    @inline(__always) var leading: UInt64 { any.leading }
    /// The tokens of one name that may be in one piece what others of the other name are.
    @inline(__always)
    func wholes(areOthers: Bool) -> UInt64 { areOthers ? .max : any.parts }

    /// Looks at all tokens of the other name.
    @inline(__always)
    mutating func read(_ others: borrowing NameTokens, through name: borrowing NameTokens) {
        name.fillSieve()
        any = SievedToken()
        count = others.count
        if name.isSieveTwofold {
            var index = 0
            while index < count {
                // The last of an odd number is its own neighbour.
                let next = min(index &+ 1, count &- 1)
                let passed = name.look(at: others[index], others[next], shortest: others.shortest)
                rows[index] = passed.first
                rows[next] = passed.second
                any.add(passed.first)
                any.add(passed.second)
                index &+= 2
            }
        } else {
            for index in 0..<count {
                let passed = name.look(at: others[index], shortest: others.shortest)
                rows[index] = passed
                any.add(passed)
            }
        }
    }

    /// The other name's tokens that may go with one of the name's.
    @inline(__always)
    func near(_ place: Int) -> UInt64 { column(place) { $0.near } }

    /// The other name's tokens that may begin or end with one of the name's, or it with them.
    @inline(__always)
    func leading(_ place: Int) -> UInt64 { column(place) { $0.leading } }

    /// The tokens that may be the first part of a whole one of the other name.
    @inline(__always)
    func parts(of whole: Int, isOthers: Bool) -> UInt64 {
        isOthers ? rows[whole].parts : column(whole) { $0.parts }
    }

    @inline(__always)
    private func column(_ place: Int, _ set: (SievedToken) -> UInt64) -> UInt64 {
        var column: UInt64 = 0
        for index in 0..<count {
            let bit = set(rows[index]) &>> UInt64(truncatingIfNeeded: place) & 1
            column |= bit &<< UInt64(truncatingIfNeeded: index)
        }
        return column
    }
}

/// Four lanes; where both sides of an operation are lanes, the compiler works them out at once.
typealias Lanes = SIMD4<UInt32>

/// What is looked at of two tokens, or of one: the first in the first half of the lanes.
struct SieveMesh {
    let mask: Lanes
    let written: Lanes
    let leading: Lanes
    let plain: Lanes
    let holds: Lanes
    let number: Lanes
    let known: Lanes
    let initial: Lanes
    let first: Lanes
    let head: Lanes
    let size: Lanes
    /// How many bytes what it is the first part of has at least.
    let wholeSize: Lanes

    @inline(__always)
    init(_ one: NameToken, _ two: NameToken, _ shortest: Int) {
        mask = Self.both(one.skeleton.mask, two.skeleton.mask)
        written = Self.both(one.written, two.written)
        leading = Self.both(Self.leading(one, else: 1 << 30), Self.leading(two, else: 1 << 30))
        plain = Self.both(
            one.written & TokenSkeleton.plainLetters, two.written & TokenSkeleton.plainLetters)
        holds = Self.both(one.holds, two.holds)
        number = Self.both(UInt32(one.known.number), UInt32(two.known.number))
        known = Self.both(one.known.isKnown ? .max : 0, two.known.isKnown ? .max : 0)
        initial = Self.both(one.isInitial ? .max : 0, two.isInitial ? .max : 0)
        first = Self.both(UInt32(one.firstLetter), UInt32(two.firstLetter))
        head = Self.both(UInt32(one.skeleton.letters[0]), UInt32(two.skeleton.letters[0]))
        size = Self.both(
            UInt32(truncatingIfNeeded: one.place.count), UInt32(truncatingIfNeeded: two.place.count)
        )
        wholeSize = Self.both(Self.whole(one, shortest), Self.whole(two, shortest))
    }

    @inline(__always)
    private static func both(_ one: UInt32, _ two: UInt32) -> Lanes { Lanes(one, one, two, two) }

    @inline(__always)
    private static func whole(_ token: NameToken, _ shortest: Int) -> UInt32 {
        UInt32(
            truncatingIfNeeded: max(0, token.place.count &+ shortest &- JoinedTokens.bytesApart))
    }

    /// The letters of a token that may begin or end with another; else letters that are in no name.
    @inline(__always)
    static func leading(_ token: NameToken, else none: UInt32) -> UInt32 {
        token.place.count >= 4 ? token.written : none
    }
}

/// Four tokens of a name, and what of them is looked at.
struct SieveBlock: BitwiseCopyable {
    static let lanes = 4
    /// Other letters than a mesh has where it has none, so that these are in neither.
    private static let noLetters: UInt32 = 1 << 31

    private var masks = Lanes()
    private var written = Lanes()
    private var leading = Lanes(repeating: noLetters)
    private var plain = Lanes()
    private var holds = Lanes()
    private var numbers = Lanes()
    private var known = Lanes()
    private var initials = Lanes()
    private var firsts = Lanes()
    private var heads = Lanes()
    private var sizes = Lanes()
    private var wholeSizes = Lanes()

    /// Four lanes without tokens.
    init() {}

    /// Puts a token into a lane.
    mutating func set(_ lane: Int, to token: NameToken, _ shortest: Int) {
        let mesh = SieveMesh(token, token, shortest)
        masks[lane] = mesh.mask[0]
        written[lane] = mesh.written[0]
        leading[lane] = SieveMesh.leading(token, else: Self.noLetters)
        plain[lane] = mesh.plain[0]
        holds[lane] = mesh.holds[0]
        numbers[lane] = mesh.number[0]
        known[lane] = mesh.known[0]
        initials[lane] = mesh.initial[0]
        firsts[lane] = mesh.first[0]
        heads[lane] = mesh.head[0]
        sizes[lane] = mesh.size[0]
        wholeSizes[lane] = mesh.wholeSize[0]
    }

    /// One bit for each lane, at the places of `SievedToken`.
    @inline(__always)
    func look(at other: SieveMesh) -> UInt32 {
        let unshared = masks ^ other.mask
        let few = Self.isZero(Self.strip(Self.strip(Self.strip(Self.strip(unshared)))))
        // One key pressed wrongly, or a letter taken for two, changes three of the letters that are written.
        let changed = Self.strip(Self.strip(Self.strip(written ^ other.written)))
        let apart = (sizes &- other.size &+ Lanes(repeating: 1)) & Lanes(repeating: ~3)
        let isSlip = Self.isZero(changed | apart)
        let isSoft = Self.isZero(unshared & Lanes(repeating: ~TokenDistance.softLetters))
        let isListed = Self.isZero(numbers ^ other.number)
        let areKnown = known & other.known
        let alike = Self.choose(areKnown, isListed | isSoft, few | isSlip)
        let areHeads = Self.isZero(heads ^ other.head)
        let areFirsts = areHeads | Self.isZero(firsts ^ other.first)
        let near = Self.choose(initials | other.initial, areFirsts, alike)

        let shared = leading & other.leading
        let leads = Self.isZero(leading ^ shared) | Self.isZero(other.leading ^ shared)

        let isPart = Self.isZero(Self.strip(other.plain ^ (other.plain & holds)))
        let isWhole = Self.isZero(Self.strip(plain ^ (plain & other.holds)))
        // Not too short for another token beside it.
        let isShort = Self.isLess(sizes, other.wholeSize)
        let isOtherShort = Self.isLess(other.size, wholeSizes)
        let parts = areHeads & ((isPart & ~isShort) | (isWhole & ~isOtherShort))

        let bits =
            (near & Lanes(1, 2, 4, 8)) | (leads & Lanes(0x1000, 0x2000, 0x4000, 0x8000))
            | (parts & Lanes(0x100_0000, 0x200_0000, 0x400_0000, 0x800_0000))
        let words = unsafe unsafeBitCast(bits, to: SIMD2<UInt64>.self)
        let both = words[0] | words[1]
        return UInt32(truncatingIfNeeded: both | both &>> 32)
    }

    /// The letters of each set but one.
    @inline(__always)
    private static func strip(_ letters: Lanes) -> Lanes {
        letters & (letters &+ Lanes(repeating: .max))
    }

    /// All bits where a lane is 0, none where it is not.
    @inline(__always)
    private static func isZero(_ lanes: Lanes) -> Lanes {
        unsafe unsafeBitCast(lanes .== Lanes(), to: Lanes.self)
    }

    /// All bits where a lane is less than another, both below 2^31; none where it is not.
    @inline(__always)
    private static func isLess(_ lanes: Lanes, _ others: Lanes) -> Lanes {
        let one = unsafe unsafeBitCast(lanes, to: SIMD4<Int32>.self)
        let other = unsafe unsafeBitCast(others, to: SIMD4<Int32>.self)
        return unsafe unsafeBitCast(one .< other, to: Lanes.self)
    }

    /// The bits of one where bits are set, else of the other.
    @inline(__always)
    private static func choose(_ bits: Lanes, _ one: Lanes, _ other: Lanes) -> Lanes {
        other ^ (bits & (one ^ other))
    }
}
