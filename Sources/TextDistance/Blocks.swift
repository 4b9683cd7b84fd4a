/// The number of words of block masks that a pattern needs: 32 for each 64 bytes begun.
package func blockMaskWords(patternLength: Int) -> Int { (patternLength + 63) / 64 * 32 }

/// Writes the masks of a pattern of any length for `blockDistance`.
///
/// Block b owns words 32b..<32b+32. Bit i of word 32b + l is set when byte 64b + i of the pattern
/// has the low half l, bit i of word 32b + 16 + h when it has the high half h: a byte matches where
/// both halves do, at an eighth of the memory of a word for each byte value.
///
/// - Parameters:
///   - pattern: any length.
///   - masks: at least `blockMaskWords` words, all zero before.
package func fillBlockMasks(_ pattern: Span<UInt8>, into masks: inout MutableSpan<UInt64>) {
    for index in pattern.indices {
        let byte = Int(pattern[index])
        let block = index / 64 * 32
        let bit: UInt64 = 1 &<< UInt64(index & 63)
        masks[block + (byte & 15)] |= bit
        masks[block + 16 + (byte >> 4)] |= bit
    }
}

/// The edit distance between a pattern of several words and `text`, if it is at most `limit`.
///
/// Only the blocks that touch the band of cells at most `limit` away from the diagonal are computed
/// (Ukkonen 1985): a path that leaves the band costs more than the limit. Rows above the band are
/// taken to grow by one, blocks below it to start as a column of growing cells; both are true
/// costs of some path, so no result can come out too small, and no path inside the band is lost.
///
/// - Parameters:
///   - masks: as `fillBlockMasks` writes them.
///   - patternLength: in bytes, >= 1.
///   - text: any length; differs from the pattern's length by at most `limit`.
///   - limit: in edits, 0...max of the two lengths.
/// - Returns: 0...limit, or nil when the distance is greater.
/// - Complexity: O(text.count * (1 + limit / 64)) time; 16 bytes of scratch for each block, on the
///   stack up to 4096 bytes of pattern.
/// - Source: Hyyrö (2003), section 4, for the carries between blocks.
package func blockDistance(
    masks: Span<UInt64>, patternLength: Int, text: Span<UInt8>, limit: Int
) -> Int? {
    assert(patternLength >= 1 && abs(patternLength - text.count) <= limit)
    let blocks = (patternLength + 63) / 64
    return unsafe withUnsafeTemporaryAllocation(of: DistanceColumn.self, capacity: blocks) {
        (scratch) -> Int? in
        unsafe scratch.initialize(repeating: .first)
        var columns = unsafe scratch.mutableSpan
        return blockDistance(
            masks: masks, patternLength: patternLength, text: text, limit: limit,
            columns: &columns)
    }
}

/// The loop of `blockDistance`, on columns that the caller lends: one for each block, all `.first`.
private func blockDistance(
    masks: Span<UInt64>, patternLength: Int, text: Span<UInt8>, limit: Int,
    columns: inout MutableSpan<DistanceColumn>
) -> Int? {
    // Blocks below `end` are in use; `bottom` is the last row of these, `score` its cell.
    var end = max(1, (min(patternLength, limit) + 63) / 64)
    var bottom = min(patternLength, end * 64)
    var score = bottom
    for index in text.indices {
        let row = index + 1
        let wanted = (min(patternLength, row + limit) + 63) / 64
        if wanted > end {
            end = wanted
            score += min(patternLength, end * 64) - bottom
            bottom = min(patternLength, end * 64)
        }

        let low = Int(text[index] & 15)
        let high = Int(text[index] >> 4) + 16
        var step = HorizontalStep.growing
        for block in max(0, row - limit - 1) / 64..<end {
            let matches = masks[block * 32 + low] & masks[block * 32 + high]
            let last: UInt64 = 1 &<< UInt64(min(patternLength - block * 64, 64) - 1)
            step = columns[block].advance(matches: matches, above: step, row: last)
        }
        score += Int(step.positive) - Int(step.negative)

        // From the pattern's last row each remaining byte may win one edit back. From a row above
        // it, the path that wins leaves this column at row `row - limit` or below.
        let winnable =
            bottom == patternLength ? text.count - row : bottom - max(0, row - limit)
        guard score <= limit + winnable else { return nil }
    }
    return score
}
