internal import TextDistance

/// How two names are compared.
public enum NameComparison: Hashable, Sendable {
    /// Milaan's own: tokens in any order, bounded Levenshtein per token, initials, joined names.
    case tokens
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
public struct NameAgreement: Equatable, Sendable {
    /// Whether the names may be one person's, before the threshold of the rule.
    public var agrees: Bool
    /// 0...1000.
    public var score: Int
    /// Edits over all paired tokens.
    public var distance: Int
    /// The edits that would still have been accepted.
    public var limit: Int

    /// Nothing in common.
    static let none = NameAgreement(agrees: false, score: 0, distance: 0, limit: 0)
}

/// How two tokens were found to go together.
public enum TokenAgreement: String, Sendable {
    case equal, typo, initial, joined, sound
}

/// One line of the evidence of a name: which token went with which.
public struct TokenPair: Sendable {
    /// The place of the request's token within its folded name.
    public var query: TextRange
    /// The place of the record's token within its folded name.
    public var candidate: TextRange
    /// How they go together.
    public var agreement: TokenAgreement
    /// Edits between them.
    public var distance: Int
    /// Edits that would still have been accepted.
    public var limit: Int
}

/// The name of one request, prepared once and compared with many records.
///
/// Keeps its memory: nothing is allocated per request or per comparison.
public struct NameComparer: ~Copyable {
    /// Tokens beyond these are not compared on their own, only in joined names.
    static let tokensMax = 12
    private static let joinedSlot = tokensMax
    private static let wholeSlot = tokensMax + 1

    private var name = TextArena(capacityBytes: 256)
    private var joined = TextArena(capacityBytes: 256)
    private var joinedCount = 0
    private var patterns = PreparedPatterns(slots: tokensMax + 2)
    private var tokens: [TextRange] = []
    private var candidateTokens: [TextRange] = []
    private var pairing = TokenPairing(tokensMax: tokensMax)

    /// A comparer without a name.
    public init() {
        tokens.reserveCapacity(NameComparer.tokensMax)
        candidateTokens.reserveCapacity(NameComparer.tokensMax)
    }

    /// Whether the request has no name to compare.
    public var isEmpty: Bool { tokens.isEmpty }

    /// Which token went with which in the last comparison by `.tokens`.
    public var pairs: [TokenPair] { pairing.pairs }

    /// Forgets the name and keeps the memory.
    public mutating func reset() {
        name.reset()
        tokens.removeAll(keepingCapacity: true)
        pairing.removeAll()
    }

    /// Takes the folded name of the next request.
    public mutating func prepare(_ folded: Span<UInt8>) {
        name.reset()
        joined.reset()
        _ = name.append(folded)
        NameComparer.readTokens(of: folded, into: &tokens)
        for slot in tokens.indices {
            let token = tokens[slot]
            patterns.prepare(
                folded.extracting(token.start..<token.start + token.count), slot: slot)
        }
        for index in folded.indices where folded[index] != ASCII.space {
            joined.append(folded[index])
        }
        joinedCount = joined.count
        NameComparer.prepareJoined(joined, &patterns)
        patterns.prepare(folded, slot: NameComparer.wholeSlot)
    }

    /// Compares with a record's folded name.
    ///
    /// - Complexity: O(tokens x tokens) bounded distances.
    public mutating func compare(
        to candidate: Span<UInt8>, by comparison: NameComparison
    ) -> NameAgreement {
        pairing.removeAll()
        guard !isEmpty, candidate.count > 0 else { return .none }
        switch comparison {
        case .tokens:
            return compareTokens(candidate)
        case .wholeLevenshtein(let limit):
            return compareWhole(candidate, limit: limit)
        case .equal:
            return compareWhole(candidate, limit: 0)
        case .jaroWinkler(let minimum):
            let permille = JaroWinkler.permille(name.bytes(name.range(from: 0)), candidate)
            return NameAgreement(
                agrees: permille >= minimum, score: permille, distance: 0, limit: 0)
        case .phonetic:
            NameComparer.readTokens(of: candidate, into: &candidateTokens)
            return comparePhonetic(candidate)
        }
    }

    private mutating func compareWhole(_ candidate: Span<UInt8>, limit: Int) -> NameAgreement {
        guard
            let distance = patterns.distance(
                slot: NameComparer.wholeSlot, to: candidate, limit: limit)
        else { return NameAgreement(agrees: false, score: 0, distance: limit + 1, limit: limit) }
        let longest = max(candidate.count, name.count)
        return NameAgreement(
            agrees: true, score: 1000 - 1000 * distance / longest, distance: distance, limit: limit)
    }

    private mutating func compareTokens(_ candidate: Span<UInt8>) -> NameAgreement {
        NameComparer.readTokens(of: candidate, into: &candidateTokens)
        for slot in tokens.indices {
            let mine = tokens[slot]
            for other in candidateTokens.indices {
                let theirs = candidateTokens[other]
                let text = candidate.extracting(theirs.start..<theirs.start + theirs.count)
                let limit = TokenLimit.edits(shorter: min(mine.count, theirs.count))
                if let distance = patterns.distance(slot: slot, to: text, limit: limit) {
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

    /// `Lakshmi Devi` and `LAKSHMIDEVI` are one name written in one piece.
    private mutating func compareJoined(_ candidate: Span<UInt8>) -> NameAgreement? {
        guard tokens.count != candidateTokens.count else { return nil }
        joined.reset()
        for index in candidate.indices where candidate[index] != ASCII.space {
            joined.append(candidate[index])
        }
        let limit = TokenLimit.edits(shorter: min(joined.count, joinedCount))
        guard
            let distance = patterns.distance(
                slot: NameComparer.joinedSlot, to: joined.bytes(joined.range(from: 0)),
                limit: limit)
        else { return nil }
        pairing.setJoined(
            query: TextRange(start: 0, count: name.count),
            candidate: TextRange(start: 0, count: candidate.count), distance: distance, limit: limit
        )
        return NameAgreement(
            agrees: true, score: 950 - 950 * distance / max(joined.count, joinedCount),
            distance: distance,
            limit: limit)
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

    // A span borrowed from one stored property keeps all of `self` from being changed, so the two
    // properties are handed to a function of their own.
    private static func prepareJoined(
        _ joined: borrowing TextArena, _ patterns: inout PreparedPatterns
    ) {
        patterns.prepare(joined.bytes(joined.range(from: 0)), slot: joinedSlot)
    }

    private static func readTokens(of folded: Span<UInt8>, into tokens: inout [TextRange]) {
        tokens.removeAll(keepingCapacity: true)
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
