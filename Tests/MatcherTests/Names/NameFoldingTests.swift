internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import Matcher

@Suite("Folding of names")
struct NameFoldingTests {
    @Test(
        "writes tokens in lower case, one space apart",
        arguments: [
            ("Asha Rao", "asha rao"), ("  ASHA   RAO ", "asha rao"), ("Asha\tRao\n", "asha rao"),
            ("Rao, Asha", "rao asha"), ("A.P.J. Abdul Kalam", "a p j abdul kalam"),
            ("Asha-Lata", "asha lata"), ("Asha_Rao", "asha rao"), ("Asha (2)", "asha"),
            ("Md. Irfan", "md irfan"), ("Mohd Irfan", "mohd irfan"), ("Asha\0Rao", "asha rao"),
            ("\u{1}Asha\u{2}", "asha"),
        ])
    func tokens(name: String, folded: String) {
        #expect(Parsing.folded(name) == folded)
    }

    @Test(
        "leaves out titles in front as long as a name remains",
        arguments: [
            ("Smt. Asha Rao", "asha rao"), ("SHRI Ram", "ram"), ("Mr Dr. Ram", "ram"),
            ("Km. Asha", "asha"), ("Late Sri Ram", "ram"), ("Baby Rukmini", "rukmini"),
            ("Er. Ram", "ram"), ("Sri", "sri"), ("Dr. Mr.", "dr"), ("Ram Sri", "ram sri"),
            ("Srinath", "srinath"), ("Sri.Ram", "ram"), ("Mr.", "mr"),
        ])
    func titles(name: String, folded: String) {
        #expect(Parsing.folded(name) == folded)
    }

    @Test(
        "keeps the relative behind a relation mark apart from the name",
        arguments: [
            ("Ram S/O Dasharath", "ram s/o dasharath"), ("Ram s/o. Dasharath", "ram s/o dasharath"),
            ("Ram S/o: Dasharath", "ram s/o dasharath"),
            ("Ram(S/O Dasharath)", "ram s/o dasharath"),
            ("Ram W/O X", "ram w/o x"), ("Ram D/O X", "ram d/o x"), ("Ram C/O X", "ram c/o x"),
            ("Ram H/O X", "ram h/o x"), ("Ram F/O X", "ram f/o x"), ("Ram M/O X", "ram m/o x"),
            ("Ram B/O X", "ram b/o x"), ("Ram s/0 X", "ram s/o x"), ("Ram,S/O X", "ram s/o x"),
            ("Ram S/O", "ram"), ("Ram S/O NA", "ram"), ("Ram son of X", "ram s/o x"),
            ("Sita WIFE OF X", "sita w/o x"), ("Sita daughter of X", "sita d/o x"),
            ("Ram care of X", "ram c/o x"), ("Sita patni X", "sita w/o x"),
            ("Ram putra X", "ram s/o x"), ("Sita putri X", "sita d/o x"), ("Ram so X", "ram s/o x"),
            ("Mr. Ram S/O Late Mr. X", "ram s/o x"), ("Ram S/O X W/O Y", "ram s/o x"),
            ("Ram S/O Late", "ram s/o late"), ("Ram S/O X @ Y", "ram s/o x"),
        ])
    func relations(name: String, folded: String) {
        #expect(Parsing.folded(name) == folded)
    }

    @Test(
        "keeps the relative where there is no other name, and says so",
        arguments: [
            ("B/O Rukmini", "b/o rukmini"), ("Baby of Rukmini", "b/o rukmini"),
            ("S/O Ram", "b/o ram"), ("Baby B/O Rukmini", "b/o rukmini"),
            ("Mrs. W/O Ram", "b/o ram"), ("son of Ram", "b/o ram"),
            ("B/O Rukmini W/O Ram", "b/o rukmini w/o ram"), ("Baby of", ""), ("S/O", ""),
        ])
    func onlyRelative(name: String, folded: String) {
        #expect(Parsing.folded(name) == folded)
    }

    @Test(
        "takes no part of a word for a relation mark",
        arguments: [
            ("Ass/Office", "ass office"), ("X/O Ram", "x o ram"), ("Ram Son", "ram son"),
            ("Ram s/om", "ram s om"), ("Office", "office"),
        ])
    func noRelation(name: String, folded: String) {
        #expect(Parsing.folded(name) == folded)
    }

    @Test(
        "keeps an alias behind the name, and of several the first",
        arguments: [
            ("Ram @ Raju", "ram @ raju"), ("Ram@Raju", "ram @ raju"),
            ("Ram urf Raju", "ram @ raju"),
            ("Ram ALIAS Mr. Raju Lal", "ram @ raju lal"), ("@Raju", "raju"), ("@", ""),
            ("Ram @ Raju @ Guddu", "ram @ raju"), ("Ram @ NA", "ram"), ("Ram @", "ram"),
            ("Ram urf Raju S/O Mohan", "ram @ raju s/o mohan"),
            ("Ram @ S/O Mohan", "ram s/o mohan"),
        ])
    func aliases(name: String, folded: String) {
        #expect(Parsing.folded(name) == folded)
    }

    @Test(
        "reads every apostrophe as none",
        arguments: ["D'Souza", "D`Souza", "D’Souza", "D‘Souza", "DʼSouza", "D´Souza", "D′Souza"])
    func apostrophes(name: String) {
        #expect(Parsing.folded(name) == "dsouza")
    }

    @Test(
        "reads Latin letters without their marks",
        arguments: [
            ("José", "jose"), ("JOSE\u{301}", "jose"), ("Kṛṣṇa", "krsna"), ("Śāntā", "santa"),
            ("Æsop Œuvre", "aesop oeuvre"), ("Straße", "strasse"), ("STRAẞE", "strasse"),
            ("Łukasz", "lukasz"), ("Đặng", "dang"), ("Þór", "thor"), ("İpek Işık", "ipek isik"),
            ("Nguyễn", "nguyen"), ("Pitṝn", "pitrn"), ("A\u{212B}", "aa"), ("Øre", "ore"),
        ])
    func diacritics(name: String, folded: String) {
        #expect(Parsing.folded(name) == folded)
    }

    @Test("gives every Latin letter with marks the letter that decomposition gives")
    func latinTable() {
        for value in Array(0xC0...0x17F) + Array(0x1E00...0x1EFF) {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            let parts = String(scalar).lowercased().decomposedStringWithCanonicalMapping
                .unicodeScalars
            guard parts.count > 1, let base = parts.first, base.isASCII,
                parts.dropFirst().allSatisfy({ $0.properties.generalCategory == .nonspacingMark })
            else { continue }
            #expect(Parsing.folded("x" + String(scalar)) == "x" + String(base), "\(scalar)")
        }
    }

    @Test(
        "writes the scripts of India in Latin letters and keeps others, without joiners",
        arguments: [
            ("राम कुमार", "ram kumar"), ("श्री", "shri"), ("क्\u{200D}ष", "ksh"),
            ("க\u{200C}ண்ணன்", "kannan"), ("রাম, দাস", "ram das"), ("ИВАН", "иван"),
            ("राम।कुमार", "ram kumar"), ("Ram\u{FEFF}", "ram"), ("Ra\u{AD}m", "ram"),
        ])
    func otherScripts(name: String, folded: String) {
        #expect(Array(Parsing.folded(name).unicodeScalars) == Array(folded.unicodeScalars))
    }

    @Test(
        "parts tokens at malformed UTF-8",
        arguments: [
            [0xFF], [0x80], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0xA0], [0xE0, 0x81, 0xA1],
            [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x81, 0x81], [0xF5, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xE0, 0xA4],
        ] as [[UInt8]])
    func malformed(bytes: [UInt8]) {
        #expect(Parsing.folded(Array("ram".utf8) + bytes + Array("rao".utf8)) == "ram rao")
        #expect(Parsing.folded(Array("ram".utf8) + bytes) == "ram")
        #expect(Parsing.folded(bytes) == "")
    }

    @Test(
        "holds nothing where there is no name",
        arguments: ["", " ", "-", "NA", "N/A", "null", "...", "()", "Mr. NA", "N'A", "Smt. -", "🙂"])
    func nothing(name: String) {
        #expect(["", "smt"].contains(Parsing.folded(name)), "\(Parsing.folded(name))")
        #expect(name == "Smt. -" || Parsing.folded(name).isEmpty)
    }

    @Test(
        "words for somebody unknown are no name",
        arguments: [
            "Unknown", "Unknown Male", "NO NAME", "New Born", "Baby Girl", "Test Patient", "Self",
            "Male",
            "123", "12 3", "Mr. Unknown", "अज्ञात",
        ])
    func nobody(name: String) {
        #expect(Parsing.folded(name) == "")
    }

    @Test("and are part of one beside another word")
    func somebody() {
        #expect(Parsing.folded("Baby") == "baby")
        #expect(Parsing.folded("Unknown Singh") == "unknown singh")
        #expect(Parsing.folded("Newborn of Sunita") == "b/o sunita")
        #expect(Parsing.folded("Shri") == "shri")
    }

    @Test("takes 512 bytes of any letter")
    func long() {
        #expect(Parsing.folded(String(repeating: "A", count: 512)).utf8.count == 512)
        // The longest growth by a lower case: two bytes become three.
        #expect(Parsing.folded(String(repeating: "Ⱥ", count: 256)).utf8.count == 768)
        #expect(Parsing.folded(String(repeating: "a ", count: 256)).utf8.count == 511)
    }

    @Test(
        "reads a plain name as it reads one that is taken apart",
        arguments: 0..<24 as Range<UInt64>)
    func plain(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Words of every length round eight and sixteen, and such as begin like one that means something.
        let meaning = FoldingWords.all.everyWord
        for _ in 0..<200 {
            var words: [String] = []
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                var word = Bool.random(using: &random) ? meaning.randomElement(using: &random) : nil
                if word == nil || random.next() % 4 == 0 {
                    let letters = (0..<Int.random(in: 1...18, using: &random)).map { _ in
                        UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "z"), using: &random)
                    }
                    word = (word ?? "") + String(decoding: letters, as: UTF8.self)
                }
                words.append(
                    Bool.random(using: &random) ? word?.uppercased() ?? "" : word ?? "")
            }
            let name = words.joined(separator: " ")
            // A full stop parts tokens, says nothing, and is not plain.
            #expect(Parsing.folded(name) == Parsing.folded(name + "."), "seed \(seed): \(name)")
            // Two spaces are not plain either.
            let wide = words.joined(separator: "  ")
            #expect(Parsing.folded(name) == Parsing.folded(wide), "seed \(seed): \(wide)")
        }
    }

    @Test("leaves a folded name as it is", arguments: 0..<48 as Range<UInt64>)
    func idempotent(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let parts = [
            "Ram", "of", "son", "Baby", "S/O", "W/o", "@", "urf", "Mr.", "Dr", "NA", "null", "-",
            " ",
            " ", "'", "’", "É", "ẞ", "\u{212B}", "İ", "र", "\u{94D}", "\u{200D}", "\u{301}", ".",
            "1",
            "K", "\u{1}", "\u{2}", "Ⱥ", "ŉ",
        ]
        for round in 0..<100 {
            var name: [UInt8] = []
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                if round % 4 == 0 {
                    name.append(UInt8.random(in: 0...255, using: &random))
                } else {
                    name += Array((parts.randomElement(using: &random) ?? "").utf8)
                    if Bool.random(using: &random) { name.append(32) }
                }
            }
            let once = Parsing.folded(name)
            #expect(Array(Parsing.folded(once).utf8) == Array(once.utf8), "\(name)")
            // The longest letter grows by half of itself; a mark gets its blanks, a relation its stroke.
            #expect(2 * once.utf8.count <= 3 * name.count + 16, "\(name)")
            #expect(!once.hasPrefix(" ") && !once.hasSuffix(" ") && !once.contains("  "))
        }
    }

    @Test("writes behind what the arena holds and takes back what it does not keep")
    func arena() {
        var arena = TextArena()
        let first = Array("kept".utf8)
        let kept = arena.append(first.span)
        for name in ["", "NA", "S/O", "@", "..."] {
            let raw = Array(name.utf8)
            let range = NameFolding.fold(raw.span, into: &arena)
            let count = arena.count
            #expect(range == .empty)
            #expect(count == 4)
        }
        let raw = Array("Mr. Ram S/O Dasharath".utf8)
        let range = NameFolding.fold(raw.span, into: &arena)
        let folded = Parsing.string(arena.bytes(range))
        let before = Parsing.string(arena.bytes(kept))
        #expect(folded == "ram s/o dasharath")
        #expect(before == "kept")
    }
}
