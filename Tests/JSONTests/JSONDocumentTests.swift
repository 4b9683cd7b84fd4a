internal import JSON
internal import Testing

@Suite("A parsed JSON document")
struct JSONDocumentTests {
    @Test(
        "tells the kind of each value",
        arguments: [
            ("{}", JSONKind.object), ("[]", .array), ("\"\"", .string), ("7", .integer),
            ("18446744073709551615", .integer), ("7.0", .double), ("7e0", .double),
            ("true", .boolean), ("false", .boolean), ("null", .null),
        ])
    func kinds(text: String, kind: JSONKind) throws {
        let document = try parsed(text)
        let actual = document.kind(of: document.root)
        #expect(actual == kind)
        let kinds: [JSONKind] = [.object, .array, .string, .integer, .double, .boolean, .null]
        for other in kinds {
            let isOther = document.node(document.root, is: other)
            #expect(isOther == (other == kind))
        }
    }

    @Test("shows duplicate names in their order, and finds the first")
    func duplicates() throws {
        let document = try parsed(#"{"a":1,"b":2,"a":3}"#)
        var members = document.members(of: document.root)
        var seen: [String] = []
        while let member = members.next(in: document) {
            let value = document.integer(of: member.value)
            seen.append("\(document.text(of: member.name))=\(value ?? -1)")
        }
        #expect(seen == ["a=1", "b=2", "a=3"])
        let first = document.member("a", of: document.root).flatMap { document.integer(of: $0) }
        #expect(first == 1)
        let isAfterEnd = members.next(in: document) == nil
        #expect(isAfterEnd)
    }

    @Test("takes members in their order, and stays where one has another name")
    func takenMembers() throws {
        for lead in ["", #""escape":"\n","#] {
            let document = try parsed(
                "{" + lead + #""a":"x","b":{"c":1},"":[2],"d":1.5,"value":7,"value":8}"#)
            var members = document.members(of: document.root)
            func take(_ name: StaticString) -> JSONNode? { members.take(name, in: document) }
            let first = lead.isEmpty ? nil : take("escape")
            #expect((first != nil) == !lead.isEmpty)
            let a = take("a")
            let isX = a.map { document.string($0, equals: "x") }
            #expect(isX == true)
            for other: StaticString in ["a", "", "c", "bb", "value"] {
                let isNext = take(other) != nil
                #expect(!isNext)
            }
            let b = take("b").map { document.kind(of: $0) }
            #expect(b == .object)
            let list = take("").map { document.kind(of: $0) }
            #expect(list == .array)
            let d = take("d").flatMap { document.double(of: $0) }
            #expect(d == 1.5)
            let seven = take("value").flatMap { document.integer(of: $0) }
            #expect(seven == 7)
            let eight = members.next(in: document).flatMap { document.integer(of: $0.value) }
            #expect(eight == 8)
            let end = take("value") == nil
            #expect(end)
        }
    }

    @Test(
        "takes names that stand at the very end of the memory of strings",
        arguments: [40, 4096, 4097, 8192, 12_345])
    func namesAtTheEnd(length: Int) throws {
        // Nothing takes more of that memory than empty strings: five bytes for three of text.
        let strings = (length - 20) / 3
        var text = #"{"a":["#
        text += [String](repeating: #""""#, count: strings).joined(separator: ",")
        text += #"],"z":""}"#
        text += String(repeating: " ", count: max(0, length - text.utf8.count))
        let document = try parsed(text)
        var members = document.members(of: document.root)
        let list = members.take("a", in: document)
        let last = members.take("z", in: document)
        #expect(text.utf8.count == length)
        #expect(list != nil)
        #expect(last != nil)
    }

    @Test("lends the bytes of strings, and of nothing else")
    func bytesOfStrings() throws {
        let document = try parsed(#"["a\u00e9","b",1,1.5,true,null,{},[]]"#)
        var elements = document.elements(of: document.root)
        var lent: [String?] = []
        while let element = elements.next(in: document) {
            if let bytes = document.bytesIfString(element) {
                lent.append(
                    unsafe bytes.withUnsafeBufferPointer {
                        unsafe String(decoding: $0, as: UTF8.self)
                    })
            } else {
                lent.append(nil)
            }
        }
        #expect(lent == ["aé", "b"] + [String?](repeating: nil, count: 6))
    }

    @Test("skips what is nested, and finds names of every length")
    func skipping() throws {
        let document = try parsed(
            #"{"deep":{"x":[1,[2,{"wanted":0}],2.5]},"":1,"abcdefg":2,"abcdefgh":3,"abcdefghi":4,"#
                + #""abcdefghijklmnop":5,"abcdefghijklmnopq":6,"wanted":7,"\u0061\u0000":8}"#)
        let root = document.root
        func value(_ name: StaticString) -> Int64? {
            document.member(name, of: root).flatMap { document.integer(of: $0) }
        }
        #expect(value("") == 1)
        #expect(value("abcdefg") == 2)
        #expect(value("abcdefgh") == 3)
        #expect(value("abcdefghi") == 4)
        #expect(value("abcdefghijklmnop") == 5)
        #expect(value("abcdefghijklmnopq") == 6)
        #expect(value("wanted") == 7)
        #expect(value("a\0") == 8)
        #expect(value("a") == nil)
        #expect(value("abcdefghijklmnoq") == nil)
        #expect(value("xbcdefghijklmnop") == nil)
        let isDeep = document.member("deep", of: root).map { document.kind(of: $0) == .object }
        #expect(isDeep == true)
    }

    @Test(
        "tells whether the last document has an escape",
        arguments: [
            (#"{"a":"b"}"#, false), (#"{"a":"\u0000"}"#, true), (#"{"\n":1}"#, true),
            (#"["a/b"]"#, false), (#"["\\"]"#, true),
        ])
    func hasEscapes(text: String, expected: Bool) throws {
        var document = try parsed(#"["\n"]"#)
        let bytes = Array(text.utf8)
        try document.parse(bytes.span)
        let actual = document.hasEscapes
        #expect(actual == expected)
    }

    @Test("lends unescaped bytes, zeros and astral characters included")
    func escapes() throws {
        let document = try parsed(#""\u0000\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\uFFFF""#)
        let text = document.text(of: document.root)
        #expect(text == "\0\"\\/\u{8}\u{C}\n\r\té😀\u{FFFF}")
        let count = document.bytes(of: document.root).count
        #expect(count == text.utf8.count)
        let isEqual = document.string(document.root, equals: "\0\"\\/\u{8}\u{C}\n\r\té😀\u{FFFF}")
        #expect(isEqual)
        let isShorter = document.string(document.root, equals: "\0\"\\/\u{8}\u{C}\n\r\té😀")
        #expect(!isShorter)
    }

    @Test("compares a string with literals of each length, whatever byte differs")
    func literals() throws {
        let literals: [StaticString] = [
            "", "a", "ab", "abc", "abcd", "abcde", "abcdefg", "abcdefgh", "abcdefghi",
            "abcdefghijklmnop", "abcdefghijklmnopq", "abcdefghijklmnopqrstuvwxy",
        ]
        for literal in literals {
            let bytes = Array("\(literal)".utf8)
            for other in literals {
                let isEqual = bytes.span.equals(other)
                #expect(isEqual == ("\(literal)" == "\(other)"))
            }
            for index in bytes.indices {
                var changed = bytes
                changed[index] ^= 1
                let isEqual = changed.span.equals(literal)
                #expect(!isEqual)
            }
        }
    }

    @Test("answers nil when a scalar of another kind is asked for")
    func otherKinds() throws {
        let document = try parsed(#"["1",1,true,null,{}]"#)
        var elements = document.elements(of: document.root)
        while let element = elements.next(in: document) {
            let isNumber = document.kind(of: element) == .integer
            let isBoolean = document.kind(of: element) == .boolean
            let answers = [
                document.integer(of: element) != nil, document.double(of: element) != nil,
                document.boolean(of: element) != nil,
            ]
            #expect(answers == [isNumber, isNumber, isBoolean])
        }
    }

    @Test("is replaced by the next one, also after a failure")
    func reuse() throws {
        var document = JSONDocument()
        try document.parse(Array("[1,2,3]".utf8).span)
        var didThrow = false
        do { try document.parse(Array("[1,2".utf8).span) } catch { didThrow = true }
        #expect(didThrow)
        try document.parse(Array("\"x\"".utf8).span)
        let text = document.text(of: document.root)
        #expect(text == "x")
    }
}

@Suite("A mistake in the use of a JSON document traps")
struct JSONDocumentMisuseTests {
    @Test("the root before any parse")
    func neverParsed() async {
        await #expect(processExitsWith: .failure) {
            let document = JSONDocument()
            _ = document.root
        }
    }

    @Test("the root after a failed parse")
    func failedParse() async {
        await #expect(processExitsWith: .failure) {
            var document = try parsed("[1]")
            do { try document.parse(Array("[".utf8).span) } catch {}
            _ = document.root
        }
    }

    @Test("a node of an earlier parse")
    func staleNode() async {
        await #expect(processExitsWith: .failure) {
            var document = try parsed("[1]")
            let node = document.root
            try document.parse(Array("[1]".utf8).span)
            _ = document.kind(of: node)
        }
    }

    @Test("a node of another document")
    func strangeNode() async {
        await #expect(processExitsWith: .failure) {
            let one = try parsed("[1]")
            let other = try parsed("[1]")
            _ = one.kind(of: other.root)
        }
    }

    @Test("a cursor of an earlier parse")
    func staleCursor() async {
        await #expect(processExitsWith: .failure) {
            var document = try parsed("[1,2]")
            var elements = document.elements(of: document.root)
            try document.parse(Array("1".utf8).span)
            _ = elements.next(in: document)
        }
    }

    @Test("the bytes of a number")
    func bytesOfNumber() async {
        await #expect(processExitsWith: .failure) {
            let document = try parsed("1")
            _ = document.bytes(of: document.root).count
        }
    }

    @Test("the members of an array")
    func membersOfArray() async {
        await #expect(processExitsWith: .failure) {
            let document = try parsed("[]")
            _ = document.members(of: document.root)
        }
    }

    @Test("the elements of an object")
    func elementsOfObject() async {
        await #expect(processExitsWith: .failure) {
            let document = try parsed("{}")
            _ = document.elements(of: document.root)
        }
    }

    @Test("a member of a string")
    func memberOfString() async {
        await #expect(processExitsWith: .failure) {
            let document = try parsed("\"\"")
            _ = document.member("a", of: document.root)
        }
    }
}
