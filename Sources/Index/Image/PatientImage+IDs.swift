public import Matcher

extension PatientImage {
    /// The rows of a facility that have some ids.
    ///
    /// - Parameters:
    ///   - ids: the facility's own, as texts.
    ///   - facility: whose rows.
    /// - Returns: a row for each id that one has, the first of several.
    /// - Complexity: O(rows of the facility + ids): ids have no table of their own, for no request names one. A
    ///   tenth of a second for a million rows; not for an event loop.
    public func rows(ofIDs ids: [String], facility: UInt16) -> [String: RowPlace] {
        var wanted: [UInt64: [String]] = [:]
        for id in Set(ids) {
            wanted[PatientKey(id.utf8.span, facility: facility, hash).idHash, default: []]
                .append(id)
        }
        var text = UnpackedText()
        var found: [String: RowPlace] = [:]
        for number in rows(of: facility) where found.count < ids.count {
            let row = places[number]
            let hash = heap.hash(
                ofTextAt: heap.idStart(of: row), RowTexts.idLetters, hash, facility: facility, &text
            )
            guard let candidates = wanted[hash] else { continue }
            readID(of: row, into: &text)
            for id in candidates where found[id] == nil && text.bytes.equals(id.utf8.span) {
                found[id] = row
            }
        }
        return found
    }
}
