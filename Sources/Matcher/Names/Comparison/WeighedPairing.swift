/// Finds which tokens of two names go together, and what that says.
struct WeighedPairing: ~Copyable {
    private var offers = ScratchList<TokenOffer>(
        capacity: NameTokens.countMax * NameTokens.countMax)
    private var sieved = SievedTokens()
    private var left = LeftTokens(0, 0)
    private var tally = ContributionTally()
    private var distance = 0
    private var limit = 0
    /// Of the last comparison.
    private(set) var contributions = NameContributions()
    /// Whether pairs are kept for evidence.
    var isExplaining = false
    private var pairs: [TokenPair] = []
    private var explained: [ExplainedToken] = []

    init() {}

    @inline(__always)
    mutating func removeAll() {
        offers.removeAll()
        left = LeftTokens(0, 0)
        tally = ContributionTally()
        distance = 0
        limit = 0
        contributions = NameContributions()
        if isExplaining {
            pairs.removeAll()
            explained.removeAll()
        }
    }

    /// Compares two names that have tokens.
    ///
    /// - Complexity: O(tokens x tokens) pairs, few of which need a distance.
    mutating func weigh(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ relatives: borrowing Relatives, _ memo: borrowing TokenMemo,
        _ established: borrowing EstablishedTokens, _ facility: UInt16,
        aliasesContradict: Bool
    ) -> NameAgreement {
        left = LeftTokens(query.count, candidate.count)
        sieved.read(candidate, through: query)
        if sieved.hasNear {
            takeSame(query, candidate)
            if left.areOfBoth {
                offerPairs(query, candidate, established, facility)
                if !offers.isEmpty { takeOffers(query, candidate) }
            }
        }
        if left.areOfBoth { takePieces(query, candidate, memo) }
        // Without any pair there is nothing to count, and nothing to contradict it.
        if !tally.hasPair, !isExplaining {
            return NameAgreement(agrees: false, score: 0, distance: 0, limit: 0)
        }
        var contradicts = false
        if !relatives.isEmpty {
            takeExplained(query, by: relatives.candidate, isQuery: true)
            takeExplained(candidate, by: relatives.query, isQuery: false)
            contradicts = relatives.contradict
        }
        contributions = tally.close(
            left, query: query, candidate: candidate, relativesContradict: contradicts,
            aliasesContradict: aliasesContradict)
        let score = contributions.score
        var agreement = NameAgreement(
            agrees: score > 0, score: score, distance: distance, limit: limit)
        agreement.isByInitial = tally.isByInitial
        agreement.hasConflict = tally.hasConflict
        return agreement
    }

    // MARK: Evidence

    /// Pairs every token with itself, for two names that are written the same.
    mutating func takeEqual(_ query: borrowing NameTokens) {
        pairs.removeAll()
        for index in 0..<query.count {
            let token = query[index]
            pairs.append(
                TokenPair(
                    query: token.place, candidate: token.place, agreement: .equal, distance: 0,
                    limit: (TokenDistance.limit(shorter: token.skeleton.count) + 3) / 4,
                    weight: ContributionTally.weight(query.roles[index], token.known)))
        }
        left = LeftTokens(0, 0)
        contributions = NameContributions(tokens: 1000)
    }

    /// The tokens that found no partner.
    func unpaired(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens
    ) -> [UnpairedToken] {
        unpaired(query, isQuery: true) + unpaired(candidate, isQuery: false)
    }

    private func unpaired(_ tokens: borrowing NameTokens, isQuery: Bool) -> [UnpairedToken] {
        var unpaired: [UnpairedToken] = []
        for index in 0..<tokens.count where left.has(index, ofQuery: isQuery) {
            unpaired.append(
                UnpairedToken(
                    place: tokens[index].place.moved(by: tokens.base), isQuery: isQuery,
                    role: tokens.roles[index]))
        }
        return unpaired
    }

    /// Which token went with which, by their places within the folded names.
    func pairs(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ relatives: borrowing Relatives
    ) -> [TokenPair] {
        var list = pairs.map { pair in
            var pair = pair
            pair.query = pair.query.moved(by: query.base)
            pair.candidate = pair.candidate.moved(by: candidate.base)
            return pair
        }
        for token in explained {
            let isQuery = token.isQuery
            let place = token.place.moved(by: isQuery ? query.base : candidate.base)
            let other = token.relative.moved(
                by: isQuery ? relatives.candidate.base : relatives.query.base)
            list.append(
                TokenPair(
                    query: isQuery ? place : other, candidate: isQuery ? other : place,
                    agreement: .relative, distance: 0, limit: 0, weight: 0))
        }
        return list
    }

    // MARK: Relatives

    /// Yogesh Keshavan and Yogesh S/O Keshavan: neither missing nor in conflict, but no agreement.
    private mutating func takeExplained(
        _ tokens: borrowing NameTokens, by relative: borrowing NameTokens, isQuery: Bool
    ) {
        for index in 0..<tokens.count where left.has(index, ofQuery: isQuery) {
            guard let other = Relatives.explains(relative, index, of: tokens) else { continue }
            left.take(index, ofQuery: isQuery)
            guard isExplaining else { continue }
            explained.append(
                ExplainedToken(
                    place: tokens[index].place, relative: relative[other].place, isQuery: isQuery))
        }
    }

    // MARK: One by one

    /// Takes the tokens that sound the same and stand at the same place.
    ///
    /// Nothing is surer, and nothing stands nearer: of all offers those of such pairs would be taken first,
    /// in this order, and none of them is in another's way. What else their tokens might be offered need not
    /// be asked.
    @inline(__always)
    private mutating func takeSame(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens
    ) {
        for index in 0..<min(query.count, candidate.count)
        where query[index].skeleton.hash == candidate[index].skeleton.hash {
            let offer = TokenOffer(same: index, query[index], candidate[index])
            if let offer { take(offer, query, candidate) }
        }
    }

    /// Offers what may go together of the tokens that have no partner yet.
    private mutating func offerPairs(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ established: borrowing EstablishedTokens, _ facility: UInt16
    ) {
        var mines = left.query & sieved.near
        while mines != 0 {
            let mine = mines.trailingZeroBitCount
            mines &= mines &- 1
            var near = sieved.near(mine) & left.candidate
            while near != 0 {
                let theirs = near.trailingZeroBitCount
                near &= near &- 1
                guard !TokenOffer.areFarApart(query[mine], candidate[theirs]) else { continue }
                offer(mine, theirs, query, candidate, established, facility)
            }
        }
    }

    // Not inlined: the loops over all pairs need the registers.
    @inline(never)
    private mutating func offer(
        _ mine: Int, _ theirs: Int, _ query: borrowing NameTokens,
        _ candidate: borrowing NameTokens, _ established: borrowing EstablishedTokens,
        _ facility: UInt16
    ) {
        let offer =
            TokenOffer(mine, query[mine], theirs, candidate[theirs], established, facility)
            ?? Self.slip(mine, theirs, query, candidate, established, facility)
        if let offer { insert(offer) }
    }

    @inline(__always)
    private static func slip(
        _ mine: Int, _ theirs: Int, _ query: borrowing NameTokens,
        _ candidate: borrowing NameTokens, _ established: borrowing EstablishedTokens,
        _ facility: UInt16
    ) -> TokenOffer? {
        guard TokenOffer.mayBeSlip(query[mine], candidate[theirs]) else { return nil }
        let offer = TokenOffer(
            slip: mine, query[mine], theirs, candidate[theirs], query.text(query[mine].place),
            candidate.text(candidate[theirs].place))
        guard offer != nil,
            !TokenOffer.areTwoNames(query[mine], candidate[theirs], established, facility)
        else { return nil }
        return offer
    }

    /// Few offers, nearly in order.
    private mutating func insert(_ offer: TokenOffer) {
        offers.append(offer)
        var place = offers.count - 1
        while place > 0, offer.precedes(offers[place - 1]) {
            offers[place] = offers[place - 1]
            place -= 1
        }
        offers[place] = offer
    }

    private mutating func takeOffers(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens
    ) {
        for place in offers.indices {
            let offer = offers[place]
            guard left.hasQuery(Int(offer.query)), left.hasCandidate(Int(offer.candidate))
            else { continue }
            take(offer, query, candidate)
        }
    }

    @inline(__always)
    private mutating func take(
        _ offer: TokenOffer, _ query: borrowing NameTokens, _ candidate: borrowing NameTokens
    ) {
        let first = Int(offer.query)
        let second = Int(offer.candidate)
        left.take(query: first)
        left.take(candidate: second)
        let weight = tally.add(offer, query, candidate)
        let edits = Int(offer.quarters &+ 3) / 4
        let shorter = min(query[first].skeleton.count, candidate[second].skeleton.count)
        let most = (TokenDistance.limit(shorter: shorter) + 3) / 4
        distance &+= edits
        limit &+= most
        if isExplaining {
            explain(offer, query, candidate, edits: edits, most: most, weight: weight)
        }
    }

    @inline(never)
    private mutating func explain(
        _ offer: TokenOffer, _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        edits: Int, most: Int, weight: Int
    ) {
        let mine = query[Int(offer.query)].place
        let theirs = candidate[Int(offer.candidate)].place
        let isEqual =
            offer.agreement == .sound
            && query.text(mine).equals(candidate.text(theirs))
        pairs.append(
            TokenPair(
                query: mine, candidate: theirs, agreement: isEqual ? .equal : offer.agreement,
                distance: edits, limit: most, certainty: Int(offer.certainty), weight: weight))
    }

    // MARK: In one piece

    /// Takes what is one token here and several there.
    @inline(__always)
    private mutating func takePieces(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ memo: borrowing TokenMemo
    ) {
        // By all tokens of both names, with a partner or without: most names end here.
        if sieved.mayBeParts {
            takeParts(query, candidate, memo)
            guard left.areOfBoth else { return }
        }
        if JoinedTokens.mayBeSameLetters(query, candidate) {
            takeSameLetters(query, candidate, memo)
            guard left.areOfBoth else { return }
        }
        if sieved.mayLead { takeLeading(query, candidate, memo) }
    }

    /// Lakshmi Devi and LAKSHMIDEVI: tokens that are free on one side, written in one piece on the
    /// other, in either order.
    private mutating func takeParts(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ memo: borrowing TokenMemo
    ) {
        let sizes = FreeSizes(query, left.query)
        let others = FreeSizes(candidate, left.candidate)
        guard others.mayMake(sizes.longest) || sizes.mayMake(others.longest) else { return }
        // A token may be two of the other side's and a part of a third: one side comes first, the same
        // one whichever name is the request's.
        if JoinedTokens.comesFirst(candidate, others, before: query, sizes) {
            takeParts(of: candidate, in: query, memo, sizes, isQuery: false)
            takeParts(of: query, in: candidate, memo, others, isQuery: true)
        } else {
            takeParts(of: query, in: candidate, memo, others, isQuery: true)
            takeParts(of: candidate, in: query, memo, sizes, isQuery: false)
        }
    }

    /// Takes the free tokens of one name that are two of the other's.
    private mutating func takeParts(
        of wholes: borrowing NameTokens, in others: borrowing NameTokens,
        _ memo: borrowing TokenMemo, _ sizes: FreeSizes, isQuery: Bool
    ) {
        var places = left.bits(ofQuery: isQuery) & sieved.wholes(areOthers: !isQuery)
        while places != 0 {
            let whole = places.trailingZeroBitCount
            places &= places &- 1
            guard left.has(whole, ofQuery: isQuery), left.hasTwo(ofQuery: !isQuery) else {
                continue
            }
            let free = left.bits(ofQuery: !isQuery)
            let firsts = sieved.parts(of: whole, isOthers: !isQuery) & free
            guard firsts != 0, sizes.mayMake(wholes[whole].place.count),
                let parts = JoinedTokens.parts(
                    of: wholes[whole], in: others, firsts: firsts, free: free, memo)
            else { continue }
            left.take(whole, ofQuery: isQuery)
            left.take(parts.0, ofQuery: !isQuery)
            left.take(parts.1, ofQuery: !isQuery)
            let place = JoinedTokens.place(others[parts.0].place, others[parts.1].place)
            addJoined(
                isQuery ? wholes[whole].place : place, isQuery ? place : wholes[whole].place)
        }
    }

    /// The same letters with the spaces elsewhere.
    private mutating func takeSameLetters(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ memo: borrowing TokenMemo
    ) {
        // One token without a partner on each side are two words, wherever the spaces are: Hari and Harish.
        guard left.hasTwo(ofQuery: true) || left.hasTwo(ofQuery: false),
            JoinedTokens.areSameLetters(query, candidate, memo)
        else { return }
        left.takeAll()
        distance = 0
        limit = 0
        if isExplaining { pairs.removeAll() }
        addJoined(
            TextRange(start: 0, count: query.bytes), TextRange(start: 0, count: candidate.bytes))
    }

    /// DAKSHACHAKRABORTY and Daksha: a free token that begins or ends with one of the other side,
    /// where the rest is a name by the lists.
    private mutating func takeLeading(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ memo: borrowing TokenMemo
    ) {
        var mines = left.query & sieved.leading
        while mines != 0 {
            let mine = mines.trailingZeroBitCount
            mines &= mines &- 1
            let token = query[mine]
            var leading = sieved.leading(mine) & left.candidate
            while leading != 0 {
                let theirs = leading.trailingZeroBitCount
                leading &= leading &- 1
                // Look at their ends before their letters: hardly ever does one hold the other.
                guard token.mayLead(candidate[theirs]),
                    JoinedTokens.areLeading(mine, theirs, query, candidate, memo)
                else { continue }
                left.take(query: mine)
                left.take(candidate: theirs)
                addJoined(query[mine].place, candidate[theirs].place)
                break
            }
        }
    }

    private mutating func addJoined(_ mine: TextRange, _ theirs: TextRange) {
        tally.addJoined()
        limit += 1
        guard isExplaining else { return }
        pairs.append(
            TokenPair(
                query: mine, candidate: theirs, agreement: .joined, distance: 0, limit: 1,
                certainty: ContributionTally.joined.certainty,
                weight: ContributionTally.joined.weight))
    }
}

/// A token that the other name's relative explains.
private struct ExplainedToken {
    var place: TextRange
    /// The relative's token.
    var relative: TextRange
    var isQuery: Bool
}

extension TextRange {
    /// The same range so many bytes further on.
    fileprivate func moved(by bytes: Int) -> TextRange {
        TextRange(start: start + bytes, count: count)
    }
}

/// The tokens of both names that have no partner yet, one bit each.
struct LeftTokens {
    private(set) var query: UInt64
    private(set) var candidate: UInt64

    /// Whether there are any on both sides.
    @inline(__always) var areOfBoth: Bool { query != 0 && candidate != 0 }

    init(_ queries: Int, _ candidates: Int) {
        query = 1 &<< UInt64(queries) &- 1
        candidate = 1 &<< UInt64(candidates) &- 1
    }

    /// Those of one side.
    @inline(__always)
    func bits(ofQuery isQuery: Bool) -> UInt64 { isQuery ? query : candidate }
    @inline(__always)
    func has(_ index: Int, ofQuery isQuery: Bool) -> Bool {
        bits(ofQuery: isQuery) &>> UInt64(index) & 1 == 1
    }
    @inline(__always)
    func hasTwo(ofQuery isQuery: Bool) -> Bool {
        let bits = bits(ofQuery: isQuery)
        return bits & (bits &- 1) != 0
    }
    @inline(__always)
    mutating func take(_ index: Int, ofQuery isQuery: Bool) {
        if isQuery { take(query: index) } else { take(candidate: index) }
    }
    @inline(__always)
    func hasQuery(_ index: Int) -> Bool { query &>> UInt64(index) & 1 == 1 }
    @inline(__always)
    func hasCandidate(_ index: Int) -> Bool { candidate &>> UInt64(index) & 1 == 1 }
    mutating func takeAll() {
        query = 0
        candidate = 0
    }
    @inline(__always)
    mutating func take(query index: Int) { query &= ~(1 &<< UInt64(index)) }
    @inline(__always)
    mutating func take(candidate index: Int) { candidate &= ~(1 &<< UInt64(index)) }
}
