internal import Ingest

/// Scans arbitrary bytes as comma-separated values, whole and cut, and compares.
///
/// Input: byte 0 is the size of the pieces in which the text comes the second time; the text follows.
@c(LLVMFuzzerTestOneInput)
public func scanWholeAndCut(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard let first = input.first else { return 0 }
    let text = Array(input[1...])
    let whole = scan(text, pieceBytes: text.count + 1)
    let cut = scan(text, pieceBytes: Int(first) + 1)
    precondition(whole == cut, "the rows depend on where the window was cut")
    precondition(whole.bytes == text.count || whole.last == .endsInsideQuotes)
    let lineFeeds = text.count { $0 == UInt8(ascii: "\n") }
    if whole.last == .end {
        let isOpenLine = text.last.map { $0 != UInt8(ascii: "\n") } ?? false
        precondition(whole.lines == lineFeeds + (isOpenLine ? 1 : 0), "a line was lost")
    }
    return 0
}

/// What a text was read as.
private struct Reading: Equatable {
    var rows: [[[UInt8]]] = []
    var faults: [CSVRowScanner.Fault?] = []
    var last = CSVRowScanner.Step.end
    var bytes = 0
    var lines = 0
}

private func scan(_ text: [UInt8], pieceBytes: Int) -> Reading {
    var reading = Reading()
    var scanner = CSVRowScanner()
    var end = min(pieceBytes, text.count)
    while true {
        let window = Array(text[reading.bytes..<end])
        let span = window.span
        let step = scanner.scan(span, isLast: end == text.count)
        switch step {
        case .needsBytes:
            precondition(end < text.count, "more was asked for than there is")
            end = min(end + pieceBytes, text.count)
            continue
        case .end, .endsInsideQuotes:
            reading.last = step
            return reading
        case .row:
            reading.rows.append(
                (0..<scanner.fieldCount).map { index in
                    let field = scanner.field(index, in: span)
                    return field.indices.map { field[$0] }
                })
            reading.faults.append(scanner.fault)
        case .blank: break
        }
        precondition(scanner.byteCount > 0, "no progress")
        reading.bytes += scanner.byteCount
        reading.lines += scanner.lineCount
    }
}
