internal import TestSupport

/// Two strings to compare: now unrelated, now one made from the other by a few edits.
struct WordPair {
    var a: [UInt8]
    var b: [UInt8]
}

/// The lengths round which the kernels change: nothing, one byte, one word, two words.
let edgeLengths = [0, 1, 2, 3, 8, 13, 62, 63, 64, 65, 66, 127, 128, 129]

extension SplitMix64 {
    /// A string of `length` bytes, from three letters or, one time in four, from all bytes.
    mutating func word(length: Int) -> [UInt8] {
        let letters = UInt8.random(in: 0..<4, using: &self) == 0 ? UInt8.min...255 : 97...99
        return (0..<length).map { _ in UInt8.random(in: letters, using: &self) }
    }

    /// `word` after `count` random edits.
    mutating func edited(_ word: [UInt8], count: Int) -> [UInt8] {
        var result = word
        for _ in 0..<count {
            let letter = UInt8.random(in: 97...99, using: &self)
            let place = Int.random(in: 0...result.count, using: &self)
            switch UInt8.random(in: 0..<3, using: &self) {
            case 0 where place < result.count: result[place] = letter
            case 1 where place < result.count: result.remove(at: place)
            default: result.insert(letter, at: place)
            }
        }
        return result
    }

    /// A pair whose first string has one of `lengths`; half of the pairs are a few edits apart.
    mutating func pair(lengths: [Int]) -> WordPair {
        let a = word(length: lengths.randomElement(using: &self) ?? 0)
        if Bool.random(using: &self) {
            return WordPair(a: a, b: edited(a, count: Int.random(in: 0...6, using: &self)))
        }
        return WordPair(a: a, b: word(length: lengths.randomElement(using: &self) ?? 0))
    }

    /// A limit: mostly 0...5, sometimes around a word's width, sometimes past every distance.
    mutating func limit() -> Int {
        switch UInt8.random(in: 0..<8, using: &self) {
        case 0: Int.random(in: 6...140, using: &self)
        case 1: [63, 64, 65, 1000, Int.max].randomElement(using: &self) ?? 64
        default: Int.random(in: 0...5, using: &self)
        }
    }
}
