internal import Matcher
internal import TestSupport
internal import Testing

/// What is read in words or sixteen bytes at a time, beside twins that look at each byte.
@Suite("Values read in words")
struct WordwiseTests {
    @Test(
        "the first word, equality and NUL are those of the bytes", arguments: 0..<3 as Range<UInt64>
    )
    func bytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for length in 0...50 {
            let text = (0..<length).map { _ in UInt8.random(in: 1...255, using: &random) }
            var word: UInt64 = 0
            for (place, byte) in text.prefix(8).enumerated() { word |= UInt64(byte) << (8 * place) }
            let first = text.span.firstWord
            #expect(first == word)
            let (isItself, holdsNUL) = (text.span.equals(text.span), text.span.holdsNUL)
            #expect(isItself && !holdsNUL)
            for place in 0..<length {
                var other = text
                other[place] ^= 0x80
                let isEqual = text.span.equals(other.span)
                other[place] = 0
                let holdsNUL = other.span.holdsNUL
                #expect(!isEqual && holdsNUL, "\(length) \(place)")
            }
        }
    }

    @Test("an ABHA address is right or wrong as byte by byte", arguments: 0..<3 as Range<UInt64>)
    func addresses(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let plain = Array("abkzAKZ0159._-")
        let odd = Array("@ /`{[+:,^é\0")
        var right = 0
        for round in 0..<4000 {
            var name = (0..<(round % 66)).map { _ in plain.randomElement(using: &random) ?? "a" }
            if !name.isEmpty, Int.random(in: 0..<3, using: &random) == 0 {
                let place = name.indices.randomElement(using: &random) ?? 0
                name[place] = odd.randomElement(using: &random) ?? "@"
            }
            let domains = ["@sbx", "@ABDM", "@nDhm", "@sbxx", "`sbx", "@xbdm", "sbx", "@SB\u{18}"]
            let text = String(name) + (domains.randomElement(using: &random) ?? "")
            let expected = address(text)
            let parsed = try? Parsing.address(text).get()
            #expect(parsed == expected, "\(text)")
            if expected != nil { right += 1 }
        }
        #expect(right > 400)
    }

    /// The normal form of an address without white space at its ends; nil for a wrong one.
    private func address(_ text: String) -> String? {
        let text = text.lowercased().trimmingSpaces
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789._-")
        guard text.utf8.count <= 64, parts.count == 2, !parts[0].isEmpty,
            parts[0].allSatisfy({ allowed.contains($0) }),
            ["sbx", "abdm", "ndhm"].contains(parts[1])
        else { return nil }
        return text
    }

    @Test(
        "a mobile in one piece is what it is with a space in it", arguments: 0..<3 as Range<UInt64>)
    func mobiles(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let leads = ["", "+91", "+91-", "+92-", "91", "0", "+91 ", "-91-"]
        for _ in 0..<2000 {
            let number = UInt64.random(in: 0..<10_000_000_000, using: &random)
            var digits = Array(String(number))
            if Int.random(in: 0..<4, using: &random) == 0,
                let place = digits.indices.randomElement(using: &random)
            {
                digits[place] = ["/", ":", "x", "-", "a"].randomElement(using: &random) ?? "x"
            }
            let text = (leads.randomElement(using: &random) ?? "") + String(digits)
            let spaced = text.dropLast(3) + " " + text.suffix(3)
            let mobile = try? Parsing.phone(text).get()
            let twin = try? Parsing.phone(String(spaced)).get()
            #expect(mobile == twin, "\(text)")
        }
    }

    @Test(
        "an ABHA number in one piece or with its dashes is what it is with spaces",
        arguments: 0..<3 as Range<UInt64>)
    func abhaNumbers(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let odd = Array("/:x-a \0")
        for round in 0..<4000 {
            var text = (0..<14).map { _ in Character(String(random.next() % 10)) }
            if round % 10 == 0 { text = Array(repeating: "0", count: 14) }
            if round % 2 == 0 { for place in [2, 7, 12] { text.insert("-", at: place) } }
            if round % 4 > 1 {
                let place = text.indices.randomElement(using: &random) ?? 0
                text[place] = odd.randomElement(using: &random) ?? "x"
            }
            if round % 9 == 0 { text.removeLast() }
            // White space at the end keeps the number from being plain, and means nothing.
            let number = try? Parsing.number(String(text)).get()
            let twin = try? Parsing.number(String(text) + " ").get()
            #expect(number == twin, "\(String(text))")
        }
    }

    @Test("a plain name is folded as beside an apostrophe", arguments: 0..<3 as Range<UInt64>)
    func names(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let words = [
            "Asha", "RAO", "k", "Smt", "of", "Baby", "so", "urf", "Venkataramanan", "son", "Dr",
            "Late", "widow", "patni", "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "", "",
        ]
        for _ in 0..<3000 {
            let count = Int.random(in: 1...6, using: &random)
            let name = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }
                .joined(separator: " ")
            // The apostrophe is left out, and keeps the name from being plain.
            #expect(Parsing.folded(name) == Parsing.folded(name + " '"), "\(name)")
        }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
