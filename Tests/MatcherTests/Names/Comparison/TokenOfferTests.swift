import TestSupport
import Testing

@testable import Matcher

@Suite("Tokens that may go together")
struct TokenOfferTests {
    /// Of the lists and beside them, so that known names meet known ones, unknown ones and slips.
    private static let listed: [[UInt8]] = [
        NameLists.male, NameLists.female, NameLists.surnames, NameLists.fillers,
    ].flatMap { list in
        list.description.split(whereSeparator: { " \n/".contains($0) }).map { Array($0.utf8) }
    }

    private func token(_ text: [UInt8]) -> NameToken { NameToken(text.span, NameLexicon.builtIn) }

    /// Whether the general way finds that they go together, by sound, list, distance or slip.
    private func goTogether(_ mine: [UInt8], _ theirs: [UInt8]) -> Bool {
        let (a, b) = (token(mine), token(theirs))
        if TokenOffer(0, a, 0, b, EstablishedTokens(), 0) != nil { return true }
        return TokenOffer.mayBeSlip(a, b)
            && TokenOffer(slip: 0, a, 0, b, mine.span, theirs.span) != nil
    }

    private func expectNoneLost(_ mine: [UInt8], _ theirs: [UInt8]) {
        guard TokenOffer.areFarApart(token(mine), token(theirs)) else { return }
        let isLost = goTogether(mine, theirs)
        #expect(!isLost, "\(shown(mine)) | \(shown(theirs))")
    }

    @Test("none of them is far apart at a first look", arguments: 0..<30 as Range<UInt64>)
    func farApart(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for round in 0..<1500 {
            if round % 2 == 0 {
                let (mine, theirs) = random.foldedTokens(lettersMax: round % 10 == 0 ? 26 : 9)
                expectNoneLost(mine, theirs)
            } else {
                let mine = Self.listed.randomElement(using: &random) ?? []
                let theirs =
                    round % 3 == 0
                    ? Self.listed.randomElement(using: &random) ?? [] : random.nearToken(mine)
                guard !theirs.isEmpty else { continue }
                expectNoneLost(mine, theirs)
                expectNoneLost(theirs, mine)
            }
        }
    }

    @Test(
        "no single edit of a token is, wherever and of whatever letters", arguments: [0, 1, 2, 3])
    func oneEdit(part: Int) {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz09".utf8)
        for word in [
            "sharma", "dnyanesh", "gnanam", "axxman", "mohanpad", "phulwati", "cchaoow", "khshawu",
            "omkar", "sanpat", "yaxlam", "eexoow",
        ].enumerated().filter({ $0.offset % 4 == part }).map({ Array($0.element.utf8) }) {
            for place in 0...word.count {
                for letter in alphabet {
                    expectNoneLost(word, Array(word[..<place]) + [letter] + Array(word[place...]))
                    guard place < word.count else { continue }
                    var other = word
                    other[place] = letter
                    expectNoneLost(word, other)
                }
                guard place < word.count else { continue }
                expectNoneLost(word, Array(word[..<place]) + Array(word[(place + 1)...]))
                guard place + 1 < word.count else { continue }
                var other = word
                other.swapAt(place, place + 1)
                expectNoneLost(word, other)
            }
        }
    }

    @Test("going together is symmetric", arguments: 0..<20 as Range<UInt64>)
    func symmetric(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<1000 {
            let (mine, theirs) = random.foldedTokens(lettersMax: 9)
            let (a, b) = (token(mine), token(theirs))
            let there = TokenOffer(0, a, 1, b, EstablishedTokens(), 0)
            let back = TokenOffer(1, b, 0, a, EstablishedTokens(), 0)
            #expect(
                there?.certainty == back?.certainty && there?.agreement == back?.agreement
                    && there?.quarters == back?.quarters, "\(shown(mine)) | \(shown(theirs))")
            let farThere = TokenOffer.areFarApart(a, b)
            let farBack = TokenOffer.areFarApart(b, a)
            #expect(farThere == farBack, "\(shown(mine)) | \(shown(theirs))")
            let slipThere = TokenOffer(slip: 0, a, 1, b, mine.span, theirs.span)
            let slipBack = TokenOffer(slip: 1, b, 0, a, theirs.span, mine.span)
            #expect((slipThere == nil) == (slipBack == nil), "\(shown(mine)) | \(shown(theirs))")
        }
    }
}
