internal import Postgres

/// Decodes arbitrary bytes as a binary COPY, in one message and in many, and compares.
///
/// Input: byte 0 is the count of fields in a row, byte 1 the size of the messages the second time; the
/// stream follows. Each field is also read as every type that is decoded.
@c(LLVMFuzzerTestOneInput)
public func decodeWholeAndCut(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard input.count >= 2 else { return 0 }
    let stream = Array(input[2...])
    let fieldCount = Int(input[0] % 8)
    let whole = decode(stream, fieldCount, messageBytes: stream.count + 1)
    let cut = decode(stream, fieldCount, messageBytes: Int(input[1]) + 1)
    precondition(whole.rows == cut.rows, "the rows depend on where the messages were cut")
    precondition(whole.isSound == cut.isSound, "so does whether they are sound")
    for field in whole.rows.joined() {
        guard let field else { continue }
        for type in PostgresColumnType.allCases {
            var text: [UInt8] = []
            let isThere = (try? type.appendText(of: field.span, to: &text)) ?? false
            precondition(isThere || text.isEmpty, "a text was left behind")
        }
    }
    return 0
}

/// What a stream was read as.
private struct Reading {
    var rows: [[[UInt8]?]] = []
    var isSound = false
}

private func decode(_ stream: [UInt8], _ fieldCount: Int, messageBytes: Int) -> Reading {
    var reading = Reading()
    var decoder = CopyBinaryDecoder(fieldCount: fieldCount)
    var sent = 0
    do throws(PostgresError) {
        while sent < stream.count {
            let end = min(sent + messageBytes, stream.count)
            let message = Array(stream[sent..<end])
            let span = message.span
            sent = end
            decoder.receive(span)
            while try decoder.next(in: span) == .row {
                reading.rows.append(
                    (0..<fieldCount).map { index in
                        guard let field = decoder.field(index, in: span) else { return nil }
                        return field.indices.map { field[$0] }
                    })
            }
        }
        try decoder.finish()
        reading.isSound = true
    } catch {
        reading.isSound = false
    }
    return reading
}
