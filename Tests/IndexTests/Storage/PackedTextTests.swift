@testable internal import Index
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Packed texts")
struct PackedTextTests {
    private static let cases: [LetterCase] = [.lower, .upper]

    @Test("are read as they were written, and told apart", arguments: 0..<40 as Range<UInt64>)
    func agreesWithTexts(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for letters in Self.cases {
            let texts = (0..<60).map { _ in random.packable() }
            var column = Column<UInt8>()
            var starts: [Int] = []
            for text in texts {
                starts.append(column.count)
                PackedText(text.span, letters).append(text.span, letters, to: &column)
                // Nothing behind the last one: no word may be read there.
                column.trim()
            }
            check(texts, starts, in: column, letters, &random)
        }
    }

    private func check(
        _ texts: [[UInt8]], _ starts: [Int], in column: borrowing Column<UInt8>,
        _ letters: LetterCase, _ random: inout SplitMix64
    ) {
        var unpacked = UnpackedText()
        for (index, text) in texts.enumerated() {
            let start = starts[index]
            let next = index + 1 < starts.count ? starts[index + 1] : column.count
            let end = PackedText.end(ofTextAt: start, in: column)
            #expect(end == next, "\(text)")
            unpacked.read(textAt: start, in: column, letters)
            let read = unpacked.bytes.indices.map { unpacked.bytes[$0] }
            #expect(read == text)
            let packed = PackedText(text.span, letters)
            let stored = PackedText(at: start, in: column)
            #expect(packed.isShort == stored.isShort && (packed == stored || !packed.isShort))
            let stands = packed.stands(at: start, in: column, text.span, letters)
            #expect(stands, "\(text)")
            let changed = random.changed(text)
            let other = PackedText(changed.span, letters)
            let othersStand = other.stands(at: start, in: column, changed.span, letters)
            #expect(othersStand == (changed == text), "\(text) \(changed)")
            guard let place = texts.indices.randomElement(using: &random) else { continue }
            let areEqual = PackedText.areEqual(start, starts[place], in: column)
            #expect(areEqual == (text == texts[place]), "\(text) \(texts[place])")
            let precedes = PackedForm.precedes(start, starts[place], in: column, letters)
            #expect(precedes == text.lexicographicallyPrecedes(texts[place]))
        }
    }

    @Test(
        "take what they should",
        arguments: [
            ("P00000001", 5, LetterCase.upper), ("mr100000001", 6, .lower), ("", 1, .lower),
            ("patient1234567", 9, .lower), ("rakesh.kumar_99", 10, .lower), ("7", 2, .upper),
            ("91234567890123", 7, .lower), ("123456789012345", 8, .lower), ("p1", 4, .upper),
            ("abcdefghijklmn123456789012345", 16, .lower), ("abcdefghijklmno1", 14, .lower),
            ("1234567890123456", 14, .lower), ("OPD/2024/0017", 12, .upper), ("\u{939}", 5, .upper),
            (String(repeating: "x", count: 255), 194, .lower),
            (String(repeating: "x", count: 255), 257, .upper),
        ])
    func size(text: String, bytes: Int, letters: LetterCase) {
        var column = Column<UInt8>()
        PackedText(text.utf8.span, letters).append(text.utf8.span, letters, to: &column)
        let count = column.count
        #expect(count == bytes)
    }

    @Test("that somebody made are read within their bytes", arguments: 0..<60 as Range<UInt64>)
    func forged(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var column = Column<UInt8>()
        for _ in 0..<400 { column.append(UInt8(truncatingIfNeeded: random.next())) }
        column.trim()
        var unpacked = UnpackedText()
        for offset in 0..<column.count - 1 {
            for letters in Self.cases
            where PackedText.end(ofTextAt: offset, in: column) <= column.count {
                unpacked.read(textAt: offset, in: column, letters)
                let count = unpacked.bytes.count
                #expect(count <= PackedText.textBytesMax)
            }
            guard PackedName.end(ofNameAt: offset, in: column) <= column.count else { continue }
            unpacked.read(nameAt: offset, in: column)
            let count = unpacked.bytes.count
            #expect(count <= PackedName.bytesMax)
        }
    }

    @Test("of names are read as they were written", arguments: 0..<40 as Range<UInt64>)
    func names(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var column = Column<UInt8>()
        var unpacked = UnpackedText()
        var names: [(name: [UInt8], start: Int)] = []
        for _ in 0..<80 {
            let name = random.packableName()
            names.append((name, column.count))
            PackedName.append(name.span, to: &column)
            column.trim()
            let end = PackedName.end(ofNameAt: names[names.count - 1].start, in: column)
            let count = column.count
            #expect(end == count)
        }
        for (name, start) in names {
            unpacked.read(nameAt: start, in: column)
            let read = unpacked.bytes.indices.map { unpacked.bytes[$0] }
            #expect(read == name)
        }
    }

    @Test("a name of 14 letters takes ten bytes, one that does not fit what it has and two")
    func nameSize() {
        for (name, bytes) in [
            ("kavita agarwal", 10), ("", 1), ("a", 2), (String(repeating: "a", count: 127), 81),
            (String(repeating: "a", count: 128), 130), ("baby 2", 8), ("asha s/o ram", 9),
        ] {
            var column = Column<UInt8>()
            PackedName.append(name.utf8.span, to: &column)
            let count = column.count
            #expect(count == bytes, "\(name)")
        }
    }
}

@Suite("How many keys are different")
struct DistinctKeysTests {
    @Test(
        "is never told too low, nor more than a few hundredths too high",
        arguments: [0, 1, 5, 1000, 100_000, 900_000, 3_000_000], [1, 3])
    func count(keys: Int, times: Int) {
        let hash = KeyHash(seed: UInt64(keys))
        var distinct = DistinctKeys(keys: keys * times)
        for _ in 0..<times {
            for key in 0..<keys { distinct.add(hash.of(UInt64(key) + 6_000_000_000, facility: 1)) }
        }
        let count = distinct.count
        #expect(count >= keys && count <= keys + keys / 40 + 20)
    }
}

extension SplitMix64 {
    /// A text of one of the shapes that are packed differently, or hardly.
    fileprivate mutating func packable() -> [UInt8] {
        let letters = Array("abcxyz".utf8) + Array("./-_ ".utf8)
        let mixed = letters + Array("AZ09{`@[".utf8) + [0, 1, 0x1F, 0x7F, 0x80, 0xFF, 0xE0]
        let digits = Array("0123456789".utf8)
        let count = [0, 1, 2, 7, 8, 9, 13, 14, 15, 16, 29, 30].randomElement(using: &self) ?? 0
        let digitCount =
            [0, 1, 7, 8, 9, 14, 15, 16, 17].randomElement(using: &self) ?? 0
        let tail = string(of: digits, digitCount)
        let text: [UInt8]
        switch UInt8.random(in: 0..<6, using: &self) {
        case 0: text = string(of: letters, count) + tail
        case 1: text = string(of: Array("ABCXYZ-".utf8), count) + tail
        case 2: text = string(of: mixed, count)
        case 3: text = string(of: digits, count) + string(of: letters, 2) + tail
        case 4: text = string(of: mixed, Int.random(in: 0...255, using: &self))
        default: text = string(of: letters + digits, Int.random(in: 0...60, using: &self))
        }
        return text
    }

    fileprivate mutating func packableName() -> [UInt8] {
        let letters = Array("abcz  ".utf8)
        let count = [0, 1, 7, 8, 9, 15, 16, 17, 40, 126, 127, 128, 4000].randomElement(using: &self)
        var name = string(of: letters, count ?? 0)
        guard let place = name.indices.randomElement(using: &self) else { return name }
        switch UInt8.random(in: 0..<4, using: &self) {
        case 0:
            name[place] = [UInt8(ascii: "/"), UInt8(ascii: "_")].randomElement(using: &self) ?? 0
        case 1: name[place] = UInt8(truncatingIfNeeded: next())
        default: break
        }
        return name
    }

    /// The text with one byte more, less or changed; now and then as it is.
    fileprivate mutating func changed(_ text: [UInt8]) -> [UInt8] {
        var changed = text
        let byte = Array("a0AZ9._- ".utf8).randomElement(using: &self) ?? 0
        switch UInt8.random(in: 0..<4, using: &self) {
        case 0 where text.count < PackedText.textBytesMax:
            changed.insert(byte, at: Int.random(in: 0...text.count, using: &self))
        case 1 where !text.isEmpty: changed.remove(at: Int.random(in: 0..<text.count, using: &self))
        default:
            if let place = text.indices.randomElement(using: &self) { changed[place] = byte }
        }
        return changed
    }

    private mutating func string(of bytes: [UInt8], _ count: Int) -> [UInt8] {
        (0..<count).map { _ in bytes.randomElement(using: &self) ?? 0 }
    }
}
