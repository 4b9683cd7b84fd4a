/// How two tokens were found to go together.
public enum TokenAgreement: String, Sendable, BitwiseCopyable {
    case equal, typo, initial, joined, sound
    /// Two spellings of one name, by the lists.
    case variant
    /// A token that is a father's or husband's in the other name: explained, but no agreement.
    case relative
}

/// One line of the evidence of a name: which token went with which.
public struct TokenPair: Sendable, BitwiseCopyable {
    /// The place of the request's token within its folded name.
    public var query: TextRange
    /// The place of the record's token within its folded name.
    public var candidate: TextRange
    /// How they go together.
    public var agreement: TokenAgreement
    /// Edits between them.
    public var distance: Int
    /// Edits that would still have been accepted.
    public var limit: Int
    /// How sure it is that both are one word, 0...1000; 1000 where the comparison weighs nothing.
    public var certainty = 1000
    /// How much the pair counts beside the name's others; more for what few persons share, 0 for a
    /// relative's.
    public var weight = 1
}

/// A token that found no partner.
public struct UnpairedToken: Sendable, BitwiseCopyable {
    /// Its place within its folded name.
    public var place: TextRange
    /// Whether it is the request's.
    public var isQuery: Bool
    /// What it does in its name.
    public var role: TokenRole
}

/// What each part of a comparison adds to the score, or takes off; together they are the score.
public struct NameContributions: Equatable, Sendable, BitwiseCopyable {
    /// The pairs' certainties, each by its weight, 0...1000.
    public var tokens = 0
    /// A given name that agrees less well than the rest, <= 0.
    public var given = 0
    /// Tokens that only one of the names has, <= 0.
    public var missing = 0
    /// Tokens that contradict each other, <= 0.
    public var conflict = 0
    /// Fathers or husbands that contradict each other, <= 0.
    public var relative = 0
    /// What brings the sum to 0, or below the most that names may reach of which no given name agrees.
    public var bounds = 0

    /// Every part by its name, in the order in which they are told.
    public var named: [(name: StaticString, points: Int)] {
        [
            ("tokens", tokens), ("given", given), ("missing", missing), ("conflict", conflict),
            ("relative", relative), ("bounds", bounds),
        ]
    }

    /// 0...1000.
    public var score: Int { tokens + given + missing + conflict + relative + bounds }

    /// All of the score from the tokens.
    public init(tokens: Int = 0) { self.tokens = tokens }
}

/// Why two names got their score.
public struct NameEvidence: Sendable {
    /// What the comparison found.
    public var agreement: NameAgreement
    /// Which token went with which, in the order in which they were taken.
    public var pairs: [TokenPair]
    /// Tokens without a partner; empty unless the comparison weighs tokens.
    public var unpaired: [UnpairedToken]
    /// Their sum is the score.
    public var contributions: NameContributions
}
