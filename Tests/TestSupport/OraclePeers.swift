/// Jaro-Winkler similarity with Winkler's whole transpositions, as an exact fraction's numerator and
/// denominator.
///
/// Slow and obvious: lists of letters, no bits.
public func oracleJaroWinkler(_ a: [UInt8], _ b: [UInt8]) -> (numerator: Int, denominator: Int) {
    guard !a.isEmpty, !b.isEmpty else { return (0, 1) }
    let window = max(a.count, b.count) / 2 - 1
    var free = Array(repeating: true, count: b.count)
    var matchedA: [UInt8] = []
    for (i, letter) in a.enumerated() {
        let partner = b.indices.first {
            abs($0 - i) <= max(window, 0) && free[$0] && b[$0] == letter
        }
        guard let partner else { continue }
        free[partner] = false
        matchedA.append(letter)
    }
    let matchedB = b.indices.filter { !free[$0] }.map { b[$0] }
    let m = matchedA.count
    guard m > 0 else { return (0, 1) }
    let transpositions = zip(matchedA, matchedB).filter { $0 != $1 }.count / 2
    let prefix = zip(a, b).prefix(4).prefix { $0 == $1 }.count
    // jaro = (m/a + m/b + (m-t)/m) / 3, winkler = jaro + prefix/10 (1 - jaro)
    let whole = 3 * a.count * b.count * m
    let part = m * m * b.count + m * m * a.count + (m - transpositions) * a.count * b.count
    return (10 * part + prefix * (whole - part), 10 * whole)
}
