/// Several byte strings prepared once, each compared with many texts.
///
/// Made for the tokens of a query: prepare each into its slot, compare with every candidate, then
/// prepare the next query into the same slots. A slot that was never prepared holds the empty
/// string. Give each thread its own: `prepare` needs exclusive access, `distance` may be called
/// from several threads at once.
public struct PreparedPatterns: ~Copyable, Sendable {
    private static let shortBytesMax = 64

    /// In bytes, one for each slot.
    private var lengths: [Int]
    /// The bytes of short patterns, 64 for each slot: what `prepare` has to clear, and equality.
    private var bytes: [UInt8]
    /// The byte masks of short patterns, 256 words for each slot.
    private var masks: [UInt64]
    /// The block masks of long patterns, empty for a slot that never held one.
    private var blockMasks: [[UInt64]]

    /// Room for `slots` patterns, all empty.
    ///
    /// All memory for patterns up to 64 bytes is allocated here: about 2.1 KiB for each slot.
    ///
    /// - Parameter slots: >= 0.
    public init(slots: Int) {
        precondition(slots >= 0, "a number of slots")
        lengths = Array(repeating: 0, count: slots)
        bytes = Array(repeating: 0, count: slots * Self.shortBytesMax)
        masks = Array(repeating: 0, count: slots * 256)
        blockMasks = Array(repeating: [], count: slots)
    }

    /// Makes `pattern` the string of a slot, in place of the one it held.
    ///
    /// Only the masks of bytes that the old string had are cleared. A pattern over 64 bytes
    /// allocates if it is longer than each one that this slot held before.
    ///
    /// - Parameters:
    ///   - pattern: any length, empty allowed; copied.
    ///   - slot: 0..<slots.
    /// - Complexity: O(old length + new length).
    public mutating func prepare(_ pattern: Span<UInt8>, slot: Int) {
        let old = lengths[slot]
        if old <= Self.shortBytesMax {
            for index in 0..<old {
                masks[slot * 256 + Int(bytes[slot * Self.shortBytesMax + index])] = 0
            }
        }
        lengths[slot] = pattern.count
        guard pattern.count <= Self.shortBytesMax else {
            prepareBlocks(pattern, slot: slot)
            return
        }
        for index in pattern.indices {
            bytes[slot * Self.shortBytesMax + index] = pattern[index]
            masks[slot * 256 + Int(pattern[index])] |= 1 &<< UInt64(index)
        }
    }

    private mutating func prepareBlocks(_ pattern: Span<UInt8>, slot: Int) {
        let words = blockMaskWords(patternLength: pattern.count)
        blockMasks[slot].removeAll(keepingCapacity: true)
        blockMasks[slot].append(contentsOf: repeatElement(0, count: words))
        var span = blockMasks[slot].mutableSpan
        fillBlockMasks(pattern, into: &span)
    }

    /// The Levenshtein distance between the string of a slot and `text`, if it is at most `limit`.
    ///
    /// Same as `boundedDistance(pattern, text, limit: limit)`. The first rung that fits decides:
    ///
    /// 1. lengths differ by more than `limit`: nil;
    /// 2. the pattern is of over 64 bytes: blocks of 64 (`blockDistance`);
    /// 3. the pattern is empty: the length of `text`;
    /// 4. limit 0: equality;
    /// 5. limit 1: the few scripts of one edit (`editScriptDistance`). Unlike the one-off form not at
    ///    limit 2: with the masks at hand the bit-vectors are ahead when the strings are similar;
    /// 6. otherwise: one 64-bit word over the prepared masks.
    ///
    /// - Parameters:
    ///   - slot: 0..<slots.
    ///   - text: any length, empty allowed.
    ///   - limit: in edits, >= 0.
    /// - Returns: 0...limit, or nil when the distance is greater, and for no other reason.
    /// - Complexity: O(text.count * (1 + limit / 64)) time; no allocation for patterns up to 4096
    ///   bytes.
    public func distance(slot: Int, to text: Span<UInt8>, limit: Int) -> Int? {
        precondition(limit >= 0, "a limit is a number of edits")
        let length = lengths[slot]
        // No distance is greater than the longer length, and most who have no limit ask for short words.
        if 1...Self.shortBytesMax ~= length, limit >= max(length, text.count) {
            return exactDistance(masks: masks(of: slot), patternLength: length, text: text)
        }
        guard abs(length - text.count) <= limit else { return nil }
        guard length <= Self.shortBytesMax else {
            let words = blockMasks[slot]
            return blockDistance(
                masks: words.span, patternLength: length, text: text,
                limit: min(limit, max(length, text.count)))
        }
        if length == 0 { return text.count }
        if limit <= 1 {
            let start = slot * Self.shortBytesMax
            let pattern = bytes.span.extracting(start..<start + length)
            if limit == 0 { return areEqual(pattern, text) ? 0 : nil }
            return length <= text.count
                ? editScriptDistance(pattern, text, limit: limit)
                : editScriptDistance(text, pattern, limit: limit)
        }
        return maskedDistance(
            masks: masks(of: slot), patternLength: length, text: text, limit: limit)
    }

    /// The byte masks of a slot.
    ///
    /// - Parameter slot: one that `lengths` was asked for.
    /// - Returns: 256 words.
    @inline(__always) @_lifetime(borrow self)
    private func masks(of slot: Int) -> Span<UInt64> {
        // `init` alone sizes both arrays: where a slot has a length, it has its words.
        let first = slot &* 256
        return unsafe masks.span.extracting(
            unchecked: Range(uncheckedBounds: (lower: first, upper: first &+ 256)))
    }
}

/// Whether two strings of equal length hold the same bytes.
@inline(__always)
private func areEqual(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    for index in a.indices where a[index] != b[index] { return false }
    return true
}
