/// What the comparison of two folded names by tokens shall find.
public struct OracleNameAgreement: Equatable, Sendable {
    /// Whether the names may be one person's.
    public var agrees: Bool
    /// 0...1000.
    public var score: Int
    /// Edits over all pairs.
    public var distance: Int

    /// A finding from its parts.
    public init(agrees: Bool, score: Int, distance: Int) {
        self.agrees = agrees
        self.score = score
        self.distance = distance
    }
}

/// The rule of names by trying every way to pair the tokens: for up to five on a side.
public func oracleNames(_ a: String, _ b: String) -> OracleNameAgreement {
    let mine = a.split(separator: " ").map { Array($0.utf8) }
    let theirs = b.split(separator: " ").map { Array($0.utf8) }
    guard !mine.isEmpty, !theirs.isEmpty else {
        return OracleNameAgreement(agrees: false, score: 0, distance: 0)
    }
    // Equal tokens go together, whatever else they might go with.
    var restOfMine = mine
    var restOfTheirs = theirs
    var equal: [[UInt8]] = []
    for token in mine {
        guard let place = restOfTheirs.firstIndex(of: token),
            let own = restOfMine.firstIndex(of: token)
        else { continue }
        restOfTheirs.remove(at: place)
        restOfMine.remove(at: own)
        equal.append(token)
    }
    var best = OraclePairing()
    for token in equal { best.add(token, token, distance: 0, isInitial: false) }
    let fixed = best
    tryAll(restOfMine[...], restOfTheirs, fixed, &best)

    let bytes = mine.joined().count + theirs.joined().count
    let unpaired = bytes - best.ownBytes
    let weight = best.lengths * 4 + unpaired
    let isSame = equal.count == max(mine.count, theirs.count)
    var found = OracleNameAgreement(
        agrees: best.pairs == min(mine.count, theirs.count) && (best.words > 0 || isSame),
        score: weight == 0 ? 0 : best.earned * 4 / weight, distance: best.distance)
    if !found.agrees, mine.count != theirs.count {
        let (x, y) = (Array(mine.joined()), Array(theirs.joined()))
        let distance = oracleDistance(x, y)
        if distance <= oracleLimit(x, y) {
            found = OracleNameAgreement(
                agrees: true, score: 950 - 950 * distance / max(x.count, y.count),
                distance: distance)
        }
    }
    return found
}

/// None up to three letters of the shorter word, one up to five, two above.
private func oracleLimit(_ a: [UInt8], _ b: [UInt8]) -> Int {
    let shorter = min(a.count, b.count)
    return shorter <= 3 ? 0 : shorter <= 5 ? 1 : 2
}

private func tryAll(
    _ mine: ArraySlice<[UInt8]>, _ theirs: [[UInt8]], _ pairing: OraclePairing,
    _ best: inout OraclePairing
) {
    guard let token = mine.first else {
        if best.rank.lexicographicallyPrecedes(pairing.rank) { best = pairing }
        return
    }
    tryAll(mine.dropFirst(), theirs, pairing, &best)
    for (index, other) in theirs.enumerated() {
        let distance = oracleDistance(token, other)
        let isTypo = distance <= oracleLimit(token, other)
        guard isTypo || (min(token.count, other.count) == 1 && token[0] == other[0]) else {
            continue
        }
        var rest = theirs
        rest.remove(at: index)
        var next = pairing
        next.add(token, other, distance: isTypo ? distance : 0, isInitial: !isTypo)
        tryAll(mine.dropFirst(), rest, next, &best)
    }
}

/// Some pairs and what they come to.
private struct OraclePairing {
    var pairs = 0
    var initials = 0
    var words = 0
    var distance = 0
    var earned = 0
    var lengths = 0
    var ownBytes = 0

    /// Better is greater: pairs, few initials, few edits, points, few bytes that differ in length.
    var rank: [Int] { [pairs, -initials, -distance, earned, ownBytes - 4 * lengths] }

    mutating func add(_ a: [UInt8], _ b: [UInt8], distance: Int, isInitial: Bool) {
        let length = max(a.count, b.count)
        pairs += 1
        initials += isInitial ? 1 : 0
        words += !isInitial && length > 1 ? 1 : 0
        self.distance += distance
        earned += isInitial ? 600 * length : 1000 * (length - distance)
        lengths += length
        ownBytes += a.count + b.count
    }
}
