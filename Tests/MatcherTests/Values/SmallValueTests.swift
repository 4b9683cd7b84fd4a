internal import Matcher
internal import Testing

@Suite("Gender")
struct GenderTests {
    @Test(
        "is read from codes and from the usual words, in any case",
        arguments: [
            ("M", .male), ("m", .male), (" Male ", .male), ("MALE", .male), ("Man", .male),
            ("boy", .male), ("Purush", .male), ("1", .male),
            ("F", .female), ("female", .female), ("Woman", .female), ("Girl", .female),
            ("MAHILA", .female), ("Stri", .female), ("2", .female),
            ("O", .other), ("Other", .other), ("others", .other), ("3", .other),
            ("T", .transgender), ("Transgender", .transgender), ("TG", .transgender),
            ("U", .notStated), ("D", .notStated), ("Unknown", .notStated),
            ("Undisclosed", .notStated), ("Not Disclosed", .notStated),
            ("Not Specified", .notStated), ("0", .notStated), ("9", .notStated),
            ("", .notStated), ("-", .notStated), ("N/A", .notStated), ("null", .notStated),
        ] as [(String, Gender)])
    func words(text: String, gender: Gender) {
        #expect(Parsing.gender(text) == gender)
    }

    @Test("is refused when it is no such word", arguments: ["X", "MF", "mal", "4", "स्त्री", "m f"])
    func refused(text: String) {
        #expect(Parsing.gender(text) == nil)
    }

    @Test("comes back from its code on the wire", arguments: Gender.allCases)
    func codes(gender: Gender) {
        #expect(Parsing.gender("\(gender.code)") == gender)
    }
}

@Suite("Other identifier")
struct OtherIdentifierTests {
    @Test(
        "is folded: no case, no white space",
        arguments: [
            ("MR 0000-12", "mr0000-12"), (" mr0000-12\t", "mr0000-12"), ("A/B c", "a/bc"),
            ("É-1", "É-1"), ("", ""), ("  ", ""), ("-", ""), ("NA", ""), ("null", ""), ("0", "0"),
        ])
    func folded(text: String, expected: String) {
        #expect(Parsing.other(text) == .success(expected))
    }

    @Test("is refused beyond 128 folded bytes, and the arena is as it was")
    func tooLong() throws {
        #expect(Parsing.other(String(repeating: "a ", count: 128)).map(\.count) == .success(128))
        var arena = TextArena()
        let short = Array("abc".utf8)
        let kept = try OtherIdentifier.fold(short.span, into: &arena)
        let long = [UInt8](repeating: 97, count: 129)
        let refused = try? OtherIdentifier.fold(long.span, into: &arena)
        #expect(refused == nil)
        let count = arena.count
        let text = Parsing.string(arena.bytes(kept))
        #expect(count == 3)
        #expect(text == "abc")
    }
}

@Suite("Stand-ins for nothing")
struct PlaceholderTests {
    @Test(
        "are blanks, dashes and the words for nothing",
        arguments: [
            "", " ", "\t\n", "-", " - ", ".", "--", "NA", "na", "N/A", "Nil", "NULL", "null",
            "None",
        ])
    func areNothing(text: String) {
        #expect(Parsing.isPlaceholder(text))
    }

    @Test(
        "are no other text",
        arguments: ["0", "x", "---", "nan", "nill", "nulls", "no", "a-", "N / A", "Nina"])
    func areSomething(text: String) {
        #expect(!Parsing.isPlaceholder(text))
    }
}

@Suite("Text arena")
struct TextArenaTests {
    @Test("gives back what was added, until it is reset")
    func ranges() {
        var arena = TextArena(capacityBytes: 4)
        let texts = ["", "a", "asha", String(repeating: "z", count: 5000)]
        var ranges: [TextRange] = []
        for text in texts {
            let bytes = Array(text.utf8)
            ranges.append(arena.append(bytes.span))
        }
        for (range, text) in zip(ranges, texts) {
            let kept = Parsing.string(arena.bytes(range))
            #expect(kept == text)
        }
        let total = arena.count
        #expect(total == 5005)
        arena.truncate(to: 1)
        arena.append(UInt8(ascii: "b"))
        let both = Parsing.string(arena.bytes(arena.range(from: 0)))
        #expect(both == "ab")
        arena.reset()
        let after = arena.count
        #expect(after == 0)
    }
}
