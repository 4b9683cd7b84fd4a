/// Compares the name of one request with many records' by what each token tells.
///
/// Tokens are paired in any order; each pair counts by how surprising its agreement is and by how sure
/// it is. What is left over on one side is missing, what is left over on both sides is a
/// conflict, and a conflict of given names ends the matter: the members of a family share everything
/// else. Symmetric; nothing is allocated per request or per comparison.
struct NameWeigher: ~Copyable {
    private var query = NameTokens()
    private var candidate = NameTokens()
    private var memo = TokenMemo()
    private var name = TextArena(capacityBytes: 256)
    /// Whether the name has been taken apart: most records of the person who asks are written the same.
    private var isRead = false
    private var pairing = WeighedPairing()

    init() {}

    /// Takes the folded name of the next request.
    mutating func prepare(_ folded: Span<UInt8>) {
        name.reset()
        _ = name.append(folded)
        isRead = false
    }

    /// Compares with a record's folded name.
    mutating func compare(to folded: Span<UInt8>) -> NameAgreement {
        if name.bytes(name.range(from: 0)).equals(folded), !isMarked {
            return NameAgreement(agrees: true, score: 1000, distance: 0, limit: 0)
        }
        return weigh(folded)
    }

    /// Compares, and says why.
    mutating func explain(_ folded: Span<UInt8>) -> NameEvidence {
        let isEqual = name.bytes(name.range(from: 0)).equals(folded) && !isMarked
        pairing.isExplaining = true
        defer { pairing.isExplaining = false }
        let agreement = weigh(folded)
        if isEqual { pairing.takeEqual(query) }
        return NameEvidence(
            agreement: isEqual ? compare(to: folded) : agreement, pairs: pairing.pairs,
            unpaired: pairing.unpaired(query, candidate), contributions: pairing.contributions)
    }

    /// `B/O Rukmini` agrees with nobody, not even with itself.
    private var isMarked: Bool {
        name.count > 1 && name.byte(at: 1) == UInt8(ascii: "/")
    }

    private mutating func weigh(_ folded: Span<UInt8>) -> NameAgreement {
        if !isRead {
            Self.read(&query, name, &memo)
            isRead = true
        }
        candidate.read(folded, &memo)
        pairing.removeAll()
        guard query.count > 0, candidate.count > 0, query.isRelatives == candidate.isRelatives
        else {
            var nothing = NameAgreement.none
            nothing.isIncomparable = query.isRelatives != candidate.isRelatives
            return nothing
        }
        return pairing.weigh(query, candidate, memo)
    }

    // A span borrowed from one stored property keeps all of `self` from being changed.
    private static func read(
        _ tokens: inout NameTokens, _ name: borrowing TextArena, _ memo: inout TokenMemo
    ) {
        tokens.read(name.bytes(name.range(from: 0)), &memo)
    }
}
