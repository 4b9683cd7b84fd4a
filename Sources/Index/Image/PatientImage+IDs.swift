internal import Matcher

extension PatientImage {
    /// The rows of a facility that have some ids.
    ///
    /// - Parameters:
    ///   - ids: the facility's own, as texts.
    ///   - facility: whose rows.
    /// - Returns: a row for each id that one has, the first of several.
    /// - Complexity: O(rows of the facility + ids), as `holds`; not for an event loop.
    public func rows(ofIDs ids: [String], facility: UInt16) -> [String: Int] {
        var wanted: [UInt64: [String]] = [:]
        for id in Set(ids) { wanted[Self.hash(id.utf8.span), default: []].append(id) }
        var found: [String: Int] = [:]
        for row in rows(of: facility) where found.count < ids.count {
            let bytes = self.id(of: row)
            guard let candidates = wanted[Self.hash(bytes)] else { continue }
            for id in candidates where found[id] == nil && bytes.equals(id.utf8.span) {
                found[id] = row
            }
        }
        return found
    }

    /// FNV-1a of 64 bits; what collides is compared.
    private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in bytes.indices {
            hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3
        }
        return hash
    }
}
