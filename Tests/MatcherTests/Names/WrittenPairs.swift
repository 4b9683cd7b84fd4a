internal import Foundation

/// Two written names and what a registrar says of them; `fixtures/names/README.md` has the meaning.
struct WrittenPair: Sendable {
    enum Verdict: String, Sendable {
        case same
        case different
        case unsure
    }

    let verdict: Verdict
    let className: String
    let first: String
    let second: String
}

/// The pairs of `fixtures/names/pairs.tsv`.
enum WrittenPairs {
    /// Every line of the file in its order; nil when it cannot be read or a line is malformed.
    static let all: [WrittenPair]? = {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        var pairs: [WrittenPair] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard (4...5).contains(fields.count),
                let verdict = WrittenPair.Verdict(rawValue: String(fields[0]))
            else { return nil }
            pairs.append(
                WrittenPair(
                    verdict: verdict, className: String(fields[1]), first: String(fields[2]),
                    second: String(fields[3])))
        }
        return pairs
    }()

    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../fixtures/names/pairs.tsv").standardizedFileURL
}
