internal import Matcher

/// Different texts, numbered in the order in which they first came: the facilities that rows belong to,
/// the districts that persons live in.
///
/// There are few against the rows, so that a look at the one that came last with its bytes in the cache
/// serves mostly, and a small open-addressed table serves the rest.
struct NumberedTexts: ~Copyable, Sendable {
    private let countMax: Int
    private var bytesOfAll = Column<UInt8>()
    private var starts = Column<UInt32>()
    /// Number + 1 per slot, 0 for an empty one; a power of two, at most half full.
    private var slots = Column<UInt32>(repeating: 0, count: 64)
    /// The one last found while rows were added: mostly the next row's too.
    private var recent = 0
    private let hash: KeyHash

    /// No texts.
    ///
    /// - Parameters:
    ///   - hash: how they are found.
    ///   - countMax: of more texts than these none is taken.
    init(hash: KeyHash, countMax: Int) {
        self.hash = hash
        self.countMax = countMax
        starts.append(0)
    }

    /// Texts that another set gave as its `all` and `allStarts`.
    ///
    /// - Precondition: the starts ascend from 0 to the length of all.
    init(hash: KeyHash, countMax: Int, all: Span<UInt8>, starts: Span<UInt32>) {
        self.init(hash: hash, countMax: countMax)
        for number in 0..<starts.count - 1 {
            add(all.extracting(Int(starts[number])..<Int(starts[number + 1])))
        }
    }

    /// How many there are.
    var count: Int { starts.count - 1 }

    var bytes: Int { bytesOfAll.bytes + starts.bytes + slots.bytes }

    /// The texts one behind the other.
    var all: Span<UInt8> {
        @_lifetime(borrow self) get { bytesOfAll.span }
    }

    /// Where each text begins, and where the last one ends.
    var allStarts: Span<UInt32> {
        @_lifetime(borrow self) get { starts.span }
    }

    /// The text of a number.
    @_lifetime(borrow self)
    func text(_ number: Int) -> Span<UInt8> {
        let span = bytesOfAll.span.extracting(Int(starts[number])..<Int(starts[number + 1]))
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The number of a text; nil when it never came.
    @inline(__always)
    func find(_ text: Span<UInt8>) -> Int? {
        recent < count && isNumber(recent, of: text) ? recent : findAmongAll(text)
    }

    private func findAmongAll(_ text: Span<UInt8>) -> Int? {
        var slot = Int(truncatingIfNeeded: hash.of(text, facility: 0)) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if isNumber(number, of: text) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Whether a number is that of a text.
    @inline(__always)
    private func isNumber(_ number: Int, of text: Span<UInt8>) -> Bool {
        let start = Int(starts[number])
        // Most others have another length.
        guard Int(starts[number + 1]) - start == text.count else { return false }
        return bytesOfAll.span.extracting(start..<start + text.count).equals(text)
    }

    /// The number of a text, new if need be; nil when there are too many.
    @inline(__always)
    mutating func findOrAdd(_ text: Span<UInt8>) -> Int? {
        if let known = find(text) {
            recent = known
            return known
        }
        guard count < countMax else { return nil }
        add(text)
        return count - 1
    }

    private mutating func add(_ text: Span<UInt8>) {
        bytesOfAll.append(text)
        starts.append(UInt32(bytesOfAll.count))
        if count * 2 > slots.count {
            slots = Column(repeating: 0, count: slots.count * 2)
            for number in 0..<count - 1 { place(number) }
        }
        place(count - 1)
    }

    private mutating func place(_ number: Int) {
        var slot = Int(truncatingIfNeeded: hash.of(text(number), facility: 0)) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(number + 1)
    }
}
