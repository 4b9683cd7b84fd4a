/// Folded names for comparisons, made so that near misses are common.
extension SplitMix64 {
    /// A token of a few letters of a small alphabet.
    public mutating func nameToken() -> String {
        let letters = ["a", "b", "c"]
        let length = [1, 1, 2, 3, 4, 4, 4, 5, 5, 6, 6, 7].randomElement(using: &self) ?? 4
        return (0..<length).map { _ in letters.randomElement(using: &self) ?? "a" }.joined()
    }

    /// A token that is `token` after a few edits, or its first letter, or another one.
    public mutating func nameToken(near token: String) -> String {
        switch UInt8.random(in: 0..<8, using: &self) {
        case 0: return nameToken()
        case 1: return String(token.prefix(1))
        case 2, 3: return token
        default:
            var letters = Array(token)
            for _ in 0..<Int.random(in: 1...2, using: &self) {
                let place = Int.random(in: 0...letters.count, using: &self)
                let letter: Character = ["a", "b", "c", "d"].randomElement(using: &self) ?? "a"
                switch UInt8.random(in: 0..<3, using: &self) {
                case 0 where place < letters.count: letters[place] = letter
                case 1 where place < letters.count && letters.count > 1: letters.remove(at: place)
                default: letters.insert(letter, at: place)
                }
            }
            return String(letters)
        }
    }

    /// Two folded names that have much in common, of up to `tokensMax` tokens each.
    public mutating func namePair(tokensMax: Int) -> (String, String) {
        var tokens = (0..<Int.random(in: 1...tokensMax, using: &self)).map { _ in nameToken() }
        if Bool.random(using: &self), let first = tokens.first {  // tokens that rival each other
            for index in tokens.indices.dropFirst() where Bool.random(using: &self) {
                tokens[index] = nameToken(near: first)
            }
        }
        var others = tokens.map { nameToken(near: $0) }
        if UInt8.random(in: 0..<3, using: &self) == 0, others.count < tokensMax {
            others.append(nameToken())
        }
        if UInt8.random(in: 0..<4, using: &self) == 0, others.count > 1 { others.removeLast() }
        if UInt8.random(in: 0..<6, using: &self) == 0, others.count > 1 {  // written in one piece
            let last = others.removeLast()
            others[others.count - 1] += last
        }
        others.shuffle(using: &self)
        return (tokens.joined(separator: " "), others.joined(separator: " "))
    }
}
