/// The Levenshtein distance of two byte strings by the textbook table (Wagner and Fischer 1974).
///
/// Slow and obvious: the judge of the fast kernels, with which it shares no code.
public func oracleDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { table[i][0] = i }
    for j in 0...b.count { table[0][j] = j }
    for (i, x) in a.enumerated() {
        for (j, y) in b.enumerated() {
            table[i + 1][j + 1] = min(
                table[i][j + 1] + 1,
                table[i + 1][j] + 1,
                table[i][j] + (x == y ? 0 : 1))
        }
    }
    return table[a.count][b.count]
}

/// What a bounded distance shall answer: the textbook distance, or nil when it is over `limit`.
public func oracleBoundedDistance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
    let distance = oracleDistance(a, b)
    return distance <= limit ? distance : nil
}
