@testable internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Assignment of tokens")
struct TokenAssignmentTests {
    @Test("finds the best sum that any order of columns has", arguments: 0..<32 as Range<UInt64>)
    func agreesWithOracle(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<20 {
            let side = Int.random(in: 0...5, using: &random)
            var table = TokenAssignment()
            for row in 0..<side {
                for column in 0..<side where Bool.random(using: &random) {
                    table[row, column] = Int.random(in: 0...9, using: &random)
                }
            }
            let columns = table.best(side: side)
            let chosen = (0..<side).map { columns[$0] }
            #expect(chosen.sorted() == Array(0..<side))
            let sum = chosen.enumerated().reduce(0) { $0 + table[$1.offset, $1.element] }
            #expect(sum == best(table, row: 0, free: Array(0..<side)))
        }
    }

    private func best(_ table: TokenAssignment, row: Int, free: [Int]) -> Int {
        free.map { column in
            table[row, column] + best(table, row: row + 1, free: free.filter { $0 != column })
        }.max() ?? 0
    }
}
