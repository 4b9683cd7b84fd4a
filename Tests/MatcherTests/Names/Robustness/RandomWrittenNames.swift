import TestSupport

/// Names as desks, apps and broken exports write them, made so that what folding and comparing look for
/// is frequent.
extension SplitMix64 {
    private static let words = [
        "Ram", "Lal", "Ramlal", "Lakshmi", "Laxmi", "Devi", "Lakshmidevi", "Sunita", "Sunitha",
        "Suneeta", "Anita", "Kumar", "Kumari", "Singh", "Kaur", "Md", "Mohd", "Mohammed", "Gupta",
        "Ramlalgupta", "Xyqzor", "Xyqzer", "Zorvanta", "Zorvantadevi", "K", "R", "Th", "Omkar",
        "Ornkar", "M0han", "9", "12", "Raajesh", "Rajesh", "Salim", "Salima", "Gyan", "Dnyan",
    ]
    private static let marks = [
        "S/O", "W/o", "D/0", "B/O", "@", "urf", "alias", "aka", "son", "wife", "of", "so", "wo",
        "patni", "putra", "baby", "twin", "Smt.", "Shri", "Dr", "Mr.", "Late", "NA", "null", "N/A",
        "-", ".", "'", "’", "`", "/", "(", ")",
    ]
    private static let scripts = [
        "लक्ष्मी", "देवी", "छाया", "छ", "ं", "्", "़", "ा", "রীনা", "ਕੌਰ", "રમેશ", "ସୁଜାତା", "முருகன்", "ச",
        "లక్ష్మి", "ಸುರೇಶ", "അനിൽ", "ൾ", "محمد", "چھ", "ᱥᱤᱫᱩ", "ꯃꯅꯤ", "Иван", "Ⱥ", "Ⱦ", "ŉ", "İ", "ẞ", "Æ",
        "王芳", "🙂", "👩‍⚕️", "\u{200D}", "\u{200C}", "\u{200F}", "\u{202E}", "\u{FEFF}", "\u{301}",
        "\u{0}", "\u{1}", "\u{2}", "\u{AD}", "\u{E0001}", "\u{10FFFF}",
    ]

    /// A raw name of up to so many pieces; some have blanks between them, some do not.
    mutating func writtenName(piecesMax: Int) -> [UInt8] {
        var name: [UInt8] = []
        let oddity = UInt8.random(in: 0..<8, using: &self)
        for _ in 0..<Int.random(in: 0...piecesMax, using: &self) {
            switch UInt8.random(in: 0..<12, using: &self) {
            case 0..<6: name += Array((Self.words.randomElement(using: &self) ?? "").utf8)
            case 6, 7: name += Array((Self.marks.randomElement(using: &self) ?? "").utf8)
            case 8 where oddity < 5: name += scalar()
            case 9 where oddity < 2: name.append(UInt8.random(in: 0...255, using: &self))
            default: name += Array((Self.scripts.randomElement(using: &self) ?? "").utf8)
            }
            if UInt8.random(in: 0..<4, using: &self) > 0 { name.append(0x20) }
        }
        return name
    }

    /// A name of Latin words, marks and blanks alone.
    mutating func plainName(piecesMax: Int) -> [UInt8] {
        var words: [String] = []
        for _ in 0..<Int.random(in: 1...piecesMax, using: &self) {
            switch UInt8.random(in: 0..<12, using: &self) {
            case 0: words.append(Self.marks.randomElement(using: &self) ?? "")
            case 1:
                words.append((words.last ?? "") + (Self.words.randomElement(using: &self) ?? ""))
            case 2:  // in one piece with the one in front
                let last = words.popLast() ?? ""
                words.append(last + (Self.words.randomElement(using: &self) ?? "").lowercased())
            default: words.append(Self.words.randomElement(using: &self) ?? "")
            }
        }
        return Array(words.joined(separator: " ").utf8)
    }

    /// A name with much in common with another one: its bytes changed, moved, left out, joined.
    mutating func writtenName(near name: [UInt8]) -> [UInt8] {
        var tokens = name.split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
        for _ in 0..<Int.random(in: 0...3, using: &self) {
            guard let index = tokens.indices.randomElement(using: &self) else { break }
            switch UInt8.random(in: 0..<7, using: &self) {
            case 0: tokens.remove(at: index)
            case 1: tokens.shuffle(using: &self)
            case 2: tokens.insert(writtenName(piecesMax: 1), at: index)
            case 3 where index + 1 < tokens.count:
                tokens[index] += tokens.remove(at: index + 1)
            case 4 where !tokens[index].isEmpty: tokens[index] = Array(tokens[index].prefix(1))
            default: tokens[index] = nearToken(tokens[index])
            }
        }
        return Array(tokens.joined(separator: [0x20]))
    }

    /// A token after an edit or two.
    mutating func nearToken(_ token: [UInt8]) -> [UInt8] {
        var letters = token
        for _ in 0..<Int.random(in: 1...3, using: &self) {
            let place = Int.random(in: 0...letters.count, using: &self)
            let letter =
                Array("abcdefghijklmnopqrstuvwxyzaeiouhh".utf8).randomElement(using: &self) ?? 0x61
            switch UInt8.random(in: 0..<4, using: &self) {
            case 0 where place < letters.count: letters[place] = letter
            case 1 where place < letters.count: letters.remove(at: place)
            case 2 where place + 1 < letters.count: letters.swapAt(place, place + 1)
            default: letters.insert(letter, at: place)
            }
        }
        return letters
    }

    private mutating func scalar() -> [UInt8] {
        let planes: [ClosedRange<UInt32>] = [
            0x80...0x24F, 0x370...0x7FF, 0x900...0xDFF, 0x1C50...0x1C7F, 0x1E00...0x1EFF,
            0x2000...0x2BFF, 0xA640...0xABFF, 0xFB00...0xFFFF, 0x1_0000...0x1_FFFF,
        ]
        let plane = planes.randomElement(using: &self) ?? 0x80...0x24F
        guard let scalar = Unicode.Scalar(UInt32.random(in: plane, using: &self)) else { return [] }
        return Array(String(scalar).utf8)
    }
}

/// Bytes as a test's message can show them.
func shown(_ bytes: [UInt8]) -> String {
    "\(String(decoding: bytes.prefix(200), as: UTF8.self)) \(bytes.prefix(200))"
}
