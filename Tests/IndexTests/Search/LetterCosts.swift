/// What the letters of a name cost, bit by bit: the slow twin of the scan.
enum LetterCosts {
    static func cost(_ name: UInt32, asked tokens: [UInt32]) -> Int {
        func has(_ word: UInt32, _ bit: Int) -> Bool { word >> UInt32(bit) & 1 == 1 }
        var beyond = 0
        for bit in 0..<32 where has(name, bit) {
            if !tokens.contains(where: { has($0, bit) }) { beyond += 1 }
        }
        let lacking = tokens.map { token in
            let letters = (0..<16).count { has(token, $0) && !has(name, $0) }
            let beginsSo = (16..<32).allSatisfy { !has(token, $0) || has(name, $0) }
            return min(2 * letters + (beginsSo ? 0 : 2), 6)
        }
        return beyond + min(lacking.reduce(0, +), 3 + (lacking.min() ?? 6))
    }
}
