/// Jaro-Winkler similarity, as the ABDM wrapper compares names.
///
/// Source: Winkler (1990), prefix scale 0.1, at most four letters.
enum JaroWinkler {
    /// The similarity in thousandths, 0...1000, rounded down.
    ///
    /// - Complexity: O(a.count x b.count); texts over 64 bytes are compared by their first 64.
    static func permille(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Int {
        let a = a.extracting(first: 64)
        let b = b.extracting(first: 64)
        guard a.count > 0, b.count > 0 else { return 0 }
        let window = max(0, max(a.count, b.count) / 2 - 1)
        var taken: UInt64 = 0
        var matchedOfA: UInt64 = 0
        for i in a.indices {
            for j in max(0, i - window)..<max(max(0, i - window), min(b.count, i + window + 1))
            where taken & (1 << UInt64(j)) == 0 && a[i] == b[j] {
                taken |= 1 << UInt64(j)
                matchedOfA |= 1 << UInt64(i)
                break
            }
        }
        let matches = taken.nonzeroBitCount
        guard matches > 0 else { return 0 }
        var halfTranspositions = 0
        var restOfA = matchedOfA
        var restOfB = taken
        while restOfA != 0 {
            let i = restOfA.trailingZeroBitCount
            let j = restOfB.trailingZeroBitCount
            if a[i] != b[j] { halfTranspositions += 1 }
            restOfA &= restOfA - 1
            restOfB &= restOfB - 1
        }
        let inOrder = matches - halfTranspositions / 2
        var prefix = 0
        while prefix < min(4, a.count, b.count), a[prefix] == b[prefix] { prefix += 1 }
        // In whole numbers, so that one half is one half: jaro = part / whole.
        let whole = 3 * a.count * b.count * matches
        let part = matches * matches * (a.count + b.count) + inOrder * a.count * b.count
        return 100 * (10 * part + prefix * (whole - part)) / whole
    }
}

/// American Soundex of one token.
///
/// Source: the coding guide of the National Archives of the United States.
enum Soundex {
    /// The letter and three digits as one number, `0x72163` for `robert`.
    ///
    /// 0 for a token that holds anything but lower-case Latin letters: the code knows no others, and
    /// every word of another script would sound like the next.
    static func code(_ token: Span<UInt8>) -> UInt32 {
        guard token.count > 0 else { return 0 }
        for index in token.indices where !ASCII.isLower(token[index]) { return 0 }
        var code = UInt32(token[0]) << 12
        var digits: UInt32 = 0
        var last = digit(of: token[0])
        for index in 1..<token.count {
            let next = digit(of: token[index])
            if next > 0, next != last {
                code |= next << (8 - 4 * digits)
                digits += 1
                if digits == 3 { break }
            }
            // h and w do not part two letters of one code, vowels do.
            if token[index] != UInt8(ascii: "h"), token[index] != UInt8(ascii: "w") { last = next }
        }
        return code
    }

    private static func digit(of letter: UInt8) -> UInt32 {
        switch letter {
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "p"), UInt8(ascii: "v"): 1
        case UInt8(ascii: "c"), UInt8(ascii: "g"), UInt8(ascii: "j"), UInt8(ascii: "k"),
            UInt8(ascii: "q"), UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z"):
            2
        case UInt8(ascii: "d"), UInt8(ascii: "t"): 3
        case UInt8(ascii: "l"): 4
        case UInt8(ascii: "m"), UInt8(ascii: "n"): 5
        case UInt8(ascii: "r"): 6
        default: 0
        }
    }
}
