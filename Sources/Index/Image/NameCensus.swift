internal import Matcher

/// Which name tokens are common among an image's own rows.
enum NameCensus {
    /// Of more rows than these a part is counted.
    private static let rowsMax = 1 << 18

    /// Counts the names of an image's rows.
    ///
    /// Of many rows those are taken whose ids say so, not those that came first: the outcome is the same for
    /// the same rows in any order, on every machine.
    ///
    /// - Complexity: O(rows), and O(bytes) of the names of at most some 262,144 of them.
    static func take(
        of rows: borrowing LoadedRows, rowsMax: Int = rowsMax
    ) -> EstablishedTokens {
        var mask: UInt64 = 0
        while rows.count >> mask.nonzeroBitCount > rowsMax { mask = mask << 1 | 1 }
        var counter = TokenCounter()
        var text = UnpackedText()
        for row in 0..<rows.count {
            let texts = rows.texts(of: row)
            if mask != 0 {
                let id = texts.idStart(in: rows.heap.bytes)
                text.read(textAt: id, in: rows.heap.bytes, RowTexts.idLetters)
                if hash(text.bytes) & mask != 0 { continue }
            }
            text.read(nameAt: texts.nameStart, in: rows.heap.bytes)
            counter.add(text.bytes, facility: rows.facility(of: row))
        }
        return counter.finish()
    }

    /// Not seeded, unlike the keys of the tables: nobody gains by being counted.
    ///
    /// Source: FNV-1a, its high bits folded in.
    private static func hash(_ id: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in id.indices { hash = (hash ^ UInt64(id[index])) &* 0x100_0000_01B3 }
        return hash ^ hash >> 32
    }
}
