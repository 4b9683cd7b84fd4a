import TestSupport
import Testing

@testable import Ingest

@Suite("Scanning rows of comma-separated values")
struct CSVRowScannerTests {
    /// All rows of a text, as the scanner gives them when it sees the text in pieces of some size.
    private func rows(_ bytes: [UInt8], pieces: Int) -> (
        rows: [[[UInt8]]], last: CSVRowScanner.Step
    ) {
        var scanner = CSVRowScanner()
        var rows: [[[UInt8]]] = []
        var start = 0
        var end = min(pieces, bytes.count)
        while true {
            let window = Array(bytes[start..<end])
            let span = window.span
            let step = scanner.scan(span, isLast: end == bytes.count)
            switch step {
            case .needsBytes: end = min(end + pieces, bytes.count)
            case .row:
                rows.append(
                    (0..<scanner.fieldCount).map { index in
                        let field = scanner.field(index, in: span)
                        return field.indices.map { field[$0] }
                    })
                start += scanner.byteCount
            case .blank: start += scanner.byteCount
            case .end, .endsInsideQuotes: return (rows, step)
            }
        }
    }

    @Test(
        "what an independent writer wrote is read back, wherever the window is cut",
        arguments: 0..<40 as Range<UInt64>, [1, 7, 1 << 20])
    func roundTrip(seed: UInt64, pieces: Int) {
        var random = SplitMix64(seed: seed)
        let alphabet = ["a", "b", ",", "\"", "\r", "\n", "\r\n", " ", "é", "1"]
        let columns = Int.random(in: 2...4, using: &random)
        let table = PlainTable(
            names: (0..<columns).map { "c\($0)" },
            rows: (0..<Int.random(in: 0...6, using: &random)).map { _ in
                (0..<columns).map { _ in
                    (0..<Int.random(in: 0...5, using: &random)).map { _ in
                        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                    }.joined()
                }
            })
        let newline = Bool.random(using: &random) ? "\n" : "\r\n"
        let text = table.csv(newline: newline, &random)
        let expected = ([table.names] + table.rows).map { $0.map { Array($0.utf8) } }
        #expect(rows(Array(text.utf8), pieces: pieces).rows == expected)
    }

    @Test("a last line without an end counts, and blank lines do not")
    func lastLine() {
        let (found, last) = rows(Array("a,b\n\n\r\n1,".utf8), pieces: 3)
        #expect(found == [["a", "b"], ["1", ""]].map { $0.map { Array($0.utf8) } })
        #expect(last == .end)
    }

    @Test("a quoted nothing alone on a line is a row and not a blank line")
    func quotedNothing() {
        #expect(rows(Array("\"\"\n".utf8), pieces: 9).rows == [[[]]])
    }

    @Test(
        "a row that breaks the rules says how, and the next row is found",
        arguments: [
            ("a\"b,c\n1,2\n", CSVRowScanner.Fault.quoteInsideField),
            ("\"a\"b,c\n1,2\n", .textAfterQuote), ("\"a\" ,c\n1,2\n", .textAfterQuote),
            ("a\rb,c\n1,2\n", .carriageReturn), ("a,\"b\"\"\"c\n1,2\n", .textAfterQuote),
        ])
    func faults(text: String, fault: CSVRowScanner.Fault) {
        let bytes = Array(text.utf8)
        var scanner = CSVRowScanner()
        #expect(scanner.scan(bytes.span, isLast: true) == .row)
        #expect(scanner.fault == fault)
        let rest = Array(bytes[scanner.byteCount...])
        #expect(scanner.scan(rest.span, isLast: true) == .row)
        #expect(scanner.fault == nil)
        #expect(scanner.fieldCount == 2)
    }

    @Test("a sample cut after any byte is read to its end or found to end inside quotes")
    func everyPrefix() {
        let sample = Array("id,\"na\"\"me\"\r\n1,\"a\nb\"\r\n\"2\",x\"y\n\"3\"z,\r\n".utf8)
        for count in 0...sample.count {
            let prefix = Array(sample[..<count])
            let (_, last) = rows(prefix, pieces: 5)
            // Only `2` and `3` stand in quotes that are plain; count those that are open.
            var isOpen = false
            for (index, byte) in prefix.enumerated() where byte == UInt8(ascii: "\"") {
                let isInsideField = index > 0 && sample[index - 1] == UInt8(ascii: "x")
                if !isInsideField { isOpen.toggle() }
            }
            #expect(last == (isOpen ? .endsInsideQuotes : .end), "after \(count) bytes")
        }
    }
}
