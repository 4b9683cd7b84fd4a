import TestSupport
import Testing

@testable import Matcher

/// Folds names into one arena, as a load does.
struct NameFolder: ~Copyable {
    private var arena = TextArena()

    mutating func fold(_ name: [UInt8]) -> [UInt8] {
        arena.reset()
        let range = NameFolding.fold(name.span, into: &arena)
        let folded = arena.bytes(range)
        return folded.indices.map { folded[$0] }
    }
}

@Suite("Folding of whatever is sent")
struct FoldingRobustnessTests {
    /// What is promised of the folded form of any bytes; nil where it holds.
    private static func fault(_ name: [UInt8], _ folder: inout NameFolder) -> String? {
        let once = folder.fold(name)
        let twice = folder.fold(once)
        if once != twice { return "folded again: \(shown(once)) \(shown(twice))" }
        if 2 * once.count > 3 * name.count + 10 {
            return "grew from \(name.count) to \(once.count)"
        }
        if once.first == 0x20 || once.last == 0x20 { return "a blank at an end" }
        for index in once.indices.dropLast() where once[index] == 0x20 && once[index + 1] == 0x20 {
            return "two blanks"
        }
        if once.contains(where: { $0 < 0x20 || (0x41...0x5A).contains($0) }) {
            return "a control or capital letter"
        }
        if String(validating: once, as: UTF8.self) == nil { return "no UTF-8" }
        return nil
    }

    @Test(
        "is total, leaves a folded name as it is and does not outgrow its bound, on names of any kind",
        arguments: 0..<40 as Range<UInt64>)
    func written(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var folder = NameFolder()
        for _ in 0..<500 {
            let name = random.writtenName(piecesMax: 10)
            let fault = Self.fault(name, &folder)
            #expect(fault == nil, "\(shown(name))")
        }
    }

    @Test("and on arbitrary bytes", arguments: 0..<20 as Range<UInt64>)
    func bytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var folder = NameFolder()
        for round in 0..<500 {
            // Bytes that begin or go on with a character of two or three are frequent in every second one.
            let name = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                round % 2 == 0
                    ? UInt8.random(in: 0...255, using: &random)
                    : [
                        0xC3, 0xC8, 0xBA, 0xE0, 0xA4, 0x9B, 0xA5, 0x8D, 0x40, 0x2F, 0x73, 0x6F,
                        0x20,
                    ]
                    .randomElement(using: &random) ?? 0
            }
            let fault = Self.fault(name, &folder)
            #expect(fault == nil, "\(shown(name))")
        }
    }

    @Test("and on every character of Unicode's first planes", arguments: 0..<18 as Range<UInt32>)
    func characters(part: UInt32) {
        var folder = NameFolder()
        // The last two parts are the tags and the end of the last plane.
        let first: UInt32 = part < 16 ? part << 13 : part == 16 ? 0xE_0000 : 0x10_F000
        for value in first..<first + (part < 16 ? 1 << 13 : 1 << 9) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(scalar).utf8)
            for name in [bytes + bytes + bytes + bytes, [0x78] + bytes + [0x79]] {
                let fault = Self.fault(name, &folder)
                #expect(fault == nil, "\(scalar.debugDescription)")
            }
        }
    }

    @Test("a character of two bytes may become three, one of three four, no other grows")
    func growth() {
        var folder = NameFolder()
        var grown: [UInt32: [UInt8]] = [:]
        for value in 0x80...0x1_FFFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(scalar).utf8)
            // In front of another letter, where a consonant's own a is written as well.
            let folded = folder.fold(bytes + bytes)
            if folded.count > 2 * bytes.count { grown[value] = folded }
        }
        // Two capitals, and the letter cha in the scripts that speak the a they write.
        let cha = stride(from: UInt32(0x91B), through: 0xD1B, by: 0x80)
        #expect(grown.keys.sorted() == [0x23A, 0x23E] + cha)
        #expect(grown[0x23A]?.count == 6)
        #expect(grown[0xD1B].map { String(decoding: $0, as: UTF8.self) } == "chhachha")
    }

    @Test(
        "grows by no more than five bytes beside that: a blank or two for each mark",
        arguments: [
            ("of и", 1), ("и@и", 2), ("@и", -1), ("иs/oи", 2), ("s/oи", 1), ("и so и", 1),
            ("s/oи@иs/oи", 5),
        ])
    func marks(name: String, grows: Int) {
        var folder = NameFolder()
        let folded = folder.fold(Array(name.utf8))
        #expect(folded.count - name.utf8.count == grows, "\(shown(folded))")
    }

    @Test(
        "names of nothing but titles, marks, blanks, joiners or broken bytes are folded too",
        arguments: [
            ("", ""), (" ", ""), ("a", "a"), ("Smt. Shri Dr.", "smt"), ("Late Mr.", "late"),
            ("@", ""), ("@ @ @", ""), ("S/O", ""), ("S/O W/O", ""), ("S/O @ W/O", ""),
            ("urf", ""), ("\u{200D}\u{200C}", ""), ("\u{200F}\u{202E}", ""), ("🙂", ""),
            ("👩‍⚕️ Asha", "asha"), ("\u{202E}Asha\u{202C} Rao", "asha rao"),
            ("As\u{200D}ha\u{FEFF}", "asha"), ("राम Kumar দাস", "ram kumar das"),
        ])
    func nothing(name: String, folded: String) {
        #expect(Parsing.folded(name) == folded)
    }

    @Test("200 words and 10,000 letters are folded like few")
    func long() {
        var folder = NameFolder()
        let words = [UInt8]("asha ".utf8)
        let many = folder.fold((0..<200).flatMap { _ in words })
        #expect(many.count == 999)
        for letter in ["a", "छ", "Ⱥ", "@", "S/O ", "1", "\u{200D}", "of "] {
            let name = [UInt8](String(repeating: letter, count: 10_000).utf8)
            let fault = Self.fault(name, &folder)
            #expect(fault == nil, "\(letter)")
        }
    }
}
