/// Chooses which token of one name goes with which of the other, cheapest first.
///
/// Deterministic: equal offers are taken in the order of the request's tokens, then the record's.
struct TokenPairing: ~Copyable {
    private struct Offer {
        var query: Int
        var candidate: Int
        var distance: Int
        var isInitial: Bool
        var limit: Int

        /// Exact pairs first, then typos, then initials.
        var cost: Int { isInitial ? 16 : distance }
    }

    private var offers: [Offer] = []
    private(set) var pairs: [TokenPair] = []

    init(tokensMax: Int) {
        offers.reserveCapacity(tokensMax * tokensMax)
        pairs.reserveCapacity(tokensMax)
    }

    mutating func removeAll() {
        offers.removeAll(keepingCapacity: true)
        pairs.removeAll(keepingCapacity: true)
    }

    mutating func offer(
        _ query: Int, _ candidate: Int, distance: Int, isInitial: Bool, limit: Int
    ) {
        offers.append(
            Offer(
                query: query, candidate: candidate, distance: distance, isInitial: isInitial,
                limit: limit))
    }

    mutating func setJoined(query: TextRange, candidate: TextRange, distance: Int, limit: Int) {
        pairs.removeAll(keepingCapacity: true)
        pairs.append(
            TokenPair(
                query: query, candidate: candidate, agreement: .joined, distance: distance,
                limit: limit))
    }

    /// Pairs the tokens and judges: every token of the shorter name must have found its partner, and
    /// at least one of them by more than an initial.
    mutating func choose(_ query: [TextRange], _ candidate: [TextRange]) -> NameAgreement {
        var queryTaken: UInt64 = 0
        var candidateTaken: UInt64 = 0
        var agreement = NameAgreement(agrees: false, score: 0, distance: 0, limit: 0)
        var wholeTokens = 0
        var earned = 0
        var pairedBytes = 0
        let costs: InlineArray<4, Int> = [0, 1, 2, 16]
        for step in costs.indices {
            for offer in offers where offer.cost == costs[step] {
                let queryBit: UInt64 = 1 << UInt64(offer.query)
                let candidateBit: UInt64 = 1 << UInt64(offer.candidate)
                guard queryTaken & queryBit == 0, candidateTaken & candidateBit == 0 else {
                    continue
                }
                queryTaken |= queryBit
                candidateTaken |= candidateBit
                let mine = query[offer.query]
                let theirs = candidate[offer.candidate]
                let length = max(mine.count, theirs.count)
                pairedBytes += length
                earned +=
                    offer.isInitial ? 600 * length : 1000 * length - 1000 * offer.distance
                agreement.distance += offer.distance
                agreement.limit += offer.limit
                if !offer.isInitial { wholeTokens += 1 }
                pairs.append(
                    TokenPair(
                        query: mine, candidate: theirs,
                        agreement: offer.isInitial
                            ? .initial : offer.distance == 0 ? .equal : .typo,
                        distance: offer.distance, limit: offer.limit))
            }
        }
        agreement.agrees = pairs.count == min(query.count, candidate.count) && wholeTokens > 0
        let unpaired =
            unpairedBytes(query, taken: queryTaken)
            + unpairedBytes(candidate, taken: candidateTaken)
        // A token that only one side has costs a quarter of one that disagrees.
        let weight = pairedBytes * 4 + unpaired
        agreement.score = weight == 0 ? 0 : earned * 4 / weight
        return agreement
    }

    private func unpairedBytes(_ tokens: [TextRange], taken: UInt64) -> Int {
        var bytes = 0
        for index in tokens.indices where taken & (1 << UInt64(index)) == 0 {
            bytes += tokens[index].count
        }
        return bytes
    }
}
