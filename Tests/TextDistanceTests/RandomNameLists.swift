internal import TestSupport
internal import TextDistance

/// The lengths round which the lanes change: nothing, one letter, 16 bits, 32 bits, 64 bits.
let laneEdgeLengths = [0, 1, 2, 7, 12, 15, 16, 17, 24, 31, 32, 33, 47, 63, 64, 65, 80]

/// The bytes that a lane can hold.
let laneAlphabet = foldedAlphabet + Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ.'-,()".utf8)

/// Those that folded names have.
let foldedAlphabet = Array("abcdefghijklmnopqrstuvwxyz @/12".utf8)

/// Names one behind the other, as `NameBlocks` takes them.
struct NameList {
    var names: [[UInt8]]

    var bytes: [UInt8] { names.flatMap { $0 } }

    var ends: [Int] {
        var end = 0
        return names.map { name in
            end += name.count
            return end
        }
    }

    /// The blocks of the names.
    func blocks(_ order: NameOrder = .asGiven) -> NameBlocks {
        let bytes = bytes
        let ends = ends
        return NameBlocks(bytes: bytes.span, ends: ends.span, order: order)
    }
}

extension SplitMix64 {
    /// A name of `length` bytes: of three letters, of an alphabet, or, now and then, with a byte that no lane
    /// holds.
    mutating func laneName(length: Int, of alphabet: [UInt8] = laneAlphabet) -> [UInt8] {
        let few = Bool.random(using: &self)
        var name = (0..<length).map { _ in
            few
                ? UInt8.random(in: 97...99, using: &self)
                : alphabet.randomElement(using: &self) ?? 97
        }
        if length > 0, UInt8.random(in: 0..<8, using: &self) == 0 {
            let outside: [UInt8] = [0, 31, 48, 51, 63, 91, 96, 123, 128, 255]
            name[Int.random(in: 0..<length, using: &self)] =
                outside.randomElement(using: &self) ?? 0
        }
        return name
    }

    /// `count` names of `lengths`; half of them are a few edits away from `pattern`.
    mutating func laneNames(count: Int, lengths: [Int], near pattern: [UInt8]) -> NameList {
        let alphabet = Bool.random(using: &self) ? foldedAlphabet : laneAlphabet
        return NameList(
            names: (0..<count).map { _ in
                Bool.random(using: &self)
                    ? edited(pattern, count: Int.random(in: 0...6, using: &self))
                    : laneName(length: lengths.randomElement(using: &self) ?? 0, of: alphabet)
            })
    }
}
