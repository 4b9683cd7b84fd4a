@testable import Matcher

/// `TokenDistance` as its comments say it, in a full table of plain numbers: no pruning, no trimming.
enum OracleTokenDistance {
    /// The letters of a skeleton.
    static func letters(_ skeleton: TokenSkeleton) -> [UInt8] {
        (0..<skeleton.count).map { skeleton.letters[$0] }
    }

    /// What `TokenDistance.quarters` finds where its limit is not less; nil where two tokens are apart
    /// by definition: one is more than three letters longer, or more than four are not shared.
    static func quarters(_ first: TokenSkeleton, _ second: TokenSkeleton, front: Int = 3) -> Int? {
        let unshared = (first.mask ^ second.mask).nonzeroBitCount
        guard abs(first.count - second.count) <= 3, unshared <= 4 else { return nil }
        return table(letters(first), letters(second), front)
    }

    /// The cheapest way from one to the other by leaving out, replacing and swapping neighbours.
    static func table(_ a: [UInt8], _ b: [UInt8], _ front: Int) -> Int {
        var cost = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for row in 0...a.count {
            for column in 0...b.count where row + column > 0 {
                var ways: [Int] = []
                if row > 0 { ways.append(cost[row - 1][column] + omission(a, row - 1, front)) }
                if column > 0 {
                    ways.append(cost[row][column - 1] + omission(b, column - 1, front))
                }
                if row > 0, column > 0 {
                    let isFirst = row == 1 && column == 1
                    ways.append(
                        cost[row - 1][column - 1]
                            + replacement(a[row - 1], b[column - 1], isFirst: isFirst))
                }
                if row > 1, column > 1, a[row - 1] == b[column - 2], a[row - 2] == b[column - 1] {
                    ways.append(cost[row - 2][column - 2] + 4)
                }
                cost[row][column] = ways.min() ?? 0
            }
        }
        return cost[a.count][b.count]
    }

    private static func omission(_ letters: [UInt8], _ place: Int, _ front: Int) -> Int {
        let cost =
            switch Character(UnicodeScalar(letters[place])) {
            case "h": 1
            case "a": 2
            case "e", "i", "o", "u": 3
            default: 4
            }
        return place == 0 ? cost + front : cost
    }

    /// What desks write for one another; in front 3, but Bikram is Vikram there as well.
    private static let partners: Set<String> = ["bv", "ei", "ij", "ou", "cs"]
    /// What is taken for one another; in front 5.
    private static let families: Set<String> = [
        "dt", "gk", "gj", "ck", "bp", "fp", "mn", "lr", "js", "uv", "ov",
    ]

    private static func replacement(_ a: UInt8, _ b: UInt8, isFirst: Bool) -> Int {
        if a == b { return 0 }
        let letters = [a, b].map { Character(UnicodeScalar($0)) }
        let pair = String(letters.sorted())
        if partners.contains(pair) { return isFirst && pair != "bv" ? 3 : 2 }
        if families.contains(pair) { return isFirst ? 5 : 3 }
        return (letters.allSatisfy("aeiou".contains) ? 3 : 4) + (isFirst ? 3 : 0)
    }
}
