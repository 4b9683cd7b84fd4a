internal import JSON
internal import TestSupport
internal import Testing

/// A text without escapes gets its tape in another way than one with them: the second is the first one's twin.
@Suite("A JSON text without escapes")
struct JSONTapeTests {
    @Test(
        "says the same, or is refused for the same reason, as with an escape behind it",
        arguments: [
            "{}", "[]", " { } ", "[ [ ] , { } ]", "7", "\"\"", "true", #"{"a":"b"}"#,
            #" { "a" : "b" , "c" : [ "d" ] } "#, "{\"a\"\t:\r\n\"b\"\n}", #"["",""]"#,
            #"["é","म😀"]"#,
            "[0,1,42,123456789012345678,1234567890123456789,9223372036854775807]",
            "[9223372036854775808,18446744073709551615,18446744073709551616]", "[-1,-0,0.5,1e3]",
            "[01]", "[00]", "[0x1]", "[1a]", "[1\u{B}]", "[1\"a\"]", "[1.]", "[-]", "[+1]", "[1 2]",
            "[true,false,null]", "[tru]", "[truex]", "[true\"a\"]", "[nul]", "[falsee]", "[nulll]",
            "[true ,\tfalse\n]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,}"#, #"{"a" "b"}"#,
            #"{"a":"b""c":"d"}"#, #"{"a":"b":"c"}"#, #"{1:2}"#, #"{a:2}"#, "[1,]", "[,]", "[1}",
            "{]",
            #"["a"b]"#, #"["a" b]"#, #"["a"1]"#, #"[b"a"]"#, "{}}", "[]]", "{} {}", "{},", "[", "{",
            "",
            "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "[\"a\u{1}\"]", "[\"a\n\"]",
            #"{"":{"":[{"":""}]}}"#, #"{"a":{"b":1},"c":[[2],{"d":[]}],"e":null}"#,
        ])
    func examples(text: String) {
        let (plain, twin) = Self.bothWays(Array(text.utf8))
        #expect(plain == twin)
    }

    @Test(
        "agrees with its twin at every depth", arguments: [1, 62, 63, 64, 65, 66, 1023, 1024, 1025])
    func depth(levels: Int) {
        let arrays = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        let objects =
            String(repeating: #"{"a":"#, count: levels) + "1"
            + String(repeating: "}", count: levels)
        for text in [arrays, objects] {
            let (plain, twin) = Self.bothWays(Array(text.utf8))
            #expect(plain == twin)
        }
    }

    @Test("agrees with its twin whatever is changed in it", arguments: [1, 2, 3] as [UInt64])
    func changed(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let bytes =
            Array(#"{}[]:,""  0123456789.e-+truefalsn"#.utf8) + [0x0A, 0x00, 0x80, 0xC3, 0xA9]
        var refused = 0
        for round in 0..<4000 {
            var text = Array(Self.plainSample(using: &random).utf8)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let place = Int.random(in: 0...text.count, using: &random)
                let byte = bytes[Int.random(in: 0..<bytes.count, using: &random)]
                if place == text.count || Bool.random(using: &random) {
                    text.insert(byte, at: place)
                } else {
                    text[place] = byte
                }
            }
            let (plain, twin) = Self.bothWays(text)
            #expect(plain == twin, "round \(round)")
            if plain.reason != nil { refused += 1 }
        }
        #expect(refused > 400 && refused < 3600)
    }

    /// What became of a text: its outline, or why it was refused.
    struct Reading: Equatable {
        var outline: String?
        var reason: String?
    }

    /// Reads a text as the first of two elements: the second one has an escape, or is as long without one.
    private static func bothWays(_ text: [UInt8]) -> (plain: Reading, twin: Reading) {
        (
            reading([0x5B] + text + Array(#","nn"]"#.utf8)),
            reading([0x5B] + text + Array(#","\n"]"#.utf8))
        )
    }

    private static func reading(_ bytes: [UInt8]) -> Reading {
        do {
            let document = try parsed(bytes)
            var elements = document.elements(of: document.root)
            var outlines: [String] = []
            while let element = elements.next(in: document) {
                outlines.append(outline(of: element, in: document))
            }
            // The last one is where the twins differ.
            return Reading(outline: outlines.dropLast().joined(separator: "\n"))
        } catch {
            return Reading(reason: error.reason)
        }
    }

    /// Everything that can be asked of a value.
    private static func outline(of node: JSONNode, in document: borrowing JSONDocument) -> String {
        let kind = document.kind(of: node)
        switch kind {
        case .object:
            var text = "{"
            var members = document.members(of: node)
            while let member = members.next(in: document) {
                text += document.text(of: member.name) + "\u{1}"
                text += outline(of: member.value, in: document) + "\u{2}"
            }
            return text + "}"
        case .array:
            var text = "["
            var elements = document.elements(of: node)
            while let element = elements.next(in: document) {
                text += outline(of: element, in: document) + "\u{2}"
            }
            return text + "]"
        case .string: return "\u{3}" + document.text(of: node)
        case .integer, .double, .boolean, .null:
            let integer = document.integer(of: node).map { "\($0)" } ?? "none"
            let double = document.double(of: node).map { "\($0.bitPattern)" } ?? "none"
            let boolean = document.boolean(of: node).map { "\($0)" } ?? "none"
            return "\(kind) \(integer) \(double) \(boolean)"
        }
    }

    /// A random text of a container whose strings need no escapes.
    private static func plainSample(using random: inout SplitMix64) -> String {
        while true {
            let sample = JSONSample.random(depth: 3, using: &random)
            let text = sample.text
            switch sample {
            case .object, .array: if !text.contains("\\") { return text }
            default: break
            }
        }
    }
}
