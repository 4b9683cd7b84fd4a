import TestSupport
import Testing

@testable import Matcher

@Suite("A sieve of tokens")
struct TokenSieveTests {
    private static let listed: [[UInt8]] = [
        NameLists.male, NameLists.female, NameLists.surnames, NameLists.fillers,
    ].flatMap { list in
        list.description.split(whereSeparator: { " \n/".contains($0) }).map { Array($0.utf8) }
    }

    private func token(_ text: [UInt8]) -> NameToken { NameToken(text.span, NameLexicon.builtIn) }

    /// A token of the lists, near one of them, an initial, or anything.
    private func text(_ random: inout SplitMix64, near other: [UInt8]?) -> [UInt8] {
        let listed = Self.listed.randomElement(using: &random) ?? [0x61]
        let text: [UInt8] =
            switch UInt8.random(in: 0..<8, using: &random) {
            case 0: Array(listed.prefix(1))
            case 1: random.foldedToken(lettersMax: 26)
            case 2: random.foldedTokens(lettersMax: 9).1
            case 3: (other ?? listed) + listed
            case 4: Array((other ?? listed).dropLast(3))
            case 5, 6: random.nearToken(other ?? listed)
            default: listed
            }
        return text.isEmpty ? listed : text
    }

    @Test(
        "lets pass whatever is not far apart, leads or is a part",
        arguments: 0..<30 as Range<UInt64>)
    func passes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var sieve = TokenSieve()
        var memo = TokenMemo()
        for round in 0..<300 {
            let theirs = text(&random, near: nil)
            var texts: [[UInt8]] = []
            var list = ScratchList<NameToken>(capacity: NameTokens.countMax)
            for _ in 0..<round % (NameTokens.countMax + 1) {
                texts.append(text(&random, near: theirs))
                list.append(token(texts.last ?? theirs))
            }
            // The shortest other token that `expect` joins with one of them has one byte.
            sieve.fill(list, shortest: 1)
            let passed = sieve.look(at: token(theirs), shortest: 1)
            for (index, mine) in texts.enumerated() {
                expect(passed, index, mine, theirs, &memo)
            }
            let beyond = (passed.near | passed.leading | passed.parts) >> UInt64(texts.count)
            #expect(beyond == 0, "\(texts.count)")
            guard sieve.isTwofold else { continue }
            let another = token(text(&random, near: theirs))
            let two = sieve.look(at: token(theirs), another, shortest: 1)
            #expect(two.first == passed)
            #expect(two.second == sieve.look(at: another, shortest: 1))
        }
    }

    private func expect(
        _ passed: SievedToken, _ index: Int, _ mine: [UInt8], _ theirs: [UInt8],
        _ memo: inout TokenMemo
    ) {
        let (a, b) = (token(mine), token(theirs))
        let bit: UInt64 = 1 << UInt64(index)
        let mayGo = passed.near & bit != 0 || TokenOffer.areFarApart(a, b)
        #expect(mayGo, "near: \(shown(mine)) | \(shown(theirs))")
        let mayLead = passed.leading & bit != 0 || !(a.mayLead(b) || b.mayLead(a))
        #expect(mayLead, "leading: \(shown(mine)) | \(shown(theirs))")
        let isMade = isMade(mine, of: theirs, &memo) || isMade(theirs, of: mine, &memo)
        let mayBePart = passed.parts & bit != 0 || !isMade
        #expect(mayBePart, "parts: \(shown(mine)) | \(shown(theirs))")
    }

    /// Whether a token is another one and one more in one piece: what is left of it, or that with a slip.
    private func isMade(
        _ whole: [UInt8], of part: [UInt8], _ memo: inout TokenMemo
    ) -> Bool {
        guard whole.count > part.count else { return false }
        let rest = Array(whole.dropFirst(part.count))
        for second in [rest, rest + [0x61], rest + [0x68], Array(rest.dropLast())]
        where !second.isEmpty {
            let name = part + [0x20] + second
            var tokens = NameTokens()
            tokens.read(name.span, 0..<name.count, &memo)
            guard tokens.count == 2 else { continue }
            if JoinedTokens.parts(of: token(whole), in: tokens, firsts: 1, free: 3, memo) != nil {
                return true
            }
        }
        return false
    }

    @Test("lets hardly anything else pass of names that have nothing in common")
    func holdsBack() {
        var sieve = TokenSieve()
        var list = ScratchList<NameToken>(capacity: NameTokens.countMax)
        for name in ["sunita", "sharma", "murugan", "k"] { list.append(token(Array(name.utf8))) }
        sieve.fill(list, shortest: 1)
        for name in ["bhaskar", "gopal", "thevar", "jebaraj", "p"] {
            let passed = sieve.look(at: token(Array(name.utf8)), shortest: 1)
            #expect(passed.near == 0 && passed.leading == 0, "\(name)")
        }
    }
}
