@testable import MatchServer
internal import TestSupport
import Testing

@Suite("Comparing with a fixed text")
struct StaticStringTests {
    /// Header names as the server compares them, of every length round the four bytes of a step.
    private static let texts: [StaticString] = [
        "", "a", "z-", "id/", "host", "utf-8", "expect", "chunked", "x-hip-id", "identity!",
        "request-id", "content-type", "transfer-encoding", "application/x-ndjson",
    ]

    private func quickly(_ text: StaticString, _ other: [UInt8]) -> Bool {
        text.equalsIgnoringCase(other.span)
    }

    /// Letter by letter, as one would write it without care for time.
    private func slowly(_ text: StaticString, _ other: [UInt8]) -> Bool {
        text.description.utf8.elementsEqual(
            other.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 + 32 : $0 })
    }

    @Test("without regard to case is right for every byte in every place")
    func everyByte() {
        for text in Self.texts {
            let bytes = Array(text.description.utf8)
            #expect(quickly(text, bytes))
            for place in bytes.indices {
                for byte in UInt8.min...UInt8.max {
                    var other = bytes
                    other[place] = byte
                    #expect(
                        quickly(text, other) == slowly(text, other),
                        "\(text), byte \(byte) at \(place)")
                }
            }
        }
    }

    @Test("without regard to case is right for other lengths and for any case", arguments: [1, 2])
    func lengths(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for text in Self.texts {
            for other in Self.texts where other.description != text.description {
                let bytes = Array(other.description.utf8)
                #expect(!quickly(text, bytes))
            }
            for _ in 0..<50 {
                let bytes = text.description.utf8.map { byte in
                    byte >= UInt8(ascii: "a") && random.next() % 2 == 0 ? byte ^ 0x20 : byte
                }
                #expect(quickly(text, bytes) == slowly(text, bytes))
            }
        }
    }
}
