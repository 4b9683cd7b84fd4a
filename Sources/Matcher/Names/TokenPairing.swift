/// Chooses which token of one name goes with which of the other.
///
/// Equal tokens go together. Of the rest as many as can be find a partner, with as few initials, then
/// as few edits, then as much score as can be. So neither the order of the tokens nor which name is
/// the request's changes what is found.
struct TokenPairing: ~Copyable {
    struct Offer: BitwiseCopyable {
        var query: Int
        var candidate: Int
        var agreement: TokenAgreement
        var distance: Int
        var limit: Int
    }

    private var offers: ScratchList<Offer>
    private(set) var pairs: ScratchList<TokenPair>
    private var hasUnequal = false
    private var queryTaken: UInt64 = 0
    private var candidateTaken: UInt64 = 0

    init(tokensMax: Int) {
        precondition(tokensMax <= TokenAssignment.sideMax)
        offers = ScratchList(capacity: tokensMax * tokensMax)
        pairs = ScratchList(capacity: tokensMax)
    }

    mutating func removeAll() {
        offers.removeAll()
        pairs.removeAll()
        hasUnequal = false
        queryTaken = 0
        candidateTaken = 0
    }

    mutating func offer(
        _ query: Int, _ candidate: Int, agreement: TokenAgreement, distance: Int, limit: Int
    ) {
        if agreement != .equal { hasUnequal = true }
        offers.append(
            Offer(
                query: query, candidate: candidate, agreement: agreement, distance: distance,
                limit: limit))
    }

    mutating func setJoined(query: TextRange, candidate: TextRange, distance: Int, limit: Int) {
        pairs.removeAll()
        pairs.append(
            TokenPair(
                query: query, candidate: candidate, agreement: .joined, distance: distance,
                limit: limit))
    }

    /// Pairs the tokens and judges: every token of the shorter name must have found its partner, and
    /// at least one of them by more than an initial, unless the names hold the same tokens.
    mutating func choose(
        _ query: borrowing ScratchList<TextRange>, _ candidate: borrowing ScratchList<TextRange>
    ) -> NameAgreement {
        for index in offers.indices where offers[index].agreement == .equal {
            takeIfFree(index, query, candidate)
        }
        guard hasUnequal else { return judge(query, candidate) }
        if hasRivals() {
            assign(query, candidate)
        } else {
            for index in offers.indices { takeIfFree(index, query, candidate) }
        }
        return judge(query, candidate)
    }

    private mutating func takeIfFree(
        _ index: Int, _ query: borrowing ScratchList<TextRange>,
        _ candidate: borrowing ScratchList<TextRange>
    ) {
        let offer = offers[index]
        guard isFree(offer) else { return }
        queryTaken |= 1 << UInt64(offer.query)
        candidateTaken |= 1 << UInt64(offer.candidate)
        pairs.append(
            TokenPair(
                query: query[offer.query], candidate: candidate[offer.candidate],
                agreement: offer.agreement, distance: offer.distance, limit: offer.limit))
    }

    private func isFree(_ offer: Offer) -> Bool {
        queryTaken & (1 << UInt64(offer.query)) == 0
            && candidateTaken & (1 << UInt64(offer.candidate)) == 0
    }

    /// Whether a free token has more than one offer left; seldom, and only then is there a choice.
    private func hasRivals() -> Bool {
        var queries = queryTaken
        var candidates = candidateTaken
        for index in offers.indices where isFree(offers[index]) {
            let offer = offers[index]
            let query: UInt64 = 1 << UInt64(offer.query)
            let candidate: UInt64 = 1 << UInt64(offer.candidate)
            if queries & query != 0 || candidates & candidate != 0 { return true }
            queries |= query
            candidates |= candidate
        }
        return false
    }

    private mutating func assign(
        _ query: borrowing ScratchList<TextRange>, _ candidate: borrowing ScratchList<TextRange>
    ) {
        var table = TokenAssignment()
        for index in offers.indices where isFree(offers[index]) {
            let offer = offers[index]
            table[offer.query, offer.candidate] = TokenPairing.worth(
                offer, query[offer.query].count, candidate[offer.candidate].count)
        }
        let columns = table.best(side: max(query.count, candidate.count))
        for index in offers.indices where columns[offers[index].query] == offers[index].candidate {
            takeIfFree(index, query, candidate)
        }
    }

    /// A pair's worth as one number: a pair at all, by more than an initial, edits, points, bytes.
    ///
    /// Twelve pairs of tokens below 1024 bytes do not carry from one field into the next.
    private static func worth(_ offer: Offer, _ mine: Int, _ theirs: Int) -> Int {
        let mine = min(mine, 1023)
        let theirs = min(theirs, 1023)
        let length = max(mine, theirs)
        let isWhole = offer.agreement == .initial ? 0 : 1
        return 1 << 51 + isWhole << 46 - offer.distance << 40
            + points(offer.agreement, offer.distance, length) << 16 - (4 * length - mine - theirs)
    }

    private static func points(
        _ agreement: TokenAgreement, _ distance: Int, _ length: Int
    ) -> Int {
        agreement == .initial ? 600 * length : 1000 * length - 1000 * distance
    }

    private func judge(
        _ query: borrowing ScratchList<TextRange>, _ candidate: borrowing ScratchList<TextRange>
    ) -> NameAgreement {
        var agreement = NameAgreement(agrees: false, score: 0, distance: 0, limit: 0)
        var hasWhole = false
        var equalPairs = 0
        var earned = 0
        var pairedBytes = 0
        for index in pairs.indices {
            let pair = pairs[index]
            let length = max(pair.query.count, pair.candidate.count)
            pairedBytes += length
            earned += TokenPairing.points(pair.agreement, pair.distance, length)
            agreement.distance += pair.distance
            agreement.limit += pair.limit
            // `K` and `K` say no more than `K` and `Kumar` do.
            if pair.agreement != .initial, length > 1 { hasWhole = true }
            if pair.agreement == .equal { equalPairs += 1 }
        }
        agreement.agrees =
            pairs.count == min(query.count, candidate.count)
            && (hasWhole || equalPairs == max(query.count, candidate.count))
        let unpaired =
            unpairedBytes(query, taken: queryTaken)
            + unpairedBytes(candidate, taken: candidateTaken)
        // A token that only one side has costs a quarter of one that disagrees.
        let weight = pairedBytes * 4 + unpaired
        agreement.score = weight == 0 ? 0 : earned * 4 / weight
        return agreement
    }

    private func unpairedBytes(_ tokens: borrowing ScratchList<TextRange>, taken: UInt64) -> Int {
        var bytes = 0
        for index in tokens.indices where taken & (1 << UInt64(index)) == 0 {
            bytes += tokens[index].count
        }
        return bytes
    }
}
