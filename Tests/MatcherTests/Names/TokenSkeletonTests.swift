import Testing
import TestSupport

@testable import Matcher

@Suite("Skeletons of tokens")
struct TokenSkeletonTests {
    private func skeleton(_ token: String) -> TokenSkeleton { TokenSkeleton(token.utf8.span) }

    @Test(
        "one sound is one letter, however it is written",
        arguments: [
            ("lakshmi", "laxmi"), ("vikas", "wikash"), ("sunita", "suneetha"), ("anup", "anoop"),
            ("ram", "raam"), ("fulan", "phulan"), ("zahid", "jaheed"), ("gauri", "gowri"),
            ("saurabh", "sourab"), ("ashok", "ashoka"), ("bharat", "barath"), ("gyan", "gnan"),
            ("gyan", "jnan"), ("gyaneshwar", "dnyaneshwar"), ("sampat", "sanpat"),
            ("ayesha", "aiesha"), ("qureshi", "kureshi"), ("gita", "g1ta"), ("ritesh", "rritessh"),
            ("chhaya", "chaya"), ("khan", "kan"), ("singh", "sing"),
        ])
    func sameSound(a: String, b: String) {
        #expect(skeleton(a).equals(skeleton(b)))
    }

    @Test(
        "different sounds stay apart",
        arguments: [
            ("sunita", "anita"), ("suresh", "ramesh"), ("rani", "rajani"), ("uma", "um"),
            ("asha", "usha"), ("salim", "kalim"), ("das", "dev"),
        ])
    func otherSound(a: String, b: String) {
        #expect(!skeleton(a).equals(skeleton(b)))
    }

    @Test(
        "distances are symmetric and the same within any limit", arguments: 0..<20 as Range<UInt64>)
    func distances(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func word() -> TokenSkeleton {
            let letters = Array("aeknsb".utf8)
            let bytes = (0..<Int.random(in: 1...9, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }
            return TokenSkeleton(bytes.span)
        }
        for _ in 0..<200 {
            let (a, b) = (word(), word())
            let there = TokenDistance.quarters(a, b, limit: 8)
            #expect(there == TokenDistance.quarters(b, a, limit: 8))
            if let there {
                #expect(TokenDistance.quarters(a, b, limit: there) == there)
                #expect(there == 0 || TokenDistance.quarters(a, b, limit: there - 1) == nil)
            }
            #expect(TokenDistance.quarters(a, a, limit: 0) == 0)
        }
    }

    @Test(
        "pairs of letters by the table are what the rules make of them",
        arguments: 0..<20 as Range<UInt64>)
    func pairs(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let letters = Array("abcdefghijklmnopqrstuvwxyzhhaaoowwnnyydg01".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }
            let byRules = TokenSkeleton(bytes.span)
            let byTable = TokenSkeleton(bytes.span, NameLexicon.builtIn.pairs)
            let spelling = bytes.map { String(UnicodeScalar($0)) }.joined()
            #expect(byRules.equals(byTable) && byRules.mask == byTable.mask, "\(spelling)")
        }
    }

    @Test(
        "leaving out what two skeletons share changes no distance",
        arguments: 0..<20 as Range<UInt64>)
    func trimming(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func word() -> TokenSkeleton {
            let letters = Array("abehijkmnsuvt".utf8)
            let bytes = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }
            return TokenSkeleton(bytes.span)
        }
        for _ in 0..<2000 {
            let (a, b) = (word(), word())
            // Beyond these two bounds tokens are apart by definition.
            guard abs(a.count - b.count) <= 3, (a.mask ^ b.mask).nonzeroBitCount <= 4 else {
                continue
            }
            for limit in [2, 5, 8] {
                let whole = TokenDistance.quarters(a, 0..<a.count, b, 0..<b.count, limit, 3)
                let quick = TokenDistance.quarters(a, b, limit: limit)
                #expect(quick == whole, "\(a.letters) \(b.letters)")
            }
        }
    }

    @Test("no two skeletons of the lists share a hash")
    func hashes() {
        var letters: [UInt64: [UInt8]] = [:]
        for list in [NameLists.male, NameLists.female, NameLists.surnames, NameLists.fillers] {
            for word in list.description.split(whereSeparator: { " \n/".contains($0) }) {
                let one = skeleton(String(word))
                let text = (0..<one.count).map { one.letters[$0] }
                #expect(letters[one.hash, default: text] == text, "\(word)")
                letters[one.hash] = text
                #expect(NameLexicon.builtIn.find(one).isKnown, "\(word)")
            }
        }
    }

    @Test(
        "a key pressed wrongly is one edit",
        arguments: [
            ("neelam", "nerlam", true), ("yash", "yasb", true), ("ansari", "ansair", true),
            ("ansari", "ansri", true), ("ansari", "ansari", false), ("ansari", "nasair", false),
        ])
    func oneEdit(a: String, b: String, isOne: Bool) {
        let there = OneEdit.separates(a.utf8.span, b.utf8.span)
        let back = OneEdit.separates(b.utf8.span, a.utf8.span)
        #expect(there == isOne)
        #expect(back == isOne)
    }

    @Test(
        "a scanner takes m for rn",
        arguments: [("omkar", "ornkar"), ("nukala", "riukala"), ("dev", "clev")])
    func misread(a: String, b: String) {
        let isMisread = OneEdit.isMisread(a.utf8.span, b.utf8.span)
        let isItself = OneEdit.isMisread(a.utf8.span, a.utf8.span)
        #expect(isMisread)
        #expect(!isItself)
    }
}
