import TestSupport
import Testing

@testable import Matcher

/// Two names' tokens compared by both ways, with memory that has met many others.
private struct PairedNames: ~Copyable {
    private var query = NameTokens()
    private var candidate = NameTokens()
    private var relatives = Relatives()
    private var memo = TokenMemo()
    private var pairing = WeighedPairing()

    init() { pairing.isExplaining = true }

    /// What the quick way says otherwise than the general one; nil where they agree in all.
    mutating func difference(
        _ a: [UInt8], _ b: [UInt8], among established: borrowing EstablishedTokens,
        aliasesContradict: Bool
    ) -> String? {
        let parts = (NameParts(a.span), NameParts(b.span))
        query.read(a.span, parts.0.name, &memo)
        candidate.read(b.span, parts.1.name, &memo)
        guard query.count > 0, candidate.count > 0 else { return nil }
        relatives.read(parts.0, a.span, parts.1, b.span, &memo)
        pairing.removeAll()
        let agreement = pairing.weigh(
            query, candidate, relatives, memo, established, 1,
            aliasesContradict: aliasesContradict)
        let oracle = OraclePairing(
            query, candidate, relatives, memo, established, aliasesContradict: aliasesContradict)
        guard agreement == oracle.agreement else { return "\(agreement), not \(oracle.agreement)" }
        guard pairing.contributions == oracle.contributions else {
            return "\(pairing.contributions), not \(oracle.contributions)"
        }
        let pairs = pairing.pairs(query, candidate, relatives).filter { $0.agreement != .relative }
        let expected = oracle.pairs.map {
            Self.shown($0, query.base, candidate.base)
        }
        let found = pairs.map { Self.shown($0, 0, 0) }
        guard found == expected else { return "pairs \(found), not \(expected)" }
        let unpaired = pairing.unpaired(query, candidate).count
        let others = oracle.unpaired(query, candidate).count
        return unpaired == others ? nil : "\(unpaired) without a partner, not \(others)"
    }

    private static func shown(_ pair: TokenPair, _ base: Int, _ other: Int) -> String {
        "\(pair.query.start + base)+\(pair.query.count) \(pair.candidate.start + other)+"
            + "\(pair.candidate.count) \(pair.agreement) \(pair.distance) \(pair.limit) "
            + "\(pair.certainty) \(pair.weight)"
    }
}

@Suite("Pairing the tokens of two names")
struct WeighedPairingTests {
    private static let lists: [[UInt8]] = [
        NameLists.male, NameLists.female, NameLists.surnames, NameLists.fillers,
        NameLists.gendered,
    ].flatMap { list in
        list.description.split(whereSeparator: { " \n/".contains($0) }).map { Array($0.utf8) }
    }

    private static let established: EstablishedTokens = {
        var counter = TokenCounter()
        for _ in 0..<TokenCounter.countMin {
            for name in ["zorvanta devi", "xyqzor rao", "xyqzer zorvanda", "ashaa rahti ramti"] {
                counter.add(Array(name.utf8).span, facility: 1)
            }
        }
        return counter.finish()
    }()

    /// A name of words of the lists, most of them as they stand there.
    private func listedName(_ random: inout SplitMix64) -> [UInt8] {
        let words = (0..<Int.random(in: 1...5, using: &random)).map { _ -> [UInt8] in
            let word = Self.lists.randomElement(using: &random) ?? []
            switch UInt8.random(in: 0..<10, using: &random) {
            case 0: return random.nearToken(word)
            case 1: return Array(word.prefix(1))
            case 2: return word + (Self.lists.randomElement(using: &random) ?? [])
            default: return word
            }
        }
        return Array(words.joined(separator: [0x20]))
    }

    /// Two names of the tokens of one, in any order, some of them changed.
    private func shuffled(_ name: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var tokens = name.split(separator: 0x20).map(Array.init)
        if Bool.random(using: &random) { tokens.shuffle(using: &random) }
        for index in tokens.indices where UInt8.random(in: 0..<4, using: &random) == 0 {
            tokens[index] =
                Bool.random(using: &random)
                ? random.nearToken(tokens[index])
                : Self.lists.randomElement(using: &random) ?? tokens[index]
        }
        return Array(tokens.joined(separator: [0x20]))
    }

    @Test(
        "finds what the general way finds: names of the lists, their slips, initials and pieces",
        arguments: 0..<40 as Range<UInt64>)
    func listed(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var names = PairedNames()
        var folder = NameFolder()
        for round in 0..<400 {
            let raw = listedName(&random)
            let a = folder.fold(raw)
            let b = folder.fold(
                round % 5 == 0
                    ? listedName(&random)
                    : round % 2 == 0
                        ? random.writtenName(near: raw) : shuffled(raw, &random))
            let difference = names.difference(
                a, b, among: Self.established, aliasesContradict: round % 16 == 0)
            #expect(difference == nil, "\(shown(a)) | \(shown(b))")
        }
    }

    @Test(
        "and whatever else is written: other scripts, aliases, relatives, broken bytes",
        arguments: 0..<20 as Range<UInt64>)
    func written(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var names = PairedNames()
        var folder = NameFolder()
        for round in 0..<400 {
            var a =
                round % 2 == 0
                ? random.plainName(piecesMax: round % 10 == 0 ? 16 : 6)
                : random.writtenName(piecesMax: 6)
            var b = random.writtenName(near: a)
            if round % 8 > 0 { (a, b) = (folder.fold(a), folder.fold(b)) }
            let difference = names.difference(
                a, b, among: Self.established, aliasesContradict: round % 16 == 1)
            #expect(difference == nil, "\(shown(a)) | \(shown(b))")
        }
    }

    @Test(
        "and names of a few letters, where many tokens sound the same",
        arguments: 0..<20 as Range<UInt64>)
    func short(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var names = PairedNames()
        let nobody = EstablishedTokens()
        let tokens = ["ram", "rama", "rana", "ra", "r", "th", "salim", "salima", "ramrana", "amar"]
        for _ in 0..<400 {
            func name() -> [UInt8] {
                let words = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                    tokens.randomElement(using: &random) ?? ""
                }
                return Array(words.joined(separator: " ").utf8)
            }
            let (a, b) = (name(), name())
            let difference = names.difference(a, b, among: nobody, aliasesContradict: false)
            #expect(difference == nil, "\(shown(a)) | \(shown(b))")
        }
    }
}
