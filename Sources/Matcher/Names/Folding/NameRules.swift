/// Which rules folded names were made by.
public enum NameRules {
    /// A number that another one differs from where a name may be folded, heard or searched otherwise.
    ///
    /// Folded names that are kept, with their letters and the sounds that were counted among them, are good
    /// for the rules that made them alone. Taken of every letter that folding knows, of every word with a
    /// meaning, and of names that take the other ways through it.
    ///
    /// - Complexity: some seven hundred names, once in a process.
    public static let fingerprint = fingerprint(of: everyName)

    /// The number that names give which are folded and heard in this order.
    static func fingerprint(of names: [String]) -> UInt64 {
        var fingerprint = Fingerprint()
        for name in names { fingerprint.add(name) }
        return fingerprint.value
    }

    /// The names that the number is taken of.
    static var everyName: [String] {
        var every: [String] = []
        for letters in scripts {
            // A few in one name: a name costs more than its letters.
            for first in stride(from: letters.lowerBound, through: letters.upperBound, by: 8) {
                var name = String.UnicodeScalarView()
                for scalar in first..<first + 8 {
                    guard let letter = Unicode.Scalar(scalar) else { continue }
                    name.append(contentsOf: [" ", letter, "i", letter])
                }
                every.append(String(name))
            }
        }
        every += FoldingWords.all.everyWord.map { "\($0) Asha \($0) Rao" }
        return every + names
    }

    /// Latin with its diacritics, Arabic, the scripts of India, Meetei Mayek and Ol Chiki, small forms, signs
    /// that are letters.
    private static let scripts: [ClosedRange<UInt32>] = [
        0x21...0x24F, 0x300...0x36F, 0x600...0x6FF, 0x750...0x77F, 0x900...0xDFF,
        0x1C50...0x1C7F, 0x1E00...0x1EFF, 0x2000...0x206F, 0x2100...0x214F, 0xA8E0...0xA8FF,
        0xAAE0...0xAAFF,
        0xABC0...0xABFF, 0xFB50...0xFDFF, 0xFE70...0xFEFF, 0xFF01...0xFF5E,
    ]

    private static let names = [
        "Smt. Lakshmi Devi W/O Ravi Kumar", "LAXMIDEVI", "लक्ष्मी देवी", "B/O Rukmini",
        "Twin 2 of Sunita", "Md. Iqbal @ Guddu S/O Late Md. Yusuf", "Ramesh urf Chhotu", "NA",
        "Unknown Male", "A. P. J. Abdul Kalam", "D'Souza, Maria-Theresa", "محمد یوسف", "முருகன்",
        "Krishnaswamy Venkataraman", "O'Neill", "Baby Girl of Meera", "K. Singh 3", "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    ]

    /// Source: FNV-1a.
    private struct Fingerprint: ~Copyable {
        private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325
        private var arena = TextArena()
        private var tokens = NameTokens()
        private var memo = TokenMemo()

        mutating func add(_ name: String) {
            arena.reset()
            let bytes = Array(name.utf8)
            let folded = NameFolding.fold(bytes.span, into: &arena)
            mix(UInt64(folded.count))
            for offset in 0..<folded.count { mix(UInt64(arena.byte(at: folded.start + offset))) }
            mix(UInt64(NameLetters(arena.bytes(folded)).rawValue))
            Self.read(&tokens, arena, folded, &memo)
            for index in 0..<tokens.count { mix(tokens[index].skeleton.hash) }
        }

        // A span borrowed from one stored property keeps all of `self` from being changed.
        private static func read(
            _ tokens: inout NameTokens, _ arena: borrowing TextArena, _ place: TextRange,
            _ memo: inout TokenMemo
        ) {
            let folded = arena.bytes(place)
            tokens.read(folded, 0..<NameParts.nameCount(folded), &memo)
        }

        private mutating func mix(_ number: UInt64) {
            value = (value ^ number) &* 0x100_0000_01B3
        }
    }
}
