internal import TextDistance

/// How two names are compared.
public enum NameComparison: Hashable, Sendable {
    /// The plain rule: tokens in any order, bounded Levenshtein per token, initials, joined names.
    case tokens
    /// Milaan's own: every token weighed by what it tells, names of India known by their lists.
    case weighed
    /// Levenshtein distance of the whole folded names, at most `limit` edits (EKA: 2).
    case wholeLevenshtein(limit: Int)
    /// The same folded name (Bahmni).
    case equal
    /// Jaro-Winkler similarity of the whole folded names, at least so many thousandths (wrapper: 500).
    case jaroWinkler(minimumPermille: Int)
    /// The same Soundex codes, tokens in any order (documentation of 2023); tokens that are not in
    /// plain Latin letters must be equal.
    case phonetic
}

/// What a comparison of two names found.
public struct NameAgreement: Equatable, Sendable, BitwiseCopyable {
    /// Whether the names may be one person's, before the threshold of the rule.
    public var agrees: Bool
    /// 0...1000.
    public var score: Int
    /// Edits over all paired tokens.
    public var distance: Int
    /// The edits that would still have been accepted.
    public var limit: Int
    /// Whether one of them is no name of the person at all (`Baby of Rukmini`).
    public var isIncomparable = false
    /// Whether one of them has but an initial for the given name.
    ///
    /// `A Panwar` may be any Panwar whose name begins so. Only weighed comparisons say it.
    public var isByInitial = false
    /// Whether something in them contradicts, however well the rest agrees.
    ///
    /// Tokens without a partner on both sides, two fathers, two aliases. Only weighed comparisons say it.
    public var hasConflict = false

    /// Agreement from its parts.
    public init(agrees: Bool, score: Int, distance: Int, limit: Int) {
        self.agrees = agrees
        self.score = score
        self.distance = distance
        self.limit = limit
    }

    /// Nothing in common.
    static let none = NameAgreement(agrees: false, score: 0, distance: 0, limit: 0)
}

/// The name of one request, prepared once and compared with many records.
///
/// Keeps its memory: nothing is allocated per request or per comparison.
public struct NameComparer: ~Copyable {
    /// Tokens beyond these are not compared on their own, only in joined names.
    static let tokensMax = 12
    /// From this comparison on the masks of prepared tokens pay for themselves.
    private static let comparisonsUnprepared = 3

    /// The folded name with its alias and relative, which only weighing looks at.
    private var name = TextArena(capacityBytes: 256)
    private var personal = TextRange.empty
    /// The name without its spaces, and a candidate's; both only once they are asked for.
    private var joined = TextArena(capacityBytes: 256)
    private var candidateJoined = TextArena(capacityBytes: 256)
    private var patterns = PreparedPatterns(slots: tokensMax)
    private var comparisons = 0
    private var tokens = ScratchList<TextRange>(capacity: tokensMax)
    private var candidateTokens = ScratchList<TextRange>(capacity: tokensMax)
    private var pairing = TokenPairing(tokensMax: tokensMax)
    private var weigher = NameWeigher()
    /// Whether the weigher has the name, and whether the plain comparisons have its tokens: only once a
    /// comparison asks for them.
    private var isWeigherPrepared = false
    private var hasTokens = false

    /// A comparer without a name.
    public init() {}

    /// Whether the request has no name to compare.
    public var isEmpty: Bool { name.count == 0 }

    /// Forgets the name and keeps the memory.
    public mutating func reset() {
        name.reset()
        hasTokens = false
        isWeigherPrepared = false
    }

    /// Takes the folded name of the next request.
    public mutating func prepare(_ folded: Span<UInt8>) {
        reset()
        _ = name.append(folded)
    }

    /// Compares with a record's folded name.
    ///
    /// - Parameters:
    ///   - candidate: the record's name.
    ///   - comparison: how to compare.
    ///   - established: the tokens that are common among the records; only weighing asks for them.
    ///   - facility: whose record it is.
    /// - Returns: whether and how well they agree.
    /// - Complexity: O(tokens x tokens) bounded distances.
    public mutating func compare(
        to candidate: Span<UInt8>, by comparison: NameComparison,
        among established: borrowing EstablishedTokens = EstablishedTokens(),
        at facility: UInt16 = 0
    ) -> NameAgreement {
        guard !isEmpty, candidate.count > 0 else { return .none }
        if case .weighed = comparison {
            // Most records of the person who asks are written as the request is.
            if isSame(candidate) {
                return NameAgreement(agrees: true, score: 1000, distance: 0, limit: 0)
            }
            prepareWeigher()
            return weigher.compare(to: candidate, among: established, at: facility)
        }
        pairing.removeAll()
        if !hasTokens { readTokens() }
        guard !tokens.isEmpty else { return .none }
        let candidate = candidate.extracting(first: NameParts.nameCount(candidate))
        switch comparison {
        case .tokens, .weighed:
            return compareTokens(candidate)
        case .wholeLevenshtein(let limit):
            return compareWhole(candidate, limit: limit)
        case .equal:
            return compareWhole(candidate, limit: 0)
        case .jaroWinkler(let minimum):
            let permille = JaroWinkler.permille(name.bytes(personal), candidate)
            return NameAgreement(
                agrees: permille >= minimum, score: permille, distance: 0, limit: 0)
        case .phonetic:
            NameComparer.readTokens(of: candidate, into: &candidateTokens)
            return comparePhonetic(candidate)
        }
    }

    /// Compares as `compare` does, and says why.
    public mutating func explain(
        _ candidate: Span<UInt8>, by comparison: NameComparison,
        among established: borrowing EstablishedTokens = EstablishedTokens(),
        at facility: UInt16 = 0
    ) -> NameEvidence {
        if case .weighed = comparison, !isEmpty, candidate.count > 0 {
            prepareWeigher()
            return weigher.explain(
                candidate, isSame: isSame(candidate), among: established, at: facility)
        }
        pairing.removeAll()
        let agreement = compare(to: candidate, by: comparison)
        return NameEvidence(
            agreement: agreement, pairs: pairing.pairs.indices.map { pairing.pairs[$0] },
            unpaired: [], contributions: NameContributions(tokens: agreement.score))
    }

    /// Whether both are written the same; `B/O Rukmini` agrees with nobody, not even with itself.
    private func isSame(_ folded: Span<UInt8>) -> Bool {
        name.bytes(name.range(from: 0)).equals(folded)
            && (name.count < 2 || name.byte(at: 1) != NameParts.relationMark)
    }

    /// Reads the tokens of the name alone.
    private mutating func readTokens() {
        hasTokens = true
        comparisons = 0
        joined.reset()
        personal = NameComparer.readTokens(of: name, into: &tokens)
    }

    private mutating func prepareWeigher() {
        guard !isWeigherPrepared else { return }
        NameComparer.prepare(&weigher, name)
        isWeigherPrepared = true
    }

    private mutating func compareWhole(_ candidate: Span<UInt8>, limit: Int) -> NameAgreement {
        guard
            let distance = boundedDistance(
                name.bytes(personal), candidate, limit: limit)
        else { return NameAgreement(agrees: false, score: 0, distance: limit + 1, limit: limit) }
        let longest = max(candidate.count, personal.count)
        return NameAgreement(
            agrees: true, score: 1000 - 1000 * distance / longest, distance: distance, limit: limit)
    }

    private mutating func compareTokens(_ candidate: Span<UInt8>) -> NameAgreement {
        if name.bytes(personal).equals(candidate) { return pairWithThemselves() }
        NameComparer.readTokens(of: candidate, into: &candidateTokens)
        if comparisons == NameComparer.comparisonsUnprepared {
            NameComparer.prepareTokens(tokens, of: name, &patterns)
        }
        let isPrepared = comparisons >= NameComparer.comparisonsUnprepared
        comparisons += 1
        for slot in tokens.indices {
            let mine = tokens[slot]
            for other in candidateTokens.indices {
                let theirs = candidateTokens[other]
                let text = candidate.extracting(theirs.start..<theirs.start + theirs.count)
                let limit = TokenLimit.edits(shorter: min(mine.count, theirs.count))
                if let distance = distance(slot, mine, text, limit, isPrepared) {
                    pairing.offer(
                        slot, other, agreement: distance == 0 ? .equal : .typo,
                        distance: distance, limit: limit)
                } else if mine.count == 1 || theirs.count == 1,
                    name.byte(at: mine.start) == candidate[theirs.start]
                {
                    pairing.offer(slot, other, agreement: .initial, distance: 0, limit: 0)
                }
            }
        }
        let result = pairing.choose(tokens, candidateTokens)
        guard !result.agrees else { return result }
        return compareJoined(candidate) ?? result
    }

    /// Same as the general way for a candidate that is the name itself, which most matches are.
    private mutating func pairWithThemselves() -> NameAgreement {
        for slot in tokens.indices {
            pairing.offer(
                slot, slot, agreement: .equal, distance: 0,
                limit: TokenLimit.edits(shorter: tokens[slot].count))
        }
        return pairing.choose(tokens, tokens)
    }

    /// The distance of one of the name's tokens to a candidate's, if it is at most `limit`.
    @inline(__always)
    private func distance(
        _ slot: Int, _ mine: TextRange, _ text: Span<UInt8>, _ limit: Int, _ isPrepared: Bool
    ) -> Int? {
        // Most pairs end here: their lengths are too far apart, or they are equal.
        guard abs(mine.count - text.count) <= limit else { return nil }
        if name.bytes(mine).equals(text) { return 0 }
        guard limit > 0 else { return nil }
        return isPrepared
            ? patterns.distance(slot: slot, to: text, limit: limit)
            : boundedDistance(name.bytes(mine), text, limit: limit)
    }

    /// `Lakshmi Devi` and `LAKSHMIDEVI` are one name written in one piece.
    private mutating func compareJoined(_ candidate: Span<UInt8>) -> NameAgreement? {
        guard tokens.count != candidateTokens.count else { return nil }
        if joined.count == 0 { NameComparer.join(name, personal, into: &joined) }
        candidateJoined.reset()
        NameComparer.join(candidate, into: &candidateJoined)
        let longest = max(joined.count, candidateJoined.count)
        let limit = TokenLimit.edits(shorter: min(joined.count, candidateJoined.count))
        // Texts of nothing but spaces agree in nothing.
        guard longest > 0,
            let distance = boundedDistance(
                joined.bytes(joined.range(from: 0)),
                candidateJoined.bytes(candidateJoined.range(from: 0)), limit: limit)
        else { return nil }
        pairing.setJoined(
            query: personal,
            candidate: TextRange(start: 0, count: candidate.count), distance: distance, limit: limit
        )
        return NameAgreement(
            agrees: true, score: 950 - 950 * distance / longest, distance: distance, limit: limit)
    }

    private mutating func comparePhonetic(_ candidate: Span<UInt8>) -> NameAgreement {
        for slot in tokens.indices {
            let mine = tokens[slot]
            let code = Soundex.code(name.bytes(mine))
            for other in candidateTokens.indices {
                let theirs = candidateTokens[other]
                let text = candidate.extracting(theirs.start..<theirs.start + theirs.count)
                if name.bytes(mine).equals(text) {
                    pairing.offer(slot, other, agreement: .equal, distance: 0, limit: 0)
                } else if code != 0, Soundex.code(text) == code {
                    pairing.offer(slot, other, agreement: .sound, distance: 0, limit: 0)
                }
            }
        }
        return pairing.choose(tokens, candidateTokens)
    }

    // A span borrowed from one stored property keeps all of `self` from being changed, so the
    // properties are handed to functions of their own.
    private static func prepareTokens(
        _ tokens: borrowing ScratchList<TextRange>, of name: borrowing TextArena,
        _ patterns: inout PreparedPatterns
    ) {
        for slot in tokens.indices { patterns.prepare(name.bytes(tokens[slot]), slot: slot) }
    }

    private static func join(
        _ name: borrowing TextArena, _ range: TextRange, into arena: inout TextArena
    ) {
        join(name.bytes(range), into: &arena)
    }

    private static func join(_ folded: Span<UInt8>, into arena: inout TextArena) {
        for index in folded.indices where folded[index] != ASCII.space {
            arena.append(folded[index])
        }
    }

    // A span borrowed from one stored property keeps all of `self` from being changed.
    private static func prepare(_ weigher: inout NameWeigher, _ name: borrowing TextArena) {
        weigher.prepare(name.bytes(name.range(from: 0)))
    }

    /// - Returns: where the name without alias and relative stands.
    private static func readTokens(
        of name: borrowing TextArena, into tokens: inout ScratchList<TextRange>
    ) -> TextRange {
        let folded = name.bytes(name.range(from: 0))
        let count = NameParts.nameCount(folded)
        readTokens(of: folded.extracting(first: count), into: &tokens)
        return TextRange(start: 0, count: count)
    }

    private static func readTokens(
        of folded: Span<UInt8>, into tokens: inout ScratchList<TextRange>
    ) {
        tokens.removeAll()
        var cursor = TokenCursor(folded)
        while tokens.count < NameComparer.tokensMax, let token = cursor.next() {
            tokens.append(token)
        }
    }
}

/// How many edits two tokens may be apart.
enum TokenLimit {
    /// None up to three letters, one up to five, two above: short names differ by single letters.
    static func edits(shorter: Int) -> Int {
        shorter <= 3 ? 0 : shorter <= 5 ? 1 : 2
    }
}
