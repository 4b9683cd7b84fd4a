/// What each side of a comparison adds to the score, by name.
struct NameContributions {
    /// Points of agreeing pairs, and the points that full certainty would have given.
    private(set) var earned = 0
    private(set) var possible = 0
    /// Taken off for tokens that only one name has.
    private(set) var missing = 0
    /// Taken off for tokens that contradict each other.
    private(set) var conflict = 0
    /// The score is no more than this: 1000 where a given name agrees.
    private(set) var ceiling = 1000
    private(set) var score = 0

    private var hasGivenPair = false
    private var hasGivenInitial = false
    /// A pair that the lists, or the longer name, do not take for a family's.
    private var hasGivenName = false
    private var hasSurnamePair = false
    private var givenCertainty = 1000

    /// How surprising it is that two names share a token.
    private static func weight(_ role: TokenRole, _ known: KnownName) -> Int {
        switch role {
        case .filler: 1
        case .initial: 2
        case .surname: known.isKnown ? 4 : 6
        case .middle: 4
        case .given: known.isKnown ? 8 : 10
        }
    }

    mutating func add(
        _ offer: TokenOffer, _ mine: NameToken, _ theirs: NameToken, _ queryCount: Int,
        _ candidateCount: Int
    ) {
        let weight: Int
        if offer.agreement == .initial {
            weight = 3
            let whole = mine.isInitial ? theirs : mine
            if whole.role == .given || whole.role == .middle { hasGivenInitial = true }
        } else {
            weight = min(Self.weight(mine.role, mine.known), Self.weight(theirs.role, theirs.known))
            // In the longer name it is clearer what a token does.
            let isGiven =
                queryCount == candidateCount
                ? mine.role == .given || theirs.role == .given
                : (queryCount > candidateCount ? mine : theirs).role == .given
            if isGiven {
                hasGivenPair = true
                let isFamily = mine.known.isSurname && !mine.known.isGiven
                if !mine.isInitial, !isFamily { hasGivenName = true }
                givenCertainty = min(givenCertainty, offer.certainty)
            } else if mine.role == .surname || theirs.role == .surname {
                hasSurnamePair = true
            }
        }
        possible += 1000 * weight
        earned += offer.certainty * weight
    }

    mutating func addJoined() {
        possible += 10_000
        earned += 9_700
        hasGivenPair = true
        hasGivenName = true
    }

    mutating func close(_ left: LeftTokens, query: [NameToken], candidate: [NameToken]) {
        guard possible > 0 else { return }
        let mine = Self.most(left.query, query)
        let theirs = Self.most(left.candidate, candidate)
        switch (mine, theirs) {
        case (nil, nil):  // Nothing is left over: whatever tells the family apart agrees too.
            hasGivenPair = hasGivenPair || !hasGivenInitial
        case (let token?, nil), (nil, let token?):
            missing = Self.cost(ofMissing: token.role)
            // Yogesh Keshavan, and a record that says Keshavan only.
            if token.role == .given, hasLoneName(query, candidate) {
                hasGivenPair = true
                missing = 200
            }
        case (let token?, let other?):
            conflict = cost(ofConflict: token, other)
        }
        if !hasGivenPair {
            ceiling = min(ceiling, hasGivenInitial && hasSurnamePair ? 720 : 450)
        }
        let base = 1000 * earned / possible
        score = max(0, min(min(base, givenCertainty + 30) - missing - conflict, ceiling))
    }

    /// Whether one of the names is a single word that is no family's.
    ///
    /// Nobody gives a surname alone; behind another word it is the name where the family's comes first
    /// (Kottapalli Kondaiah).
    private func hasLoneName(_ query: [NameToken], _ candidate: [NameToken]) -> Bool {
        let lone = query.count == 1 ? query : candidate
        return lone.count == 1 && !lone[0].known.isSurname
            && (lone[0].known.isGiven || lone[0].place.count >= 5)
    }

    /// Of the tokens that are left the one that tells most.
    private static func most(_ bits: UInt64, _ tokens: [NameToken]) -> LeftToken? {
        var most: LeftToken?
        for index in tokens.indices where bits >> UInt64(index) & 1 == 1 {
            let role = tokens[index].role
            if role.rawValue >= (most?.role.rawValue ?? 0) {
                most = LeftToken(role: role, isFirst: index == 0, known: tokens[index].known)
            }
        }
        return most
    }

    private static func cost(ofMissing role: TokenRole) -> Int {
        switch role {
        case .filler: 10
        case .initial: 15
        case .surname, .middle: 40
        case .given: 60
        }
    }

    private func cost(
        ofConflict a: LeftToken, _ b: LeftToken
    ) -> Int {
        let low = a.role.rawValue < b.role.rawValue ? a : b
        let high = a.role.rawValue < b.role.rawValue ? b : a
        switch (low.role, high.role) {
        case (.filler, .filler): return low.known.isOtherGender(high.known) ? 300 : 30
        case (.filler, .given), (.initial, .given): return 500
        // Durga and Latha: a word that goes with any name may be the name as well.
        case (.filler, .middle): return low.known.isGiven ? 350 : 300
        case (.filler, _): return low.known.isGiven && !high.known.isSurname ? 250 : 60
        // K S Iyer and K R Iyer: nothing but initials tells them apart.
        case (.initial, .initial): return hasGivenName ? 150 : 350
        case (.initial, _): return 150
        case (_, .given): return 550
        // Both in front: two persons of one family, whatever the lists say.
        case _ where a.isFirst && b.isFirst: return 550
        case (_, .middle): return 350
        // A surname changes with a marriage; two words that no list knows may be given names.
        default: return a.known.isSurname || b.known.isSurname ? 230 : 330
        }
    }
}

/// A token that found no partner.
private struct LeftToken {
    var role: TokenRole
    var isFirst: Bool
    var known: KnownName
}
