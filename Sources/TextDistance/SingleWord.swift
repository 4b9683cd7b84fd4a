internal import CTextDistance

/// The edit distance between a prepared pattern and `text`, if it is at most `limit`.
///
/// Same as computing the full distance table and discarding results over the limit. Stops at the
/// first text byte after which even a match of every remaining byte would stay over the limit.
///
/// - Parameters:
///   - masks: 256 words; bit i of word c is set when byte i of the pattern is c, and no other bit.
///   - patternLength: in bytes, 1...64.
///   - text: any length.
///   - limit: in edits, >= 0.
/// - Returns: 0...limit, or nil when the distance is greater.
/// - Complexity: O(text.count) time, O(1) space.
/// - Precondition: `masks` has 256 words; `patternLength` and `limit` are in their ranges.
public func boundedDistance(
    masks: Span<UInt64>, patternLength: Int, text: Span<UInt8>, limit: Int
) -> Int? {
    precondition(masks.count == 256, "one word for each byte value")
    precondition(1...64 ~= patternLength, "a pattern of one word")
    precondition(limit >= 0, "a limit is a number of edits")
    guard abs(patternLength - text.count) <= limit else { return nil }
    return maskedDistance(masks: masks, patternLength: patternLength, text: text, limit: limit)
}

/// `boundedDistance` behind its checks, for callers who have made them.
///
/// - Parameters:
///   - masks: 256 words, as for `boundedDistance`.
///   - patternLength: in bytes, 1...64.
///   - text: differs in length from the pattern by at most `limit`.
///   - limit: in edits, >= 0.
/// - Returns: 0...limit, or nil when the distance is greater.
@inline(__always)
func maskedDistance(
    masks: Span<UInt64>, patternLength: Int, text: Span<UInt8>, limit: Int
) -> Int? {
    // No distance is greater than the longer length: nothing can stop early, and nothing need be counted.
    if limit >= max(patternLength, text.count) {
        return exactDistance(masks: masks, patternLength: patternLength, text: text)
    }

    let row: UInt64 = 1 &<< UInt64(patternLength - 1)
    var column = DistanceColumn.first
    // What may still be lost: the limit, less the least that the last cell can come to.
    var slack = limit + text.count - patternLength
    for index in text.indices {
        let step = column.advance(
            matches: masks[Int(text[index])], above: .growing, row: row)
        slack &-= 1 &+ Int(step.positive) &- Int(step.negative)
        guard slack >= 0 else { return nil }
    }
    return limit - slack
}

/// The edit distance between a prepared pattern and `text`, whatever it is.
///
/// - Parameters:
///   - masks: 256 words, as for `boundedDistance`.
///   - patternLength: in bytes, 1...64.
///   - text: any length.
/// - Returns: 0...max of the two lengths.
/// - Complexity: O(text.count) time, O(1) space.
@inline(__always)
func exactDistance(masks: Span<UInt64>, patternLength: Int, text: Span<UInt8>) -> Int {
    assert(masks.count == 256 && 1...64 ~= patternLength)
    // The C side reads the word of each byte, of which there are 256, and bytes up to the text's count.
    return unsafe masks.withUnsafeBufferPointer { masks in
        unsafe text.withUnsafeBufferPointer { text in
            unsafe Int(
                ctextdistance_word(
                    masks.baseAddress, UInt32(truncatingIfNeeded: patternLength),
                    text.baseAddress, text.count))
        }
    }
}

/// The edit distance between a pattern of one word and `text`, if it is at most `limit`.
///
/// For one comparison the 2 KiB of byte masks would cost more than the distance: bytes are looked up
/// here by their two halves, 16 words each, and a byte matches where both halves do.
///
/// - Parameters:
///   - pattern: 1...64 bytes.
///   - text: any length; differs in length from `pattern` by at most `limit`.
///   - limit: in edits, 0...max of the two lengths.
/// - Returns: 0...limit, or nil when the distance is greater.
/// - Complexity: O(pattern.count + text.count) time, O(1) space.
package func singleWordDistance(_ pattern: Span<UInt8>, _ text: Span<UInt8>, limit: Int) -> Int? {
    assert(1...64 ~= pattern.count && abs(pattern.count - text.count) <= limit)
    var low = InlineArray<16, UInt64>(repeating: 0)
    var high = InlineArray<16, UInt64>(repeating: 0)
    var bit: UInt64 = 1
    for index in pattern.indices {
        let byte = Int(pattern[index])
        low[byte & 15] |= bit
        high[byte >> 4] |= bit
        bit &<<= 1
    }

    let row: UInt64 = 1 &<< UInt64(pattern.count - 1)
    var column = DistanceColumn.first
    var slack = limit + text.count - pattern.count
    for index in text.indices {
        let byte = Int(text[index])
        let step = column.advance(
            matches: low[byte & 15] & high[byte >> 4], above: .growing, row: row)
        slack &-= 1 &+ Int(step.positive) &- Int(step.negative)
        guard slack >= 0 else { return nil }
    }
    return limit - slack
}
