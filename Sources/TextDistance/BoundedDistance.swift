/// The Levenshtein distance between two byte strings, if it is at most `limit`.
///
/// Same as computing the full distance table (insertion, deletion and replacement cost one each)
/// and discarding results over the limit; symmetric in `a` and `b`. The first rung that fits
/// decides:
///
/// 1. lengths differ by more than `limit`: nil;
/// 2. the common prefix and suffix are set aside: they change no distance. If one string is then
///    empty, the other one's length is the distance; at limit 0 anything left is nil, so that limit
///    0 is a test for equality;
/// 3. limit 1 or 2: the few scripts of so many edits are tried (`editScriptDistance`). At 3 there
///    are too many: they lose to the bit-vectors when the strings are similar;
/// 4. the shorter rest is of 1...64 bytes: one 64-bit word (`singleWordDistance`);
/// 5. otherwise: blocks of 64 bytes (`blockDistance`).
///
/// - Parameters:
///   - a: any length, empty allowed.
///   - b: any length, empty allowed.
///   - limit: in edits, >= 0.
/// - Returns: 0...limit, or nil when the distance is greater, and for no other reason.
/// - Complexity: O(a.count + b.count) time when the shorter one has at most 64 bytes, and no
///   allocation; else O(n * (1 + limit / 64)) and scratch memory linear in the shorter one.
public func boundedDistance(_ a: Span<UInt8>, _ b: Span<UInt8>, limit: Int) -> Int? {
    precondition(limit >= 0, "a limit is a number of edits")
    return a.count <= b.count
        ? ladder(shorter: a, longer: b, limit: limit)
        : ladder(shorter: b, longer: a, limit: limit)
}

private func ladder(shorter: Span<UInt8>, longer: Span<UInt8>, limit: Int) -> Int? {
    guard longer.count - shorter.count <= limit else { return nil }

    let prefix = commonPrefixLength(shorter, longer)
    let suffix = commonSuffixLength(shorter, longer, atMost: shorter.count - prefix)
    let pattern = shorter.extracting(prefix..<shorter.count - suffix)
    let text = longer.extracting(prefix..<longer.count - suffix)
    guard !pattern.isEmpty else { return text.count }
    // No distance is greater than the longer length: a limit above it says nothing more.
    let limit = min(limit, text.count)
    if limit == 0 { return nil }
    if limit <= 2 { return editScriptDistance(pattern, text, limit: limit) }
    if pattern.count <= 64 { return singleWordDistance(pattern, text, limit: limit) }
    return longDistance(pattern, text, limit: limit)
}

/// The block rung for a pattern that was not prepared: its masks live as long as the call.
private func longDistance(_ pattern: Span<UInt8>, _ text: Span<UInt8>, limit: Int) -> Int? {
    let words = blockMaskWords(patternLength: pattern.count)
    return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) {
        (scratch) -> Int? in
        unsafe scratch.initialize(repeating: 0)
        var masks = unsafe scratch.mutableSpan
        fillBlockMasks(pattern, into: &masks)
        return blockDistance(
            masks: masks.span, patternLength: pattern.count, text: text, limit: limit)
    }
}

/// The number of bytes that two strings have in common at their start.
@inline(__always)
private func commonPrefixLength(_ shorter: Span<UInt8>, _ longer: Span<UInt8>) -> Int {
    var length = 0
    while length < shorter.count && shorter[length] == longer[length] { length += 1 }
    return length
}

/// The number of bytes that two strings have in common at their end, `atMost` at most.
@inline(__always)
private func commonSuffixLength(
    _ shorter: Span<UInt8>, _ longer: Span<UInt8>, atMost: Int
) -> Int {
    var length = 0
    while length < atMost
        && shorter[shorter.count - 1 - length] == longer[longer.count - 1 - length]
    {
        length += 1
    }
    return length
}
