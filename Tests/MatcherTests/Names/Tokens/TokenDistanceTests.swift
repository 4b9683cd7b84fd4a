import TestSupport
import Testing

@testable import Matcher

/// Tokens near each other.
extension SplitMix64 {
    /// A lower-case token of letters that names have, some more often than others.
    mutating func foldedToken(lettersMax: Int) -> [UInt8] {
        let letters = Array("aaabcdeeefghhiiijkklmmnnooprrssttuuvwxyz".utf8)
        return (0..<Int.random(in: 1...lettersMax, using: &self)).map { _ in
            letters.randomElement(using: &self) ?? 0x61
        }
    }

    /// A pair of them, most of which are an edit or a few apart; one in some holds other bytes.
    mutating func foldedTokens(lettersMax: Int) -> ([UInt8], [UInt8]) {
        var a = foldedToken(lettersMax: lettersMax)
        if UInt8.random(in: 0..<20, using: &self) == 0 { a += Array("é9".utf8) }
        var b = a
        switch UInt8.random(in: 0..<16, using: &self) {
        case 0: b = foldedToken(lettersMax: lettersMax)
        case 1: b.reverse()
        case 2: b += foldedToken(lettersMax: 3)
        case 3: b = foldedToken(lettersMax: 3) + b
        default: b = nearToken(b)
        }
        return b.isEmpty ? (a, a) : (a, b)
    }
}

@Suite("Distances of tokens")
struct TokenDistanceTests {
    @Test(
        "are those of the full table, for every limit and front", arguments: 0..<30 as Range<UInt64>
    )
    func table(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var within = 0
        for round in 0..<600 {
            let (mine, theirs) = random.foldedTokens(lettersMax: round % 10 == 0 ? 26 : 9)
            let a = TokenSkeleton(mine.span)
            let b = TokenSkeleton(theirs.span)
            let front = round % 3 == 0 ? 1 : 3
            let cost = OracleTokenDistance.quarters(a, b, front: front)
            for limit in 0...9 {
                let expected = cost.flatMap { $0 <= limit ? $0 : nil }
                let found = TokenDistance.quarters(a, b, limit: limit, front: UInt8(front))
                #expect(
                    found == expected, "\(shown(mine)) | \(shown(theirs)), \(limit), front \(front)"
                )
                if let expected, expected > 0 { within += 1 }
            }
        }
        #expect(within > 300)
    }

    @Test(
        "are those of the full table for letters that cost least and share most",
        arguments: 0..<30 as Range<UInt64>)
    func soft(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabets = ["aeiouhbvcsj", "bvhak", "ghnmk", "pfbv", "ijeg", "ouvw", "ckgj", "abab"]
        for round in 0..<600 {
            let letters = Array(alphabets[round % alphabets.count].utf8)
            func word() -> [UInt8] {
                (0..<Int.random(in: 1...8, using: &random)).map { _ in
                    letters.randomElement(using: &random) ?? 0x61
                }
            }
            let (mine, theirs) = (word(), word())
            let a = TokenSkeleton(mine.span)
            let b = TokenSkeleton(theirs.span)
            for front in [1, 3] {
                let cost = OracleTokenDistance.quarters(a, b, front: front)
                for limit in 0...9 {
                    let expected = cost.flatMap { $0 <= limit ? $0 : nil }
                    let found = TokenDistance.quarters(a, b, limit: limit, front: UInt8(front))
                    #expect(
                        found == expected,
                        "\(shown(mine)) | \(shown(theirs)), \(limit), front \(front)")
                }
            }
        }
    }

    @Test("no edit takes a letter away for less than the table of cheapest edits says")
    func least() {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz".utf8)
        for letter in alphabet {
            let mine = [Letter.q, letter]
            let others = [[Letter.q]] + alphabet.filter { $0 != letter }.map { [Letter.q, $0] }
            let cheapest = others.map { OracleTokenDistance.table(mine, $0, 3) }.min() ?? 0
            let least = TokenDistance.least(Letter.bit(letter))
            #expect(least == min(cheapest, 3), "\(Unicode.Scalar(letter))")
        }
        #expect(TokenDistance.least(.max) <= 3 * 32)
        #expect(TokenDistance.least(0) == 0)
    }

    @Test("cost for each slip what the comment says")
    func costs() {
        let costs: [(String, String, Int)] = [
            ("mohan", "mohan", 0), ("manoj", "manij", 3), ("sunil", "sunel", 2),
            ("mukesh", "mokesh", 2), ("anand", "annad", 4), ("vikram", "bikram", 2),
            ("ravti", "ravdi", 3), ("baman", "bamman", 0), ("ramdev", "amdev", 7),
            ("dilip", "tilip", 5), ("kiran", "miran", 7), ("chetan", "setan", 3),
            ("imran", "emran", 3), ("usman", "asman", 6), ("jiqbal", "iqbal", 6),
            ("sohan", "soan", 1),
        ]
        for (first, second, cost) in costs {
            let (a, b) = (TokenSkeleton(first.utf8.span), TokenSkeleton(second.utf8.span))
            #expect(TokenDistance.quarters(a, b, limit: 9) == cost, "\(first) | \(second)")
            #expect(OracleTokenDistance.quarters(a, b) == cost, "\(first) | \(second)")
        }
    }

    @Test(
        "pairs of letters by the table are what the rules make of any bytes",
        arguments: 0..<20 as Range<UInt64>)
    func pairs(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for round in 0..<1000 {
            let bytes =
                round % 2 == 0
                ? random.writtenName(piecesMax: 3)
                : (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    Array("abcdghjnopuwxyz 09\u{0}é".utf8).randomElement(using: &random) ?? 0
                }
            let byRules = TokenSkeleton(bytes.span)
            let byTable = TokenSkeleton(bytes.span, NameLexicon.builtIn.pairs)
            #expect(
                OracleTokenDistance.letters(byRules) == OracleTokenDistance.letters(byTable)
                    && byRules.hash == byTable.hash && byRules.mask == byTable.mask,
                "\(shown(bytes))")
        }
    }
}
