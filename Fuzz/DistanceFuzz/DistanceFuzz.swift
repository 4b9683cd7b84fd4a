internal import Oracles
internal import TextDistance

/// Compares every public form of the bounded distance with the textbook table.
///
/// Input: byte 0 is the limit (over 200: no limit), byte 1 says which bits of a string's bytes
/// count, so that equal letters are frequent, byte 2 how many bytes belong to the first string;
/// the strings follow.
@c(LLVMFuzzerTestOneInput)
public func compareWithTable(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard input.count >= 3 else { return 0 }
    let limit = input[0] > 200 ? Int.max : Int(input[0])
    let strings = input[3...].map { $0 & input[1] }
    let cut = min(Int(input[2]), strings.count)
    let a = Array(strings[..<cut])
    let b = Array(strings[cut...])

    let expected = oracleBoundedDistance(a, b, limit: limit)
    check(boundedDistance(a.span, b.span, limit: limit), expected, "one-off")
    check(boundedDistance(b.span, a.span, limit: limit), expected, "one-off, exchanged")

    // The slot has held the other string before: nothing of it may remain.
    var patterns = PreparedPatterns(slots: 1)
    patterns.prepare(b.span, slot: 0)
    check(patterns.distance(slot: 0, to: a.span, limit: limit), expected, "prepared, exchanged")
    patterns.prepare(a.span, slot: 0)
    check(patterns.distance(slot: 0, to: b.span, limit: limit), expected, "prepared")
    return 0
}

private func check(_ actual: Int?, _ expected: Int?, _ form: String) {
    precondition(
        actual == expected,
        "\(form): \(actual.map(String.init) ?? "nil"), the table says \(expected.map(String.init) ?? "nil")"
    )
}
