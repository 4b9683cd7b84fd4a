/// Names of one kind, one after the other.
struct NameTable: Sendable {
    private let bytes: [UInt8]
    private let ends: [Int]

    /// The words of a text, in the order of the text.
    init(_ text: String) {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for word in text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            bytes.append(contentsOf: word)
            ends.append(bytes.count)
        }
        precondition(!ends.isEmpty, "a table has names")
        self.bytes = bytes
        self.ends = ends
    }

    /// How many there are.
    var count: Int { ends.count }

    /// The bytes of one.
    subscript(index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// A name like `index` that is another one: of a few draws the one that shares most letters
    /// at both ends, as families like to name their children.
    func like(_ index: Int, using random: inout SyntheticRandom) -> Int {
        var best = (index + 1) % count
        var bestShared = -1
        for _ in 0..<8 {
            let other = random.below(count)
            guard other != index else { continue }
            let shared = sharedLetters(index, other)
            if shared > bestShared { (best, bestShared) = (other, shared) }
        }
        return best
    }

    private func sharedLetters(_ first: Int, _ second: Int) -> Int {
        let a = self[first], b = self[second]
        let front = zip(a, b).prefix { $0 == $1 }.count
        let back = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
        return front + back
    }
}

/// How people of one region are called.
///
/// A class, so that a person's region is one reference and not the tables' five.
final class NameRegion: Sendable {
    let men: NameTable
    let women: NameTable
    let families: NameTable
    /// Whether children and wives carry a father's or husband's name instead of a family's.
    let isPatronymic: Bool

    init(men: String, women: String, families: String, isPatronymic: Bool = false) {
        self.men = NameTable(men)
        self.women = NameTable(women)
        self.families = NameTable(families)
        self.isPatronymic = isPatronymic
    }

    /// The given names of one gender.
    func given(_ gender: SyntheticGender) -> NameTable { gender == .female ? women : men }

    /// Every region; the order is part of what a seed means.
    static let all: [NameRegion] = [
        hindi, punjabi, muslim, gujarati, marathi, bengali, eastern, tamil, telugu, kannada,
        malayali,
    ]

    /// The place of the Muslim families, of every state, in `all`.
    static let muslimIndex = 2
}

/// The genders that the wire knows.
enum SyntheticGender: UInt8, Sendable {
    case male, female, other

    /// The letter of the wire.
    var letter: UInt8 {
        switch self {
        case .male: UInt8(ascii: "M")
        case .female: UInt8(ascii: "F")
        case .other: UInt8(ascii: "O")
        }
    }

    /// The word that some desks write.
    var word: String {
        switch self {
        case .male: "Male"
        case .female: "Female"
        case .other: "Other"
        }
    }
}
