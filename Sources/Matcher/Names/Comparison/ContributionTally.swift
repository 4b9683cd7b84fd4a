/// The sums of one comparison, from which its contributions are made.
struct ContributionTally {
    /// The pairs' certainties, each times its weight.
    private var earned = 0
    private var weights = 0
    /// Whether any pair is counted.
    var hasPair: Bool { weights > 0 }

    /// Whether the given name of one is an initial in the other.
    var isByInitial: Bool { hasGivenInitial && !hasGivenName }

    /// Whether something in them contradicts, however well the rest agrees.
    private(set) var hasConflict = false

    private var hasGivenPair = false
    private var hasGivenInitial = false
    /// A pair that the lists, or the longer name, do not take for a family's.
    private var hasGivenName = false
    /// One that is more than a word which goes with any name, as Ram and Devi are.
    private var hasOwnName = false
    private var hasSurnamePair = false
    private var givenCertainty = 1000

    /// How surprising it is that two names share a token.
    @inline(__always)
    static func weight(_ role: TokenRole, _ known: KnownName) -> Int {
        weights(role) &>> (known.isKnown ? 0 : 4) & 0xF
    }

    /// The weight of a token that the lists know, and, four bits higher, of one that they do not.
    private static func weights(_ role: TokenRole) -> Int {
        switch role {
        case .filler: 0x11
        case .initial: 0x22
        case .surname: 0x64
        case .middle: 0x44
        case .given: 0xA8
        }
    }

    /// Counts a pair.
    ///
    /// - Returns: its weight.
    @inline(__always) @discardableResult
    mutating func add(
        _ offer: TokenOffer, _ query: borrowing NameTokens, _ candidate: borrowing NameTokens
    ) -> Int {
        let mine = query[Int(offer.query)]
        let theirs = candidate[Int(offer.candidate)]
        let role = query.roles[Int(offer.query)]
        let other = candidate.roles[Int(offer.candidate)]
        let certainty = Int(offer.certainty)
        let weight: Int
        if offer.agreement == .initial {
            weight = 3
            let whole = mine.isInitial ? other : role
            if whole == .given || whole == .middle { hasGivenInitial = true }
        } else {
            weight = min(Self.weight(role, mine.known), Self.weight(other, theirs.known))
            // In the longer name it is clearer what a token does.
            let isGiven =
                query.count == candidate.count
                ? role == .given || other == .given
                : (query.count > candidate.count ? role : other) == .given
            if isGiven {
                hasGivenPair = true
                // Whichever name is the request's: a surname with a slip is no given name either.
                let isFamily = Self.isFamilys(mine.known) || Self.isFamilys(theirs.known)
                if !mine.isInitial, !isFamily {
                    hasGivenName = true
                    if !mine.known.isFiller || !theirs.known.isFiller { hasOwnName = true }
                }
                givenCertainty = min(givenCertainty, certainty)
            } else if role == .surname || other == .surname {
                hasSurnamePair = true
            }
        }
        weights &+= weight
        earned &+= certainty &* weight
        return weight
    }

    /// Whether the lists take a token for a family's name and nothing else.
    @inline(__always)
    private static func isFamilys(_ known: KnownName) -> Bool { known.isSurname && !known.isGiven }

    /// What two aliases take off: nicknames are many, and who has the same name and another one may be
    /// somebody else.
    private static let pointsOfAliases = 150

    /// What a name in one piece and the same in two count.
    static let joined = (certainty: 970, weight: 10)

    mutating func addJoined() {
        weights += Self.joined.weight
        earned += Self.joined.certainty * Self.joined.weight
        hasGivenPair = true
        hasGivenName = true
    }

    /// Counts the tokens without a partner, once all that have one are counted.
    ///
    /// - Parameters:
    ///   - left: the tokens without one.
    ///   - query: the request's.
    ///   - candidate: the record's.
    ///   - relativesContradict: whether their fathers or husbands are two.
    ///   - aliasesContradict: whether their aliases are two.
    /// - Returns: what each part contributes to the score.
    mutating func close(
        _ left: LeftTokens, query: borrowing NameTokens, candidate: borrowing NameTokens,
        relativesContradict: Bool, aliasesContradict: Bool
    ) -> NameContributions {
        var parts = NameContributions()
        guard weights > 0 else { return parts }
        let mine = Self.most(left.query, query)
        let theirs = Self.most(left.candidate, candidate)
        switch (mine, theirs) {
        case (nil, nil):  // Nothing is left over: whatever tells the family apart agrees too.
            hasGivenPair = hasGivenPair || !hasGivenInitial
        case (let token?, nil), (nil, let token?):
            parts.missing = -Self.cost(ofMissing: token.role)
            // Yogesh Keshavan, and a record that says Keshavan only.
            if token.role == .given, Self.hasLoneName(query, candidate) {
                hasGivenPair = true
                parts.missing = -200
            }
        case (let token?, let other?):
            parts.conflict = -cost(ofConflict: token, other, ofRelative: query.isRelatives)
            // Devi and F: one desk writes the initial, the next the word that goes with any name.
            hasConflict = token.role.rawValue + other.role.rawValue != 1
        }
        let isWhole = left.query == 0 && left.candidate == 0
        let ceiling =
            hasGivenPair
            ? 1000 : !hasGivenInitial ? 450 : hasSurnamePair ? 720 : isWhole ? 640 : 450
        parts.tokens = Int(UInt32(truncatingIfNeeded: earned) / UInt32(truncatingIfNeeded: weights))
        parts.given = min(0, givenCertainty + 30 - parts.tokens)
        hasConflict = hasConflict || aliasesContradict || relativesContradict
        if aliasesContradict { parts.conflict -= Self.pointsOfAliases }
        if relativesContradict { parts.relative = -Relatives.pointsOfContradiction }
        let sum = parts.score
        parts.bounds = max(0, min(sum, ceiling)) - sum
        return parts
    }

    /// Whether one of the names is a single word that is no family's.
    ///
    /// Nobody gives a surname alone; behind another word it is the name where the family's comes first
    /// (Kottapalli Kondaiah).
    private static func hasLoneName(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens
    ) -> Bool {
        guard query.count == 1 || candidate.count == 1 else { return false }
        let lone = query.count == 1 ? query[0] : candidate[0]
        return !lone.known.isSurname && (lone.known.isGiven || lone.place.count >= 5)
    }

    /// Of the tokens that are left the one that tells most.
    @inline(__always)
    private static func most(_ left: UInt64, _ tokens: borrowing NameTokens) -> LeftToken? {
        guard left != 0 else { return nil }
        let most = tokens.roles.most(left)
        return LeftToken(
            role: most.role, isFirst: most.index == 0, known: tokens[most.index].known)
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
        ofConflict a: LeftToken, _ b: LeftToken, ofRelative isRelatives: Bool
    ) -> Int {
        let low = a.role.rawValue < b.role.rawValue ? a : b
        let high = a.role.rawValue < b.role.rawValue ? b : a
        switch (low.role, high.role) {
        // Singh and Kaur; Ram Lal and Ram Singh, of which the whole is the name; Bala and Rama in front.
        case (.filler, .filler) where a.isFirst && b.isFirst: return 350
        case (.filler, .filler):
            return low.known.isOtherGender(high.known) || !hasOwnName ? 300 : 30
        case (.filler, .given), (.initial, .given): return 500
        // Durga and Latha: a word that goes with any name may be the name as well.
        case (.filler, .middle): return low.known.isGiven ? 350 : 300
        case (.filler, _): return low.known.isGiven && !high.known.isSurname ? 250 : 60
        // Twin 1 and Twin 2 of one mother, or A and B.
        case (.initial, _) where isRelatives: return 550
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

/// Of the tokens without a partner the one that tells most.
private struct LeftToken {
    var role: TokenRole
    var isFirst: Bool
    var known: KnownName
}
