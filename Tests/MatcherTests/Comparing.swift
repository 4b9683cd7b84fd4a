internal import Matcher

/// One comparison of two folded names.
enum Comparing {
    static func names(
        _ a: String, _ b: String, by comparison: NameComparison = .tokens
    ) -> NameAgreement {
        var comparer = NameComparer()
        let mine = Array(a.utf8)
        let theirs = Array(b.utf8)
        comparer.prepare(mine.span)
        return comparer.compare(to: theirs.span, by: comparison)
    }

    /// The pairs of a comparison, as `query=candidate agreement`.
    static func pairs(
        _ a: String, _ b: String, by comparison: NameComparison = .tokens
    ) -> [String] {
        var comparer = NameComparer()
        let mine = Array(a.utf8)
        let theirs = Array(b.utf8)
        comparer.prepare(mine.span)
        return comparer.explain(theirs.span, by: comparison).pairs.map {
            text(mine, $0.query) + "=" + text(theirs, $0.candidate) + " " + $0.agreement.rawValue
        }.sorted()
    }

    private static func text(_ bytes: [UInt8], _ range: TextRange) -> String {
        String(decoding: bytes[range.start..<range.start + range.count], as: UTF8.self)
    }
}
