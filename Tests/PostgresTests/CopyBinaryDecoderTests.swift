import Postgres
import TestSupport
import Testing

@Suite("CopyBinaryDecoder")
struct CopyBinaryDecoderTests {
    /// All that a decoder made of a stream: equal for one stream however it is cut.
    struct Outcome: Equatable {
        var rows: [CopyFixture.Row] = []
        var error: PostgresError?
    }

    private func decode(_ messages: [[UInt8]], fieldCount: Int) -> Outcome {
        var outcome = Outcome()
        var decoder = CopyBinaryDecoder(fieldCount: fieldCount)
        do throws(PostgresError) {
            for message in messages {
                decoder.receive(message.span)
                while try decoder.next(in: message.span) == .row {
                    var row: CopyFixture.Row = []
                    for index in 0..<fieldCount {
                        if let field = decoder.field(index, in: message.span) {
                            row.append(array(field))
                        } else {
                            row.append(nil)
                        }
                    }
                    outcome.rows.append(row)
                }
            }
            try decoder.finish()
        } catch {
            outcome.error = error
        }
        return outcome
    }

    private func cut(_ bytes: [UInt8], using random: inout SplitMix64, upTo: Int) -> [[UInt8]] {
        var rest = bytes[...]
        var messages: [[UInt8]] = []
        while !rest.isEmpty {
            let count = Int.random(in: 0...upTo, using: &random)
            messages.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return messages
    }

    private func randomRows(using random: inout SplitMix64, fieldCount: Int) -> [CopyFixture.Row] {
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
            (0..<fieldCount).map { _ in
                switch UInt8.random(in: 0..<4, using: &random) {
                case 0: return nil
                case 1: return []
                default:
                    return (0..<Int.random(in: 1...40, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    }
                }
            }
        }
    }

    private static let capturedRows: [CopyFixture.Row] = [
        [Array("Asha".utf8), [0, 0, 0, 42], [0xFF, 0xFF, 0xEE, 0x0F]],
        [nil, [0xFF, 0xFF, 0xFF, 0xFF], nil],
        [[], nil, [0x7F, 0xFF, 0xFF, 0xFF]],
        [Array("नम".utf8), [0, 0, 0, 0], [0xFF, 0xF4, 0x9D, 0x7B]],
    ]

    @Test("reads a captured stream in one message")
    func wholeStream() {
        let outcome = decode([CopyFixture.captured], fieldCount: 3)
        #expect(outcome == Outcome(rows: Self.capturedRows))
    }

    @Test("reads a captured stream cut in three at every two points")
    func everyCut() {
        let bytes = CopyFixture.captured
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let messages = [bytes[..<first], bytes[first..<second], bytes[second...]]
                let outcome = decode(messages.map { Array($0) }, fieldCount: 3)
                if outcome != Outcome(rows: Self.capturedRows) {
                    Issue.record("cut at \(first) and \(second): \(outcome)")
                }
            }
        }
    }

    @Test("reads a captured stream byte by byte")
    func byteByByte() {
        let outcome = decode(CopyFixture.captured.map { [$0] }, fieldCount: 3)
        #expect(outcome == Outcome(rows: Self.capturedRows))
    }

    @Test("reads what the encoder wrote, however it is cut", arguments: 0..<100 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<20 {
            let fieldCount = Int.random(in: 0...5, using: &random)
            let rows = randomRows(using: &random, fieldCount: fieldCount)
            let bytes = CopyFixture.stream(rows)
            let messages = cut(
                bytes, using: &random, upTo: [3, 30, 300].randomElement(using: &random) ?? 3)
            #expect(decode(messages, fieldCount: fieldCount) == Outcome(rows: rows))
        }
    }

    @Test(
        "answers a damaged stream with rows or one clear error, the same however it is cut",
        arguments: 0..<200 as Range<UInt64>)
    func corruption(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let fieldCount = Int.random(in: 0...4, using: &random)
            let rows = randomRows(using: &random, fieldCount: fieldCount)
            var bytes = CopyFixture.stream(rows)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch UInt8.random(in: 0..<4, using: &random) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
                case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default: bytes.removeSubrange(place..<min(bytes.count - 1, place + 3))
                }
            }
            let whole = decode([bytes], fieldCount: fieldCount)
            let split = decode(cut(bytes, using: &random, upTo: 20), fieldCount: fieldCount)
            #expect(whole == split)
            if let error = whole.error {
                guard case .protocolViolation(_, let offset) = error else {
                    Issue.record("not a violation: \(error)")
                    continue
                }
                #expect((0...bytes.count).contains(offset))
            } else {
                // What was accepted says the same when it is written again, but for ignored parts
                // of the header.
                #expect(bytes.suffix(2) == CopyFixture.trailer[...])
                let again = CopyFixture.stream(whole.rows)
                #expect(bytes.suffix(again.count - 19) == again.dropFirst(19))
            }
        }
    }

    @Test("a stream that ends early is truncated, wherever it ends")
    func truncation() {
        for end in 0..<CopyFixture.captured.count {
            let outcome = decode([Array(CopyFixture.captured[..<end])], fieldCount: 3)
            #expect(outcome.error == .protocolViolation(.truncated, offset: end))
        }
    }

    private func violation(_ bytes: [UInt8], fieldCount: Int = 1) -> PostgresError? {
        decode([bytes], fieldCount: fieldCount).error
    }

    @Test("each kind of damage has its name and place")
    func namedViolations() {
        let header = CopyFixture.header
        let row: [UInt8] = [0, 1, 0, 0, 0, 1, 65]
        var bytes = header + row + CopyFixture.trailer
        #expect(violation(bytes) == nil)
        #expect(
            violation(bytes, fieldCount: 2)
                == .protocolViolation(.fieldCount(found: 1, expected: 2), offset: 19))
        #expect(violation(bytes + [0]) == .protocolViolation(.bytesAfterTrailer, offset: 28))
        for place in 0..<11 {
            bytes[place] ^= 1
            #expect(violation(bytes) == .protocolViolation(.signature, offset: 0))
            bytes[place] ^= 1
        }
        bytes[14] = 1  // a flag that may be ignored
        #expect(violation(bytes) == nil)
        bytes[12] = 1  // the flag of object identifiers
        #expect(violation(bytes) == .protocolViolation(.unknownFlags, offset: 11))
        bytes[12] = 0
        bytes[15] = 0x80
        #expect(violation(bytes) == .protocolViolation(.extensionLength, offset: 15))
        for length: [UInt8] in [[0xFF, 0xFF, 0xFF, 0xFE], [0x80, 0, 0, 0], [0x40, 0, 0, 0]] {
            #expect(
                violation(header + [0, 1] + length) == .protocolViolation(.fieldLength, offset: 21))
        }
        #expect(
            violation(header + [0xFF, 0xFE])
                == .protocolViolation(.fieldCount(found: -2, expected: 1), offset: 19))
    }

    @Test("an extension of the header is skipped, also one of two gigabytes that never comes")
    func headerExtension() {
        let row: [UInt8] = [0, 1, 0, 0, 0, 1, 65]
        let short = CopyFixture.header.dropLast() + [5] + Array("12345".utf8) + row
        for end in 0...short.count {
            let messages = [Array(short[..<end]), Array(short[end...]), CopyFixture.trailer]
            #expect(decode(messages, fieldCount: 1) == Outcome(rows: [[[65]]]))
        }
        let long = CopyFixture.header.dropLast(4) + [0x7F, 0xFF, 0xFF, 0xFF]
        let filler = [UInt8](repeating: 0, count: 100)
        #expect(
            decode([Array(long), filler, filler], fieldCount: 1).error
                == .protocolViolation(.truncated, offset: 219))
    }

    @Test("a row that lies in one message is lent from the message")
    func lentWithoutCopy() throws {
        let message = CopyFixture.stream([[Array("Asha".utf8)], [Array("Ravi".utf8)]])
        var decoder = CopyBinaryDecoder(fieldCount: 1)
        decoder.receive(message.span)
        var offsets: [Int?] = []
        while try decoder.next(in: message.span) == .row {
            guard let field = decoder.field(0, in: message.span) else { continue }
            offsets.append(message.span.indices(of: field)?.lowerBound)
        }
        #expect(offsets == [25, 35])
    }
}
