/// Compares the name of one request with many records' by what each token tells.
///
/// Tokens are paired in any order; each pair counts by how surprising its agreement is and by how sure
/// it is. What is left over on one side is missing, what is left over on both sides is a
/// conflict, and a conflict of given names ends the matter: the members of a family share everything
/// else. Symmetric; nothing is allocated per request or per comparison.
struct NameWeigher: ~Copyable {
    private var query = NameTokens()
    private var candidate = NameTokens()
    private var offers: [TokenOffer] = []
    private(set) var pairs: [TokenPair] = []
    private(set) var contributions = NameContributions()
    private let lexicon = NameLexicon.builtIn
    private var name: [UInt8] = []

    init() {
        offers.reserveCapacity(NameTokens.countMax * NameTokens.countMax)
        pairs.reserveCapacity(NameTokens.countMax)
    }

    /// Takes the folded name of the next request.
    mutating func prepare(_ folded: Span<UInt8>) {
        query.read(folded, lexicon)
        name.removeAll(keepingCapacity: true)
        for index in folded.indices { name.append(folded[index]) }
    }

    mutating func removePairs() {
        pairs.removeAll(keepingCapacity: true)
    }

    /// Compares with a record's folded name.
    mutating func compare(to folded: Span<UInt8>) -> NameAgreement {
        pairs.removeAll(keepingCapacity: true)
        offers.removeAll(keepingCapacity: true)
        contributions = NameContributions()
        if !query.isRelatives, !query.tokens.isEmpty, name.span.equals(folded) {
            return agreeEntirely()
        }
        Self.read(&candidate, folded, lexicon, name, query)
        guard !query.tokens.isEmpty, !candidate.tokens.isEmpty,
            query.isRelatives == candidate.isRelatives
        else {
            var nothing = NameAgreement.none
            nothing.isIncomparable = query.isRelatives != candidate.isRelatives
            return nothing
        }
        var left = LeftTokens(query.tokens.count, candidate.tokens.count)
        offerPairs(folded)
        takeOffers(&left)
        if left.query != 0, left.candidate != 0 { takeJoined(&left, folded) }
        return judge(left)
    }

    // A span borrowed from one stored property keeps all of `self` from being changed.
    private static func read(
        _ tokens: inout NameTokens, _ folded: Span<UInt8>, _ lexicon: borrowing NameLexicon,
        _ name: [UInt8], _ query: borrowing NameTokens
    ) {
        tokens.read(folded, lexicon, known: name.span, query.tokens)
    }

    /// The same folded name, as most records of the person who asks have it.
    private mutating func agreeEntirely() -> NameAgreement {
        for token in query.tokens.indices {
            let place = query.tokens[token].place
            pairs.append(
                TokenPair(query: place, candidate: place, agreement: .equal, distance: 0, limit: 0))
        }
        return NameAgreement(agrees: true, score: 1000, distance: 0, limit: 0)
    }

    // MARK: Pairing

    private mutating func offerPairs(_ folded: Span<UInt8>) {
        for mine in query.tokens.indices {
            for theirs in candidate.tokens.indices {
                offerPair(mine, theirs, folded)
            }
        }
        // Few offers, nearly in order: what is surest first, then what stands at the same place.
        for index in offers.indices.dropFirst() {
            let offer = offers[index]
            var place = index
            while place > 0, offer.precedes(offers[place - 1]) {
                offers[place] = offers[place - 1]
                place -= 1
            }
            offers[place] = offer
        }
    }

    private mutating func offerPair(_ mine: Int, _ theirs: Int, _ folded: Span<UInt8>) {
        if let offer = TokenOffer(mine, query.tokens[mine], theirs, candidate.tokens[theirs]) {
            offers.append(offer)
            return
        }
        // Two common names are two names, whatever key was pressed.
        guard !query.tokens[mine].known.isKnown || !candidate.tokens[theirs].known.isKnown,
            let offer = TokenOffer(
                slip: mine, query.tokens[mine], theirs, candidate.tokens[theirs],
                name.span.extracting(query.tokens[mine].place.bytes),
                folded.extracting(candidate.tokens[theirs].place.bytes))
        else { return }
        offers.append(offer)
    }

    private mutating func takeOffers(_ left: inout LeftTokens) {
        for offer in offers where left.hasQuery(offer.query) && left.hasCandidate(offer.candidate) {
            left.take(query: offer.query)
            left.take(candidate: offer.candidate)
            let mine = query.tokens[offer.query]
            let theirs = candidate.tokens[offer.candidate]
            contributions.add(
                offer, mine, theirs, query.tokens.count, candidate.tokens.count)
            pairs.append(
                TokenPair(
                    query: mine.place, candidate: theirs.place, agreement: offer.agreement,
                    distance: (offer.quarters + 3) / 4,
                    limit: TokenDistance.limit(
                        shorter: min(mine.skeleton.count, theirs.skeleton.count)) / 4))
        }
    }

    /// Lakshmi Devi and LAKSHMIDEVI: tokens that are free on one side, written in one piece on the
    /// other, in either order.
    private mutating func takeJoined(_ left: inout LeftTokens, _ folded: Span<UInt8>) {
        for whole in query.tokens.indices where left.hasQuery(whole) {
            guard query.tokens[whole].place.count > 3, left.candidate.nonzeroBitCount > 1,
                let parts = NameWeigher.parts(
                    of: query.tokens[whole], in: candidate.tokens, folded, left.candidate)
            else { continue }
            left.take(query: whole)
            left.take(candidate: parts.0)
            left.take(candidate: parts.1)
            addJoined(query.tokens[whole].place, candidate.tokens[parts.0].place)
        }
        for whole in candidate.tokens.indices where left.hasCandidate(whole) {
            guard candidate.tokens[whole].place.count > 3, left.query.nonzeroBitCount > 1,
                let parts = NameWeigher.parts(
                    of: candidate.tokens[whole], in: query.tokens, name.span, left.query)
            else { continue }
            left.take(candidate: whole)
            left.take(query: parts.0)
            left.take(query: parts.1)
            addJoined(query.tokens[parts.0].place, candidate.tokens[whole].place)
        }
        guard left.query != 0, left.candidate != 0 else { return }
        takeWhole(&left, folded)
        takeLeading(&left, folded)
    }

    /// The same letters with the spaces elsewhere.
    private mutating func takeWhole(_ left: inout LeftTokens, _ folded: Span<UInt8>) {
        guard abs(name.count - folded.count) <= 3,
            query.tokens[0].skeleton.letters[0] == candidate.tokens[0].skeleton.letters[0]
        else { return }
        let mine = TokenSkeleton(name.span)
        let theirs = TokenSkeleton(folded)
        guard min(mine.count, theirs.count) >= 6, query.tokens.count + candidate.tokens.count > 2,
            mine.equals(theirs) || TokenDistance.quarters(mine, theirs, limit: 3) != nil,
            !NameWeigher.isOneTokenEach(query.tokens, candidate.tokens)
        else { return }
        left.takeAll()
        pairs.removeAll(keepingCapacity: true)
        addJoined(
            TextRange(start: 0, count: name.count), TextRange(start: 0, count: folded.count))
    }

    private static func isOneTokenEach(_ a: [NameToken], _ b: [NameToken]) -> Bool {
        // As many tokens on both sides are compared one by one, unless a space has moved.
        guard a.count == b.count else { return false }
        for index in a.indices where abs(a[index].place.count - b[index].place.count) > 1 {
            return false
        }
        return true
    }

    /// DAKSHACHAKRABORTY and Daksha: a free token that begins or ends with one of the other side,
    /// where the rest is a name by the lists.
    private mutating func takeLeading(_ left: inout LeftTokens, _ folded: Span<UInt8>) {
        for mine in query.tokens.indices where left.hasQuery(mine) {
            for theirs in candidate.tokens.indices where left.hasCandidate(theirs) {
                guard areLeading(mine, theirs, folded) else { continue }
                left.take(query: mine)
                left.take(candidate: theirs)
                addJoined(query.tokens[mine].place, candidate.tokens[theirs].place)
                break
            }
        }
    }

    private func areLeading(_ mine: Int, _ theirs: Int, _ folded: Span<UInt8>) -> Bool {
        let text = name.span.extracting(query.tokens[mine].place.bytes)
        let other = folded.extracting(candidate.tokens[theirs].place.bytes)
        return text.count > other.count
            ? candidate.tokens[theirs].role == .given && isMade(text, of: other)
            : query.tokens[mine].role == .given && isMade(other, of: text)
    }

    private func isMade(_ whole: Span<UInt8>, of part: Span<UInt8>) -> Bool {
        let rest = whole.count - part.count
        guard part.count >= 4, rest >= 3 else { return false }
        let isFront = whole.extracting(0..<part.count).equals(part)
        guard isFront || whole.extracting(rest..<whole.count).equals(part) else { return false }
        let other =
            isFront ? whole.extracting(part.count..<whole.count) : whole.extracting(0..<rest)
        let known = lexicon.find(TokenSkeleton(other))
        return known.isFiller || (known.isSurname && isFront)
    }

    private mutating func addJoined(_ mine: TextRange, _ theirs: TextRange) {
        contributions.addJoined()
        pairs.append(
            TokenPair(query: mine, candidate: theirs, agreement: .joined, distance: 0, limit: 1))
    }

    /// The two free tokens that a token is made of.
    private static func parts(
        of whole: NameToken, in tokens: [NameToken], _ text: Span<UInt8>, _ free: UInt64
    ) -> (Int, Int)? {
        for first in tokens.indices where free >> UInt64(first) & 1 == 1 {
            for second in tokens.indices where second != first && free >> UInt64(second) & 1 == 1 {
                let bytes = tokens[first].place.count + tokens[second].place.count
                // Look before building a skeleton: most tokens cannot be joined to this one.
                guard abs(bytes - whole.place.count) <= 2,
                    tokens[first].skeleton.letters[0] == whole.skeleton.letters[0]
                else { continue }
                var letters = InlineArray<64, UInt8>(repeating: 0)
                var count = 0
                for index in tokens[first].place.bytes where count < 64 {
                    letters[count] = text[index]
                    count += 1
                }
                for index in tokens[second].place.bytes where count < 64 {
                    letters[count] = text[index]
                    count += 1
                }
                let joined = TokenSkeleton(letters.span.extracting(0..<count))
                if joined.equals(whole.skeleton)
                    || TokenDistance.quarters(joined, whole.skeleton, limit: 3) != nil
                {
                    return (first, second)
                }
            }
        }
        return nil
    }

    // MARK: Judging

    private mutating func judge(_ left: LeftTokens) -> NameAgreement {
        contributions.close(
            left, query: query.tokens, candidate: candidate.tokens)
        var agreement = NameAgreement(
            agrees: false, score: contributions.score, distance: 0, limit: 0)
        for pair in pairs {
            agreement.distance += pair.distance
            agreement.limit += pair.limit
        }
        agreement.agrees = agreement.score > 0
        return agreement
    }
}

/// The tokens of both names that have no partner yet, one bit each.
struct LeftTokens {
    private(set) var query: UInt64
    private(set) var candidate: UInt64

    init(_ queries: Int, _ candidates: Int) {
        query = (1 << UInt64(queries)) - 1
        candidate = (1 << UInt64(candidates)) - 1
    }

    func hasQuery(_ index: Int) -> Bool { query >> UInt64(index) & 1 == 1 }
    func hasCandidate(_ index: Int) -> Bool { candidate >> UInt64(index) & 1 == 1 }
    mutating func takeAll() {
        query = 0
        candidate = 0
    }
    mutating func take(query index: Int) { query &= ~(1 << UInt64(index)) }
    mutating func take(candidate index: Int) { candidate &= ~(1 << UInt64(index)) }
}
