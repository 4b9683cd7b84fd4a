/// Whose sons, daughters and wives two names say that their persons are.
///
/// A relative's name is no name of the person, but explains a token that only the other name has
/// (Yogesh Keshavan, Yogesh S/O Keshavan), and two fathers are two persons.
struct Relatives: ~Copyable {
    /// What differing fathers or husbands take off: not so much that a name which agrees entirely fails
    /// for a nickname of his, enough that the record which names him too comes first.
    static let pointsOfContradiction = 120
    /// Below this two tokens do not say the same relative.
    private static let certaintyMin: Int16 = 800
    /// A token of a name is explained by a relative's only from here on.
    private static let explainingMin: Int16 = 900

    private(set) var query = NameTokens()
    private(set) var candidate = NameTokens()
    private var queryRelation: UInt8 = 0
    private var candidateRelation: UInt8 = 0

    init() {}

    /// Whether neither name has any.
    @inline(__always)
    var isEmpty: Bool { query.count == 0 && candidate.count == 0 }

    /// Forgets both.
    @inline(__always)
    mutating func removeAll() {
        guard !isEmpty else { return }
        query.removeAll()
        candidate.removeAll()
    }

    mutating func read(
        _ mine: NameParts, _ name: Span<UInt8>, _ theirs: NameParts, _ folded: Span<UInt8>,
        _ memo: inout TokenMemo
    ) {
        query.read(name, mine.relative, &memo)
        candidate.read(folded, theirs.relative, &memo)
        queryRelation = mine.relation
        candidateRelation = theirs.relation
    }

    /// Whether both name a relative of one kind, and no token of the one is a token of the other.
    var contradict: Bool {
        guard let kind = Self.kind(queryRelation), kind == Self.kind(candidateRelation),
            query.count > 0, candidate.count > 0
        else { return false }
        for index in 0..<query.count
        where Self.partner(of: query[index], in: candidate, Self.certaintyMin) != nil {
            return false
        }
        // Mohan Lal and Mohanlal, or Mohan.
        if Self.begins(query, with: candidate) || Self.begins(candidate, with: query) {
            return false
        }
        // `S/O R` may be Ramesh.
        for index in 0..<query.count where query[index].isInitial { return false }
        for index in 0..<candidate.count where candidate[index].isInitial { return false }
        return true
    }

    /// The other name's relative who explains a token.
    static func explains(
        _ relative: borrowing NameTokens, _ token: Int, of name: borrowing NameTokens
    ) -> Int? {
        // What tells a family apart is never the father's name.
        guard name.roles[token] != .given, !name[token].isInitial else { return nil }
        return partner(of: name[token], in: relative, explainingMin)
    }

    private static func partner(
        of token: NameToken, in tokens: borrowing NameTokens, _ certaintyMin: Int16
    ) -> Int? {
        for index in 0..<tokens.count {
            if let offer = TokenOffer(0, token, index, tokens[index], EstablishedTokens(), 0),
                offer.certainty >= certaintyMin
            {
                return index
            }
        }
        return nil
    }

    private static func begins(
        _ name: borrowing NameTokens, with other: borrowing NameTokens
    ) -> Bool {
        let text = name.text(name[0].place)
        let front = other.text(other[0].place)
        return front.count >= 4 && text.count >= front.count
            && text.extracting(first: front.count).equals(front)
    }

    /// Sons, daughters and babies have a father or a mother, wives a husband.
    private static func kind(_ relation: UInt8) -> Int? {
        switch relation {
        case Letter.s, Letter.d, Letter.b: 1
        case Letter.w: 2
        default: nil
        }
    }
}
