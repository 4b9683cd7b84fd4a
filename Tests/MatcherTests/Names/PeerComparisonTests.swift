@testable internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Comparisons of the peers")
struct PeerComparisonTests {
    @Test(
        "Jaro-Winkler has the published values",
        arguments: [
            ("martha", "marhta", 961), ("dixon", "dicksonx", 813), ("dwayne", "duane", 840),
            ("jones", "johnson", 832), ("abroms", "abrams", 922), ("asha", "asha", 1000),
            ("abc", "xyz", 0), ("", "", 0), ("", "a", 0), ("a", "a", 1000), ("a", "b", 0),
            ("abcdef", "xxa", 500),
        ])
    func jaroWinkler(a: String, b: String, permille: Int) {
        let mine = Array(a.utf8)
        let theirs = Array(b.utf8)
        #expect(JaroWinkler.permille(mine.span, theirs.span) == permille)
    }

    @Test("Jaro-Winkler agrees with an exact fraction", arguments: 0..<32 as Range<UInt64>)
    func jaroWinklerOracle(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let letters: ClosedRange<UInt8> = 97...UInt8.random(in: 98...102, using: &random)
            let words = (0..<2).map { _ in
                (0..<Int.random(in: 0...64, using: &random)).map { _ in
                    UInt8.random(in: letters, using: &random)
                }
            }
            let a = words[0]
            let b = words[1]
            let (numerator, denominator) = oracleJaroWinkler(a, b)
            let actual = JaroWinkler.permille(a.span, b.span)
            #expect(actual == 1000 * numerator / denominator, "\(words)")
        }
    }

    @Test("Jaro-Winkler looks at the first 64 bytes of longer texts")
    func jaroWinklerLong() {
        let a = [UInt8](repeating: 97, count: 64) + [98, 99]
        let b = [UInt8](repeating: 97, count: 64) + [100]
        #expect(JaroWinkler.permille(a.span, b.span) == 1000)
    }

    @Test(
        "Soundex has the published codes",
        arguments: [
            ("robert", "r163"), ("rupert", "r163"), ("rubin", "r150"), ("ashcraft", "a261"),
            ("ashcroft", "a261"), ("tymczak", "t522"), ("pfister", "p236"), ("honeyman", "h555"),
            ("lee", "l000"), ("gutierrez", "g362"), ("jackson", "j250"), ("washington", "w252"),
            ("vandeusen", "v532"), ("a", "a000"),
        ])
    func soundex(word: String, code: String) {
        let bytes = Array(word.utf8)
        let digits = String(Soundex.code(bytes.span) & 0xFFF, radix: 16)
        let letter = String(decoding: [UInt8(Soundex.code(bytes.span) >> 12)], as: UTF8.self)
        #expect(letter + String(repeating: "0", count: 3 - digits.count) + digits == code)
    }

    @Test("Soundex has no code outside the Latin letters", arguments: ["", "राम", "r2d2", "12"])
    func noSoundex(word: String) {
        let bytes = Array(word.utf8)
        #expect(Soundex.code(bytes.span) == 0)
    }

    @Test(
        "phonetic names agree by sound, tokens in any order, and by letters in other scripts",
        arguments: [
            ("robert rao", "rao rupert", true), ("robert", "robin", false), ("asha", "asha", true),
            ("meera devi", "mira devi", true), ("robert", "rupert rao", true),
            ("राम", "राम", true), ("राम", "रीना", false), ("राम कुमार", "सीता देवी", false),
            ("", "asha", false),
        ])
    func phonetic(a: String, b: String, agrees: Bool) {
        #expect(Comparing.names(a, b, by: .phonetic).agrees == agrees)
        #expect(Comparing.names(b, a, by: .phonetic).agrees == agrees)
    }

    @Test("phonetic evidence tells sound from letters")
    func phoneticEvidence() {
        #expect(
            Comparing.pairs("robert rao", "rao rupert", by: .phonetic)
                == ["rao=rao equal", "robert=rupert sound"])
    }

    @Test(
        "whole names agree within the limit of edits",
        arguments: [
            ("asha rao", "asha rao", 2, true), ("asha rao", "usha rai", 2, true),
            ("asha rao", "usha raj k", 2, false), ("asha rao", "rao asha", 2, false),
            ("asha", "asha", 0, true), ("asha", "ashaa", 0, false), ("", "a", 2, false),
            ("ab", "xyzabcdef", 100, true), ("ab", "cd", Int.max, true),
        ])
    func wholeNames(a: String, b: String, limit: Int, agrees: Bool) {
        #expect(Comparing.names(a, b, by: .wholeLevenshtein(limit: limit)).agrees == agrees)
        #expect(Comparing.names(b, a, by: .wholeLevenshtein(limit: limit)).agrees == agrees)
    }

    @Test("whole names agree with the textbook distance", arguments: 0..<16 as Range<UInt64>)
    func wholeNamesOracle(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for limit in 0..<40 {
            let (a, b) = random.namePair(tokensMax: 4)
            let found = Comparing.names(a, b, by: .wholeLevenshtein(limit: limit / 4))
            let distance = oracleDistance(Array(a.utf8), Array(b.utf8))
            #expect(found.agrees == (distance <= limit / 4))
            #expect((0...1000).contains(found.score))
            if found.agrees { #expect(found.distance == distance) }
        }
    }

    @Test("equal is equal")
    func equal() {
        #expect(Comparing.names("asha rao", "asha rao", by: .equal).score == 1000)
        #expect(!Comparing.names("asha rao", "rao asha", by: .equal).agrees)
    }

    @Test("Jaro-Winkler agrees from its threshold on, the threshold included")
    func threshold() {
        let half = NameComparison.jaroWinkler(minimumPermille: 500)
        #expect(Comparing.names("abcdef", "xxa", by: half).agrees)
        #expect(!Comparing.names("abcdefg", "xxa", by: half).agrees)
    }
}
