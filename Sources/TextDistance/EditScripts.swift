/// The edit distance of two strings by trying each short edit script, if it is at most `limit`.
///
/// With one or two edits there are few orders in which they can come. Each script is walked once:
/// at a mismatch its next edit is applied, and the strings' ends must be reached before the edits
/// run out. Three edits already make seven scripts, which measured slower than the bit-vectors
/// wherever the strings are similar.
///
/// - Parameters:
///   - shorter: any length.
///   - longer: as long as `shorter` or longer, by at most `limit`.
///   - limit: in edits, 1...2.
/// - Returns: 0...limit, or nil when the distance is greater.
/// - Complexity: O(longer.count) time for each of at most three scripts, O(1) space.
/// - Source: mbleven (github.com/fujimotos/mbleven), with RapidFuzz's coding of a script in one byte.
package func editScriptDistance(_ shorter: Span<UInt8>, _ longer: Span<UInt8>, limit: Int) -> Int? {
    assert(1...2 ~= limit && 0...limit ~= longer.count - shorter.count)
    var scripts = editScripts(limit: limit, lengthDifference: longer.count - shorter.count)
    var best = limit + 1
    while scripts != 0 {
        best = min(best, walk(script: UInt8(truncatingIfNeeded: scripts), shorter, longer))
        scripts >>= 8
    }
    return best <= limit ? best : nil
}

/// The edits that `script` needs to make the strings equal, counting what is left over at the end.
@inline(__always)
private func walk(script: UInt8, _ shorter: Span<UInt8>, _ longer: Span<UInt8>) -> Int {
    var edits = script
    var inShorter = 0
    var inLonger = 0
    var count = 0
    while inShorter < shorter.count && inLonger < longer.count {
        if shorter[inShorter] == longer[inLonger] {
            inShorter += 1
            inLonger += 1
        } else {
            count += 1
            if edits == 0 { break }
            inLonger += Int(edits & 1)
            inShorter += Int((edits >> 1) & 1)
            edits >>= 2
        }
    }
    return count + (shorter.count - inShorter) + (longer.count - inLonger)
}

/// The scripts for a limit and a difference of lengths, a byte each, zero where there are no more.
///
/// An edit is two bits, the first one lowest: 01 leaves out a byte of the longer string, 10 one of
/// the shorter string, 11 replaces a byte. The longer string loses `lengthDifference` bytes more
/// than the shorter one; what is left of the limit is replacements, or pairs of 01 and 10.
@inline(__always)
private func editScripts(limit: Int, lengthDifference: Int) -> UInt32 {
    switch (limit, lengthDifference) {
    case (1, 0): 0x03
    case (1, 1): 0x01
    case (2, 0): 0x06_09_0F
    case (2, 1): 0x07_0D
    default: 0x05
    }
}
