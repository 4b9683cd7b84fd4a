@testable import Matcher

/// `WeighedPairing` as its comments say it: every token is offered to every other one, all offers are
/// sorted, and whatever may be in one piece is looked for; nothing is seen ahead of time.
struct OraclePairing {
    private(set) var agreement = NameAgreement(agrees: false, score: 0, distance: 0, limit: 0)
    private(set) var contributions = NameContributions()
    /// In the order in which they were taken.
    private(set) var pairs: [TokenPair] = []
    private var left: LeftTokens
    private var tally = ContributionTally()
    private var distance = 0
    private var limit = 0

    init(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ relatives: borrowing Relatives, _ memo: borrowing TokenMemo,
        _ established: borrowing EstablishedTokens, aliasesContradict: Bool
    ) {
        left = LeftTokens(query.count, candidate.count)
        takeOffers(query, candidate, established)
        takePieces(query, candidate, memo)
        if relatives.query.count > 0 || relatives.candidate.count > 0 {
            takeExplained(query, by: relatives.candidate, isQuery: true)
            takeExplained(candidate, by: relatives.query, isQuery: false)
        }
        contributions = tally.close(
            left, query: query, candidate: candidate,
            relativesContradict: !relatives.isEmpty && relatives.contradict,
            aliasesContradict: aliasesContradict)
        agreement = NameAgreement(
            agrees: contributions.score > 0, score: contributions.score, distance: distance,
            limit: limit)
        agreement.isByInitial = tally.isByInitial
        agreement.hasConflict = tally.hasConflict
    }

    /// The tokens without a partner, the request's first.
    func unpaired(_ query: borrowing NameTokens, _ candidate: borrowing NameTokens) -> [Int] {
        (0..<query.count).filter { left.hasQuery($0) }
            + (0..<candidate.count).filter { left.hasCandidate($0) }.map { 100 + $0 }
    }

    // MARK: One by one

    private mutating func takeOffers(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ established: borrowing EstablishedTokens
    ) {
        var offers: [TokenOffer] = []
        for mine in 0..<query.count {
            for theirs in 0..<candidate.count {
                let offer =
                    TokenOffer(mine, query[mine], theirs, candidate[theirs], established, 1)
                    ?? Self.slip(mine, theirs, query, candidate, established)
                if let offer { offers.append(offer) }
            }
        }
        // In turn what is surest, what stands at the same place, what stands in front; else as they came.
        let keys = offers.map { offer in
            let apart = abs(Int(offer.query) - Int(offer.candidate))
            return (-Int(offer.certainty), apart, Int(offer.query) + Int(offer.candidate))
        }
        let order = offers.indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] < keys[$1] }
        for place in order {
            let offer = offers[place]
            guard left.hasQuery(Int(offer.query)), left.hasCandidate(Int(offer.candidate))
            else { continue }
            take(offer, query, candidate)
        }
    }

    private static func slip(
        _ mine: Int, _ theirs: Int, _ query: borrowing NameTokens,
        _ candidate: borrowing NameTokens, _ established: borrowing EstablishedTokens
    ) -> TokenOffer? {
        guard TokenOffer.mayBeSlip(query[mine], candidate[theirs]),
            !TokenOffer.areTwoNames(query[mine], candidate[theirs], established, 1)
        else { return nil }
        return TokenOffer(
            slip: mine, query[mine], theirs, candidate[theirs], query.text(query[mine].place),
            candidate.text(candidate[theirs].place))
    }

    private mutating func take(
        _ offer: TokenOffer, _ query: borrowing NameTokens, _ candidate: borrowing NameTokens
    ) {
        let mine = query[Int(offer.query)]
        let theirs = candidate[Int(offer.candidate)]
        left.take(query: Int(offer.query))
        left.take(candidate: Int(offer.candidate))
        let weight = tally.add(offer, query, candidate)
        let edits = (Int(offer.quarters) + 3) / 4
        let shorter = min(mine.skeleton.count, theirs.skeleton.count)
        let most = (TokenDistance.limit(shorter: shorter) + 3) / 4
        distance += edits
        limit += most
        let isEqual =
            offer.agreement == .sound
            && query.text(mine.place).equals(candidate.text(theirs.place))
        pairs.append(
            TokenPair(
                query: mine.place, candidate: theirs.place,
                agreement: isEqual ? .equal : offer.agreement, distance: edits, limit: most,
                certainty: Int(offer.certainty), weight: weight))
    }

    // MARK: In one piece

    private mutating func takePieces(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ memo: borrowing TokenMemo
    ) {
        guard left.query != 0, left.candidate != 0 else { return }
        let sizes = FreeSizes(query, left.query)
        let others = FreeSizes(candidate, left.candidate)
        let candidatesFirst = JoinedTokens.comesFirst(candidate, others, before: query, sizes)
        for isQuery in candidatesFirst ? [false, true] : [true, false] {
            if isQuery {
                takeParts(of: query, in: candidate, memo, isQuery: true)
            } else {
                takeParts(of: candidate, in: query, memo, isQuery: false)
            }
        }
        guard left.query != 0, left.candidate != 0 else { return }
        let isOne = !left.hasTwo(ofQuery: true) && !left.hasTwo(ofQuery: false)
        if !isOne, JoinedTokens.areSameLetters(query, candidate, memo) {
            left.takeAll()
            (distance, limit) = (0, 0)
            pairs.removeAll()
            addJoined(
                TextRange(start: 0, count: query.bytes),
                TextRange(start: 0, count: candidate.bytes))
            return
        }
        for mine in 0..<query.count where left.hasQuery(mine) {
            for theirs in 0..<candidate.count
            where left.hasQuery(mine) && left.hasCandidate(theirs) {
                let (one, other) = (query[mine].place.count, candidate[theirs].place.count)
                guard abs(one - other) >= 3, min(one, other) >= 4,
                    JoinedTokens.areLeading(mine, theirs, query, candidate, memo)
                else { continue }
                left.take(query: mine)
                left.take(candidate: theirs)
                addJoined(query[mine].place, candidate[theirs].place)
            }
        }
    }

    private mutating func takeParts(
        of wholes: borrowing NameTokens, in others: borrowing NameTokens,
        _ memo: borrowing TokenMemo, isQuery: Bool
    ) {
        for whole in 0..<wholes.count where left.has(whole, ofQuery: isQuery) {
            let free = left.bits(ofQuery: !isQuery)
            guard
                let parts = JoinedTokens.parts(
                    of: wholes[whole], in: others, firsts: free, free: free, memo)
            else { continue }
            left.take(whole, ofQuery: isQuery)
            left.take(parts.0, ofQuery: !isQuery)
            left.take(parts.1, ofQuery: !isQuery)
            let place = JoinedTokens.place(others[parts.0].place, others[parts.1].place)
            addJoined(
                isQuery ? wholes[whole].place : place, isQuery ? place : wholes[whole].place)
        }
    }

    private mutating func addJoined(_ mine: TextRange, _ theirs: TextRange) {
        tally.addJoined()
        limit += 1
        pairs.append(
            TokenPair(
                query: mine, candidate: theirs, agreement: .joined, distance: 0, limit: 1,
                certainty: ContributionTally.joined.certainty,
                weight: ContributionTally.joined.weight))
    }

    // MARK: Relatives

    private mutating func takeExplained(
        _ tokens: borrowing NameTokens, by relative: borrowing NameTokens, isQuery: Bool
    ) {
        for index in 0..<tokens.count where left.has(index, ofQuery: isQuery) {
            guard Relatives.explains(relative, index, of: tokens) != nil else { continue }
            left.take(index, ofQuery: isQuery)
        }
    }
}
