/// Pairs the rows and columns of a small square table so that the values of the pairs sum up to the
/// most.
///
/// Source: the Hungarian method with potentials (Kuhn 1955, Munkres 1957) in its form by shortest
/// augmenting paths (Jonker and Volgenant 1987); names follow the latter.
struct TokenAssignment {
    /// The most rows and columns.
    static let sideMax = 12

    private var values = InlineArray<144, Int>(repeating: 0)

    /// What it is worth to pair a row with a column, >= 0; 0 where they do not go together.
    subscript(row: Int, column: Int) -> Int {
        get { values[row * Self.sideMax + column] }
        set { values[row * Self.sideMax + column] = newValue }
    }

    /// Finds the pairs.
    ///
    /// - Parameter side: how many rows and columns are in use, 0...12.
    /// - Returns: the column of each row.
    /// - Complexity: O(side³) time, no allocation.
    func best(side: Int) -> InlineArray<12, Int> {
        var rowPotential = InlineArray<13, Int>(repeating: 0)
        var columnPotential = InlineArray<13, Int>(repeating: 0)
        var rowOfColumn = InlineArray<13, Int>(repeating: 0)
        for row in 1..<max(side + 1, 1) {
            var predecessor = InlineArray<13, Int>(repeating: 0)
            var least = InlineArray<13, Int>(repeating: Int.max)
            var isDone = InlineArray<13, Bool>(repeating: false)
            rowOfColumn[0] = row
            var column = 0
            repeat {
                isDone[column] = true
                let current = rowOfColumn[column]
                var step = Int.max
                var nearest = 0
                for other in 1...side where !isDone[other] {
                    let reduced =
                        -self[current - 1, other - 1] - rowPotential[current]
                        - columnPotential[other]
                    if reduced < least[other] {
                        least[other] = reduced
                        predecessor[other] = column
                    }
                    if least[other] < step {
                        step = least[other]
                        nearest = other
                    }
                }
                for other in 0...side {
                    if isDone[other] {
                        rowPotential[rowOfColumn[other]] += step
                        columnPotential[other] -= step
                    } else {
                        least[other] -= step
                    }
                }
                column = nearest
            } while rowOfColumn[column] != 0
            while column != 0 {
                let previous = predecessor[column]
                rowOfColumn[column] = rowOfColumn[previous]
                column = previous
            }
        }
        var columns = InlineArray<12, Int>(repeating: 0)
        for column in 1..<max(side + 1, 1) { columns[rowOfColumn[column] - 1] = column - 1 }
        return columns
    }
}
