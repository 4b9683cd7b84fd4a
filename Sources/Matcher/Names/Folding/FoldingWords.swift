/// What a word says of a name's parts, where it is no name itself.
struct WordMeaning: OptionSet, BitwiseCopyable {
    let rawValue: UInt8

    /// A title in front of a name, `Smt` or `Dr`.
    ///
    /// `Md` and `Mohd` are not among them: they are the name Mohammed.
    static let title = WordMeaning(rawValue: 1)
    /// `son`, `wife`: with `of` behind it, what follows is a relative's name.
    static let relation = WordMeaning(rawValue: 2)
    /// Relation marks that lost their stroke, and their words in Hindi: behind a name.
    static let tail = WordMeaning(rawValue: 4)
    static let alias = WordMeaning(rawValue: 8)
    static let of = WordMeaning(rawValue: 16)
    /// What desks write of somebody whose name they do not know: a name of such words alone is none.
    static let nobody = WordMeaning(rawValue: 32)
}

/// The words of at most eight letters that folding knows, found by one look.
struct FoldingWords {
    static let all = FoldingWords()

    /// A word as one number, its first letter lowest, at the place that its hash gives or behind it;
    /// 0 in an empty place.
    private var words = [UInt64](repeating: 0, count: 256)
    private var meanings = [WordMeaning](repeating: [], count: 256)

    private init() {
        for word in titles { add(word, .title) }
        for word in relations { add(word, .relation) }
        for word in tails { add(word, .tail) }
        for word in ["urf", "alias", "aka"] as [StaticString] { add(word, .alias) }
        add("of", .of)
        for word in nobodies { add(word, .nobody) }
    }

    /// What a token means; nothing for all that are not in the lists.
    @inline(__always)
    func meaning(of token: Span<UInt8>) -> WordMeaning {
        token.count <= 8 ? meaning(of: token.firstWord) : []
    }

    /// What a token of one to eight bytes means, the first one lowest and zeros behind them.
    @inline(__always)
    func meaning(of word: UInt64) -> WordMeaning {
        let place = place(of: word)
        return words[place] == word ? meanings[place] : []
    }

    /// The letter of the mark that a relation's word stands for: `s` of `S/O` for `son` and `putra`.
    static func relation(of word: Span<UInt8>) -> UInt8 {
        switch (word[0], word.count > 1 ? word[1] : 0) {
        case (Letter.p, Letter.a): Letter.w  // patni
        case (Letter.p, Letter.i): Letter.f  // pita
        case (Letter.p, _): word[word.count - 1] == Letter.i ? Letter.d : Letter.s  // putri, putra
        case (Letter.g, _): Letter.d  // girl
        case (Letter.t, _), (Letter.c, Letter.h): Letter.b  // twin, child
        case (let first, _): first
        }
    }

    private mutating func add(_ word: StaticString, _ meaning: WordMeaning) {
        let packed = word.withUTF8Buffer { bytes in unsafe bytes.span.firstWord }
        let place = place(of: packed)
        words[place] = packed
        meanings[place].insert(meaning)
    }

    /// All words, in no order that means anything but always the same one.
    var everyWord: [String] {
        words.filter { $0 != 0 }.map { word in
            let letters = (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
            return String(decoding: letters.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// The place of a word, or the empty one where it would stand.
    @inline(__always)
    private func place(of word: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 56)
        while words[place] != 0, words[place] != word { place = (place + 1) & 255 }
        return place
    }
}

private let titles: [StaticString] = [
    "shri", "sri", "shree", "smt", "shrimati", "srimati", "km", "ku", "kum", "mr", "mrs", "ms",
    "miss", "dr", "prof", "late", "mast", "master", "baby", "er", "adv", "capt", "col", "maj",
    "sushri", "thiru", "tmt", "sau", "sow", "smti", "srimathi", "janab", "haji", "hajji", "sh",
    "mst",
    "mosa", "mosammat", "musammat", "pu", "pi", "fr", "sr", "rev",
]
private let relations: [StaticString] = [
    "son", "daughter", "wife", "husband", "baby", "care", "father", "mother", "boy", "girl",
    "child",
    "twin", "widow", "mo", "fo", "so", "do", "wo", "co", "bo",
]
private let tails: [StaticString] = [
    "so", "do", "wo", "co", "bo", "putr", "putra", "putri", "patni", "pita",
]
// Not `baby` alone, which is a name in the south; in front of another word it is a title.
private let nobodies: [StaticString] = [
    "unknown", "unnamed", "noname", "no", "name", "new", "born", "newborn", "infant", "neonate",
    "male", "female", "boy", "girl", "test", "dummy", "patient", "self", "agyat", "ajnat",
]
