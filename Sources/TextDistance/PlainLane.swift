/// One lane of a block at a time: what the vector kernels do, for any processor.
enum PlainLane {
    /// The distance between a pattern and the name of one lane, or one more than the limit.
    ///
    /// - Parameters:
    ///   - masks: 64 words; bit i of word c is set when letter i of the pattern has the code c.
    ///   - patternLength: in letters, 0...64.
    ///   - signature: the pattern's.
    ///   - names: in blocks.
    ///   - position: of the name.
    ///   - limit: in edits, 0...65,534.
    /// - Returns: 0...limit + 1.
    /// - Complexity: O(letters of the name), or less where the limit is passed before its end.
    static func distance(
        masks: Span<UInt64>, patternLength: Int, signature: NameSignature,
        to names: borrowing NameBlocks, position: Int, limit: Int
    ) -> UInt16 {
        let length = Int(names.lengths[position])
        let over = UInt16(limit + 1)
        let least = signature.leastDistance(
            to: names.signatures[position], longerBy: length - patternLength)
        guard least <= limit else { return over }
        guard patternLength > 0 else { return UInt16(length) }

        let rows = names.rows
        var code = Self.firstCode(names, position)
        if limit >= max(patternLength, length) {
            guard length > 0 else { return UInt16(patternLength) }
            var column = WholeColumn(matches: masks[Int(rows[code])])
            for _ in 1..<length {
                code += NameBlocks.lanes
                column.advance(next: masks[Int(rows[code])])
            }
            column.advance(next: 0)
            return UInt16(length + column.sum(rows: patternLength))
        }

        var column = DistanceColumn.first
        let row: UInt64 = 1 &<< UInt64(patternLength - 1)
        var slack = limit + length - patternLength
        for _ in 0..<length {
            let step = column.advance(
                matches: masks[Int(rows[code])], above: .growing, row: row)
            slack &-= 1 &+ Int(step.positive) &- Int(step.negative)
            guard slack >= 0 else { return over }
            code += NameBlocks.lanes
        }
        return UInt16(limit - slack)
    }

    /// Writes the bytes of the name of one lane.
    ///
    /// - Returns: how many there are.
    static func read(
        _ names: borrowing NameBlocks, position: Int, into letters: inout InlineArray<64, UInt8>
    ) -> Int {
        let length = Int(names.lengths[position])
        var code = firstCode(names, position)
        for letter in 0..<length {
            letters[letter] = NameAlphabet.byte(of: names.rows[code])
            code += NameBlocks.lanes
        }
        return length
    }

    /// Where the code of a name's first letter is in the rows.
    private static func firstCode(_ names: borrowing NameBlocks, _ position: Int) -> Int {
        names.firstRow(of: position / NameBlocks.lanes) * NameBlocks.lanes
            + position % NameBlocks.lanes
    }
}
