/// What `NameTokens` keeps of a name, and how it takes one apart.
@usableFromInline struct NamePage: ~Copyable {
    private(set) var list = ScratchList<NameToken>(capacity: NameTokens.countMax)
    /// `B/O Rukmini`: the name is a relative's.
    private(set) var isRelatives = false
    /// Whether an alias or a relative stands behind the name, or may: then the tokens are not the name's
    /// alone.
    private(set) var hasMark = false
    /// How many bytes the name has.
    private(set) var bytes = 0
    /// Where the name begins within the folded text that it is a part of.
    private(set) var base = 0
    /// The text with zeros behind it, so that sixteen bytes can be read from anywhere in it.
    private(set) var text = TextArena(capacityBytes: NameTokens.bytesMax + 24)
    /// How many bytes the shortest token has, of those that are compared.
    private(set) var shortest = 0
    private var foundRoles = NameRoles()
    private var hasRoles = false
    private var filledSieve = TokenSieve()
    private var hasSieve = false

    init() {}

    /// Takes a part of a folded name apart.
    ///
    /// - Complexity: O(bytes).
    mutating func read(_ folded: Span<UInt8>, _ part: Range<Int>, _ memo: inout TokenMemo) {
        list.removeAll()
        shortest = NameTokens.bytesMax
        hasRoles = false
        hasSieve = false
        isRelatives = false
        // In what is left out there may be one.
        hasMark = part.count > NameTokens.bytesMax
        base = part.lowerBound
        let name = folded.extracting(part)
        bytes = min(name.count, NameTokens.bytesMax)
        text.hold(padded: name.extracting(first: bytes))
        var start = 0
        var offset = 0
        while offset <= bytes {
            // One bit for each space among eight bytes; the name's end is one more.
            let word = text.word(at: offset) ^ 0x2020_2020_2020_2020
            let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
            var spaces = ~((word & low) &+ low | word | low)
            if bytes &- offset < 8 {
                spaces |= 0x80 &<< UInt64(truncatingIfNeeded: 8 &* (bytes &- offset))
            }
            while spaces != 0 {
                let end = offset &+ spaces.trailingZeroBitCount &>> 3
                if end > start { add(start, end &- start, &memo) }
                start = end &+ 1
                spaces &= spaces &- 1
            }
            offset &+= 8
        }
    }

    /// What each token does in the name, found when it is first asked for.
    @inline(__always)
    mutating func findRoles() -> NameRoles {
        if !hasRoles {
            var kinds = TokenKinds()
            for index in list.indices {
                kinds.add(list[index].known, isInitial: list[index].isInitial, at: index)
            }
            foundRoles = NameRoles(list.count, kinds)
            hasRoles = true
        }
        return foundRoles
    }

    /// Puts the tokens side by side when that is first asked for.
    @inline(__always)
    mutating func fillSieve() {
        guard !hasSieve else { return }
        filledSieve.fill(list, shortest: shortest)
        hasSieve = true
    }

    /// What the tokens, side by side, let pass of another name's; only once they are.
    @inline(__always)
    func look(at token: NameToken, shortest: Int) -> SievedToken {
        assert(hasSieve)
        return filledSieve.look(at: token, shortest: shortest)
    }

    /// Whether two of another name's tokens can be looked at together.
    @inline(__always) var isSieveTwofold: Bool { filledSieve.isTwofold }

    /// What passes for each of two tokens.
    @inline(__always)
    func look(
        at first: NameToken, _ second: NameToken, shortest: Int
    ) -> (first: SievedToken, second: SievedToken) {
        assert(hasSieve)
        return filledSieve.look(at: first, second, shortest: shortest)
    }

    @inline(__always)
    private mutating func add(_ start: Int, _ count: Int, _ memo: inout TokenMemo) {
        // The first sixteen bytes, zeros behind a shorter token.
        var first = text.word(at: start)
        var second: UInt64 = 0
        if count <= 8 {
            first &= UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        } else {
            second = text.word(at: start &+ 8)
            if count < 16 {
                second &= UInt64.max &>> UInt64(truncatingIfNeeded: 128 &- 8 &* count)
            }
        }
        if count == 3, first &>> 8 & 0xFF == UInt64(NameParts.relationMark) {
            if start == 0 { isRelatives = true } else { hasMark = true }
            return
        }
        if first & 0xFF == UInt64(NameParts.aliasMark) {
            hasMark = true
            return
        }
        // Behind the marks: an alias counts however many tokens stand in front of it.
        let index = list.count
        guard index < NameTokens.countMax else { return }
        let place = TextRange(start: start, count: count)
        let letters = SIMD2(first, second)
        if count > TokenMemo.bytesMax {
            list.append(memo.new(text.bytes(place)))
        } else if let slot = memo.find(letters, count) {
            list.append(memo[slot])
        } else {
            list.append(memo.take(text.bytes(place), letters))
        }
        list[index].place = place
        shortest = min(shortest, count)
    }

    /// Forgets the name.
    mutating func removeAll() {
        list.removeAll()
        hasRoles = false
        hasSieve = false
        bytes = 0
    }
}

extension TextArena {
    /// Eight bytes of a text that is held padded, from an offset within it.
    @inline(__always)
    fileprivate func word(at offset: Int) -> UInt64 {
        assert(offset >= 0 && offset <= used - 8)
        return UInt64(
            littleEndian: unsafe UnsafeRawPointer(start).loadUnaligned(
                fromByteOffset: offset, as: UInt64.self))
    }

    /// Holds a text with sixteen zeros behind it, and nothing else.
    @inline(__always)
    fileprivate mutating func hold(padded text: Span<UInt8>) {
        let count = text.count
        used = 0
        if capacity < count + 24 { grow(count + 24) }
        used = count + 16
        let place = unsafe UnsafeMutableRawPointer(start)
        unsafe text.withUnsafeBytes { bytes in
            // What is copied last may overlap what is copied first.
            if count >= 16 {
                var offset = 0
                while offset < count &- 16 {
                    let part = unsafe bytes.loadUnaligned(
                        fromByteOffset: offset, as: SIMD2<UInt64>.self)
                    unsafe place.storeBytes(
                        of: part, toByteOffset: offset, as: SIMD2<UInt64>.self)
                    offset &+= 16
                }
                let last = unsafe bytes.loadUnaligned(
                    fromByteOffset: count &- 16, as: SIMD2<UInt64>.self)
                unsafe place.storeBytes(
                    of: last, toByteOffset: count &- 16, as: SIMD2<UInt64>.self)
            } else if count >= 8 {
                let first = unsafe bytes.loadUnaligned(as: UInt64.self)
                let last = unsafe bytes.loadUnaligned(
                    fromByteOffset: count &- 8, as: UInt64.self)
                unsafe place.storeBytes(of: first, as: UInt64.self)
                unsafe place.storeBytes(of: last, toByteOffset: count &- 8, as: UInt64.self)
            }
        }
        if count < 8 { unsafe place.storeBytes(of: text.firstWord.littleEndian, as: UInt64.self) }
        unsafe place.storeBytes(of: SIMD2<UInt64>(), toByteOffset: count, as: SIMD2<UInt64>.self)
    }
}
