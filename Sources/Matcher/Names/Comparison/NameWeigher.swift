/// Compares the name of one request with many records' by what each token tells.
///
/// Tokens are paired in any order; each pair counts by how surprising its agreement is and by how sure
/// it is. What is left over on one side is missing, what is left over on both sides is a
/// conflict, and a conflict of given names ends the matter: the members of a family share everything
/// else. An alias is another name of the same person, which may be the other's name; relatives that
/// contradict each other take something off. Symmetric; nothing is allocated per request or per comparison.
struct NameWeigher: ~Copyable {
    private var query = NameTokens()
    private var candidate = NameTokens()
    private var relatives = Relatives()
    private var memo = TokenMemo()
    private var name = TextArena(capacityBytes: 256)
    private var parts = NameParts()
    /// Which part of the name was taken apart last; none while records are written the same.
    private var partRead = NamePart.none
    private var pairing = WeighedPairing()

    private enum NamePart { case none, name, alias }
    /// Two aliases that agree less are two persons'.
    private static let aliasScoreMin = 450

    init() {}

    /// Takes the folded name of the next request.
    mutating func prepare(_ folded: Span<UInt8>) {
        name.reset()
        _ = name.append(folded)
        parts = NameParts(folded)
        partRead = .none
    }

    /// Compares, and says why.
    ///
    /// - Parameters:
    ///   - folded: the record's name.
    ///   - isSame: whether it is written as the request's.
    ///   - established: the tokens that are common among the records.
    ///   - facility: whose record it is.
    /// - Returns: what was found, and by what.
    mutating func explain(
        _ folded: Span<UInt8>, isSame: Bool, among established: borrowing EstablishedTokens,
        at facility: UInt16
    ) -> NameEvidence {
        pairing.isExplaining = true
        defer { pairing.isExplaining = false }
        guard !isSame else { return explainSame() }
        let agreement = compare(to: folded, among: established, at: facility)
        return NameEvidence(
            agreement: agreement, pairs: pairing.pairs(query, candidate, relatives),
            unpaired: pairing.unpaired(query, candidate), contributions: pairing.contributions)
    }

    /// Every token of the name with itself; aliases and relatives agree too, and say nothing more.
    private mutating func explainSame() -> NameEvidence {
        readQuery(.name)
        relatives.removeAll()
        pairing.removeAll()
        pairing.takeEqual(query)
        return NameEvidence(
            agreement: NameAgreement(agrees: true, score: 1000, distance: 0, limit: 0),
            pairs: pairing.pairs(query, query, relatives), unpaired: [],
            contributions: pairing.contributions)
    }

    /// Compares with a record's folded name.
    @inline(__always)
    mutating func compare(
        to folded: Span<UInt8>, among established: borrowing EstablishedTokens, at facility: UInt16
    ) -> NameAgreement {
        candidate.read(folded, 0..<folded.count, &memo)
        guard candidate.hasMark || hasMark else {
            readQuery(.name)
            relatives.removeAll()
            return weighTokens(established, facility)
        }
        return weighParts(folded, established, facility)
    }

    /// Compares names of which one has an alias or a relative behind it.
    private mutating func weighParts(
        _ folded: Span<UInt8>, _ established: borrowing EstablishedTokens, _ facility: UInt16
    ) -> NameAgreement {
        let theirs = NameParts(folded)
        Self.read(&relatives, parts, name, theirs, folded, &memo)
        var areTwoAliases = false
        if !parts.alias.isEmpty, !theirs.alias.isEmpty {
            let aliases = weigh(.alias, folded, theirs.alias, established, facility)
            areTwoAliases = aliases.score < Self.aliasScoreMin
        }
        var best = weigh(
            .name, folded, theirs.name, established, facility, aliasesContradict: areTwoAliases)
        guard !parts.alias.isEmpty || !theirs.alias.isEmpty else { return best }
        // Not one alias with the other: half a village is called Guddu.
        var isLast = true
        var bestParts = (NamePart.name, theirs.name)
        for turn in 0..<2 {
            let isMine = turn == 1
            let place = isMine ? theirs.name : theirs.alias
            guard !place.isEmpty, !isMine || !parts.alias.isEmpty else { continue }
            let part = isMine ? NamePart.alias : .name
            let agreement = weigh(part, folded, place, established, facility)
            isLast = Self.isBetter(agreement, than: best)
            if isLast { (best, bestParts) = (agreement, (part, place)) }
        }
        if isLast || !pairing.isExplaining { return best }
        return weigh(
            bestParts.0, folded, bestParts.1, established, facility,
            aliasesContradict: areTwoAliases && bestParts == (.name, theirs.name))
    }

    /// Of two that score the same the one that says more, so that it is the same one both ways.
    private static func isBetter(_ one: NameAgreement, than other: NameAgreement) -> Bool {
        guard one.score == other.score else { return one.score > other.score }
        guard one.isByInitial == other.isByInitial else { return other.isByInitial }
        guard one.hasConflict == other.hasConflict else { return other.hasConflict }
        return (one.distance, one.limit) < (other.distance, other.limit)
    }

    private mutating func weigh(
        _ part: NamePart, _ folded: Span<UInt8>, _ place: Range<Int>,
        _ established: borrowing EstablishedTokens, _ facility: UInt16,
        aliasesContradict: Bool = false
    ) -> NameAgreement {
        readQuery(part)
        candidate.read(folded, place, &memo)
        return weighTokens(established, facility, aliasesContradict: aliasesContradict)
    }

    @inline(__always)
    private mutating func readQuery(_ part: NamePart) {
        guard partRead != part else { return }
        Self.read(&query, name, part == .alias ? parts.alias : parts.name, &memo)
        partRead = part
    }

    @inline(__always)
    private mutating func weighTokens(
        _ established: borrowing EstablishedTokens, _ facility: UInt16,
        aliasesContradict: Bool = false
    ) -> NameAgreement {
        pairing.removeAll()
        guard query.count > 0, candidate.count > 0, query.isRelatives == candidate.isRelatives
        else {
            var nothing = NameAgreement.none
            nothing.isIncomparable = query.isRelatives != candidate.isRelatives
            return nothing
        }
        return pairing.weigh(
            query, candidate, relatives, memo, established, facility,
            aliasesContradict: aliasesContradict)
    }

    /// Whether an alias or a relative stands behind the request's name.
    private var hasMark: Bool { parts.name.count != name.count }

    // A span borrowed from one stored property keeps all of `self` from being changed.
    private static func read(
        _ tokens: inout NameTokens, _ name: borrowing TextArena, _ part: Range<Int>,
        _ memo: inout TokenMemo
    ) {
        tokens.read(name.bytes(name.range(from: 0)), part, &memo)
    }

    private static func read(
        _ relatives: inout Relatives, _ mine: NameParts, _ name: borrowing TextArena,
        _ theirs: NameParts, _ folded: Span<UInt8>, _ memo: inout TokenMemo
    ) {
        relatives.read(mine, name.bytes(name.range(from: 0)), theirs, folded, &memo)
    }
}
