internal import JSON
internal import TestSupport
internal import Testing

@Suite("The JSON writer")
struct JSONWriterTests {
    @Test("puts commas and colons where they are due")
    func commas() {
        let text = written { writer in
            writer.beginObject()
            writer.key("empty")
            writer.beginArray()
            writer.endArray()
            writer.key("list")
            writer.beginArray()
            writer.integer(1)
            writer.beginObject()
            writer.endObject()
            writer.null()
            writer.beginArray()
            writer.boolean(true)
            writer.boolean(false)
            writer.endArray()
            writer.string("ours")
            writer.endArray()
            writer.key("score")
            writer.decimal(0.25, decimals: 3)
            writer.endObject()
        }
        #expect(
            text == #"{"empty":[],"list":[1,{},null,[true,false],"ours"],"score":0.25}"#)
    }

    @Test("writes a member at once as its name and its string one after the other")
    func members() {
        for text in ["", "a", "kiran ma", "é\"\\\n", String(repeating: "x", count: 2000)] {
            let bytes = Array(text.utf8)
            let apart = written { writer in
                writer.beginObject()
                for _ in 0..<2 {
                    writer.key("display")
                    writer.string(bytes.span)
                }
                writer.endObject()
            }
            let together = written { writer in
                writer.beginObject()
                for _ in 0..<2 { writer.member("display", bytes.span) }
                writer.endObject()
            }
            #expect(together == apart)
        }
    }

    @Test("writes a string of a document as its bytes, with escapes and without")
    func stringsOfDocuments() throws {
        let texts = [
            "", "a", "é 😀", String(repeating: "x", count: 15), String(repeating: "म", count: 700),
            "\"", "a\\\n\u{1}",
        ]
        for text in texts {
            let document = try parsed("[" + quoted(text) + "]")
            var elements = document.elements(of: document.root)
            guard let node = elements.next(in: document) else {
                Issue.record("no string")
                continue
            }
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("name", node, of: document)
            writer.member("display", node, of: document)
            writer.member("text", text)
            writer.member("nothing", nil as String?)
            writer.endObject()
            let expected = quoted(text)
            #expect(
                String(decoding: writer.take(), as: UTF8.self)
                    == #"{"name":\#(expected),"display":\#(expected),"text":\#(expected),"#
                    + #""nothing":null}"#)
        }
    }

    @Test("writes an object of two strings at once as its parts one after the other")
    func objectsOfTwoStrings() {
        let texts = ["", "a", "kiran ma", "é\"\\\n", String(repeating: "x", count: 2000)]
        for first in texts {
            for second in texts {
                let apart = written { writer in
                    writer.beginArray()
                    for _ in 0..<2 {
                        writer.beginObject()
                        writer.key("referenceNumber")
                        writer.string(first)
                        writer.key("display")
                        writer.string(second)
                        writer.endObject()
                    }
                    writer.endArray()
                }
                let together = written { writer in
                    writer.beginArray()
                    for _ in 0..<2 {
                        writer.object(
                            "referenceNumber", first.utf8.span, "display", second.utf8.span)
                    }
                    writer.endArray()
                }
                #expect(together == apart)
            }
        }
    }

    @Test("writes a member that was written before as if it were written now")
    func writtenMembers() {
        let list = Array(#"[1,{"a":null}]"#.utf8)
        let text = written { writer in
            writer.beginObject()
            for _ in 0..<2 { writer.member("list", json: list.span) }
            writer.key("last")
            writer.integer(2)
            writer.endObject()
        }
        #expect(text == #"{"list":[1,{"a":null}],"list":[1,{"a":null}],"last":2}"#)
    }

    @Test("writes integers of each length as their description")
    func integers() {
        var random = SplitMix64(seed: 3)
        for digits in 1...18 {
            var power = 1
            for _ in 1..<digits { power *= 10 }
            let random = (0..<200).map { _ in power + Int(random.next() % UInt64(9 * power)) }
            for value in random + [power, power - 1, power * 10 - 1] {
                let actual = written { $0.integer(value) }
                #expect(actual == value.description)
            }
        }
    }

    @Test("escapes each of the first 128 characters at each place of a word")
    func escapesEverywhere() {
        for code in 0..<128 as Range<UInt8> {
            for place in 0..<17 {
                let text =
                    String(repeating: "x", count: place) + String(Unicode.Scalar(code))
                    + String(repeating: "é", count: 17 - place)
                let actual = written { $0.string(text) }
                #expect(actual == quoted(text), "code=\(code) place=\(place)")
            }
        }
    }

    @Test("escapes at each place of a text of each length", arguments: ["\"", "\\", "\n", "\0"])
    func escapesInAllLengths(escaped: String) {
        for length in 0..<40 {
            let plain = String(repeating: "x", count: length)
            let unchanged = written { $0.string(plain) }
            #expect(unchanged == quoted(plain))
            for place in 0...length {
                let text = String(plain.prefix(place)) + escaped + plain.dropFirst(place)
                let actual = written { $0.string(text) }
                #expect(actual == quoted(text), "length=\(length) place=\(place)")
            }
        }
    }

    @Test("escapes names, and our own texts")
    func escapesNames() {
        let text = written { writer in
            writer.beginObject()
            writer.key("a\"b".utf8.span)
            writer.string("c\\d")
            writer.endObject()
        }
        #expect(text == #"{"a\"b":"c\\d"}"#)
    }

    @Test("repairs bytes as the standard library does", arguments: 0..<64 as Range<UInt64>)
    func repairs(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Bytes at the edges of the ranges of UTF-8, so that whole and broken characters are common.
        let alphabet: [UInt8] = [
            0x00, 0x22, 0x41, 0x5C, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2,
            0xDF,
            0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
        ]
        for _ in 0..<200 {
            let length = Int.random(in: 0...12, using: &random)
            let bytes = (0..<length).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let actual = written { $0.string(repairing: bytes.span) }
            #expect(actual == quoted(String(decoding: bytes, as: UTF8.self)), "bytes=\(bytes)")
        }
    }

    @Test("writes one document after another")
    func documents() {
        var writer = JSONWriter()
        var isComplete = [writer.isComplete]
        writer.beginObject()
        isComplete.append(writer.isComplete)
        writer.endObject()
        isComplete.append(writer.isComplete)
        writer.raw("\n")
        writer.integer(2)
        writer.raw("\n")
        #expect(isComplete == [false, false, true])
        let first = writer.take()
        #expect(first == Array("{}\n2\n".utf8))
        writer.null()
        writer.reset()
        writer.integer(3)
        let second = writer.take()
        #expect(second == Array("3".utf8))
        let left = writer.bytes.count
        #expect(left == 0)
    }

    @Test("nests 63 deep")
    func nesting() {
        let text = written { writer in
            for level in 0..<63 {
                if level > 0 { writer.key("k") }
                writer.beginObject()
            }
            for _ in 0..<63 { writer.endObject() }
        }
        let expected =
            String(repeating: #"{"k":"#, count: 62) + "{" + String(repeating: "}", count: 63)
        #expect(text == expected)
    }
}

@Suite("A mistake in the use of the JSON writer traps")
struct JSONWriterMisuseTests {
    @Test("a value without its key")
    func valueWithoutKey() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.integer(1)
        }
    }

    @Test("a key outside of an object")
    func keyInArray() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginArray()
            writer.key("a")
        }
    }

    @Test("a key without its value")
    func keyWithoutValue() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("a")
            writer.endObject()
        }
    }

    @Test("a brace that does not match")
    func mismatch() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginArray()
            writer.endObject()
        }
    }

    @Test("a second document without a separator")
    func secondDocument() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.integer(1)
            writer.integer(2)
        }
    }

    @Test("raw bytes inside of a document")
    func rawInside() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginArray()
            writer.raw("\n")
        }
    }

    @Test("nesting deeper than 63")
    func tooDeep() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            for _ in 0..<64 { writer.beginArray() }
        }
    }
}
