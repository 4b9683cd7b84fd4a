internal import Oracles
internal import TextDistance

/// Compares every path over blocks that this machine can run with the textbook table, and the bound of the
/// signatures too.
///
/// Input: byte 0 is the limit (over 200: no limit), byte 1 how many letters there are (over 127: all bytes),
/// bytes 2 and 3 the lengths to which pattern and names are drawn out, byte 4 how long the pattern is before;
/// the pattern follows, then the names, a line feed between two.
@c(LLVMFuzzerTestOneInput)
public func compareBlocksWithTable(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard input.count >= 5, input.count <= 700 else { return 0 }
    let limit = input[0] > 200 ? Int.max : Int(input[0])
    let letters = { (byte: UInt8) in input[1] > 127 ? byte : 97 + byte % (1 + input[1] % 32) }
    let strings = input[5...]
    let cut = min(Int(input[4]), strings.count)
    let pattern = drawnOut(strings.prefix(cut).map(letters), input[2])
    let given = strings.dropFirst(cut).split(separator: 10, omittingEmptySubsequences: false)
        .prefix(20).map { drawnOut($0.map(letters), input[3]) }
    let expected = given.map { oracleBoundedDistance(pattern, $0, limit: limit) }
    let signature = NameSignature(of: pattern.span)
    for (name, distance) in zip(given, expected) {
        let least = signature.leastDistance(
            to: NameSignature(of: name.span), longerBy: name.count - pattern.count)
        precondition(distance.map { least <= $0 } ?? true, "the bound is over the distance")
    }

    // Again and again, so that each name comes to stand in many lanes, and in whole blocks.
    let names = (0..<150).map { given[$0 % given.count] }
    var ends: [Int] = []
    for name in names { ends.append((ends.last ?? 0) + name.count) }
    let bytes = names.flatMap { $0 }
    let blocks = NameBlocks(
        bytes: bytes.span, ends: ends.span, order: input[0] % 2 == 0 ? .asGiven : .byLength)
    for path in LanePath.available {
        var batch = BatchPattern(path: path)
        batch.prepare(bytes.span.extracting(0..<min(bytes.count, 70)))
        batch.prepare(pattern.span)
        var results = [UInt16](repeating: 0, count: names.count)
        var span = results.mutableSpan
        batch.distances(to: blocks, limit: limit, into: &span)
        for position in results.indices {
            let name = blocks.name(at: position) % given.count
            precondition(
                Int(results[position]) == expected[name] ?? limit + 1,
                "\(path): \(results[position]), the table says \(expected[name] ?? -1)")
        }
    }
    return 0
}

/// A string as it is, or repeated up to one of the lengths at which the lanes change.
private func drawnOut(_ string: [UInt8], _ choice: UInt8) -> [UInt8] {
    let lengths = [15, 16, 17, 31, 32, 33, 63, 64, 65]
    guard lengths.indices.contains(Int(choice)), !string.isEmpty else { return string }
    return (0..<lengths[Int(choice)]).map { string[$0 % string.count] }
}
