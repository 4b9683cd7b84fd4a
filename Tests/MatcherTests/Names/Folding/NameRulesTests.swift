import Testing

@testable import Matcher

@Suite("The fingerprint of the rules for names")
struct NameRulesTests {
    @Test("is the same each time it is taken")
    func same() {
        #expect(NameRules.fingerprint(of: NameRules.everyName) == NameRules.fingerprint)
        #expect(NameRules.fingerprint(of: NameRules.everyName) == NameRules.fingerprint)
    }

    @Test("is another one where any name is missing, folded otherwise, or in another place")
    func differs() {
        let names = ["Asha Rao", "Smt. Lakshmi", "Ravi W/O Meera"]
        let fingerprint = NameRules.fingerprint(of: names)
        #expect(fingerprint != NameRules.fingerprint(of: []))
        for index in names.indices {
            var others = names
            others.remove(at: index)
            #expect(NameRules.fingerprint(of: others) != fingerprint)
            others = names
            others[index] += "b"
            #expect(NameRules.fingerprint(of: others) != fingerprint)
            others.swapAt(index, (index + 1) % names.count)
            #expect(NameRules.fingerprint(of: others) != fingerprint)
        }
        // The border between two names counts too.
        #expect(NameRules.fingerprint(of: ["ab", "c"]) != NameRules.fingerprint(of: ["a", "bc"]))
    }

    @Test("is taken of every word with a meaning, and of few enough names to be cheap")
    func words() {
        let names = NameRules.everyName
        #expect(names.count < 1000)
        let words = FoldingWords.all.everyWord
        #expect(words.count >= 90)
        for word in words {
            let bytes = Array(word.utf8)
            #expect(FoldingWords.all.meaning(of: bytes.span) != [], "\(word)")
            #expect(names.contains { $0.hasPrefix(word + " ") }, "\(word)")
        }
    }

    @Test("is taken of every letter that folding writes in Latin")
    func letters() {
        let covered = Set(NameRules.everyName.flatMap { $0.unicodeScalars.map(\.value) })
        var missing: [String] = []
        var arena = TextArena()
        for value in 0x21...UInt32(0x1_FFFF) where !covered.contains(value) {
            guard let letter = Unicode.Scalar(value) else { continue }
            arena.reset()
            // Behind a letter, where a vowel sign is not lost. Other scripts keep their letters, in lower
            // case, and what only parts words is no letter.
            let bytes = Array("b\(letter)b".utf8)
            let place = NameFolding.fold(bytes.span, into: &arena)
            let letters = (0..<place.count).map { arena.byte(at: place.start + $0) }
            let folded = String(decoding: letters, as: UTF8.self)
            if folded != "bb", folded != "b b", letters.allSatisfy({ $0 < 0x80 }) {
                missing.append("U+\(String(value, radix: 16)): \(folded)")
            }
        }
        #expect(missing == [])
    }
}
