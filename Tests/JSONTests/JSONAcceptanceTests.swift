internal import Glibc
internal import JSON
internal import Testing

@Suite("The JSON grammar")
struct JSONAcceptanceTests {
    /// Every kind of token, nested, and ending in a brace so that no shorter text is a document.
    private static let sample = Array(
        #"""
         {"patient": {"id": "asha@sbx", "name": "Asha \"A\" \u0915\ud83d\ude00", "yearOfBirth": 1985,
         "scores": [0.5, -1e-3, 18446744073709551615], "flags": [true, false, null], "more": {}}}
        """#.utf8)

    @Test("accepts the sample as a whole")
    func whole() {
        #expect(rejection(of: Self.sample) == nil)
    }

    @Test("rejects the sample cut at any byte")
    func truncated() {
        for length in 0..<Self.sample.count {
            #expect(rejection(of: Array(Self.sample[..<length])) != nil, "length=\(length)")
        }
    }

    @Test("never traps on the sample with one byte changed")
    func oneByteChanged() {
        var document = JSONDocument()
        var accepted = 0
        for offset in Self.sample.indices {
            for byte in [0x00, 0x22, 0x2C, 0x5B, 0x5C, 0x5D, 0x7D, 0x80, 0xFF] as [UInt8] {
                var bytes = Self.sample
                bytes[offset] = byte
                guard (try? document.parse(bytes.span)) != nil else { continue }
                accepted += 1
                _ = JSONSample(document.root, in: document)
            }
        }
        #expect(accepted > 0)
    }

    @Test(
        "rejects what is not one document",
        arguments: [
            "", " ", "\n\t ", "{}x", "{} {}", "1 2", "[1,]", "{\"a\" 1}", "{\"a\":}", "{1:2}",
            "[1}",
            "tru", "nullx", "True", "NaN", "Infinity", "'a'", "\u{FEFF}{}", "\"a\u{1}\"", "\"\n\"",
            "\"", "\"\\\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"", "[1] // one", "01", "+1", "-",
            "1.",
            ".5", "1e", "0x1", "}", ",",
        ])
    func malformed(text: String) {
        #expect(rejection(of: Array(text.utf8)) != nil)
    }

    @Test(
        "rejects bytes that are not UTF-8",
        arguments: [
            [0xFF], [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func invalidEncoding(bytes: [UInt8]) {
        #expect(rejection(of: [0x22] + bytes + [0x22]) != nil)
    }

    @Test(
        "rejects surrogates without their other half",
        arguments: [
            #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\u0041""#, #""\ud800\ud800""#,
            #""\ud800\ue000""#, #""\ud83d\ude00\udc00""#,
        ])
    func loneSurrogate(text: String) {
        #expect(rejection(of: Array(text.utf8)) != nil)
    }

    @Test("accepts 1024 levels and rejects more, saying so", arguments: [1000, 1024, 1025, 2000])
    func depth(levels: Int) throws {
        let text = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        guard levels <= 1024 else {
            let reason = try #require(rejection(of: Array(text.utf8)))
            #expect(reason.contains("too deep"))
            return
        }
        let document = try parsed(text)
        var node = document.root
        var depth = 1
        while true {
            var elements = document.elements(of: node)
            guard let inner = elements.next(in: document) else { break }
            node = inner
            depth += 1
        }
        #expect(depth == levels)
    }

    @Test("rejects a text of four gigabytes without reading it")
    func capacity() {
        let length = 1 << 32
        let memory = unsafe mmap(
            nil, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard unsafe memory != MAP_FAILED, let start = unsafe memory else {
            Issue.record("no address space for the text")
            return
        }
        defer { unsafe munmap(start, length) }
        let text = unsafe Span<UInt8>(
            _unsafeBytes: UnsafeRawBufferPointer(start: start, count: length))
        var document = JSONDocument()
        var reason: String?
        do { try document.parse(text) } catch { reason = error.reason }
        #expect(reason?.contains("big") == true)
    }

    @Test("gives reasons that repeat nothing of the text")
    func reasonsAreConstant() {
        let reason = rejection(of: Array(#"{"name": "Asha Example" "x"}"#.utf8))
        #expect(reason != nil && reason == rejection(of: Array(#"{"a": "b" "c"}"#.utf8)))
    }
}
