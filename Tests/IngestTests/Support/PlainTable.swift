import TestSupport

/// Rows of texts under names, and independent writers of them.
struct PlainTable {
    var names: [String]
    var rows: [[String]]

    /// Comma-separated values; what need not be quoted is quoted now and then too.
    func csv(newline: String = "\r\n", _ random: inout SplitMix64) -> String {
        ([names] + rows).map { row in
            row.map { value in
                let mustQuote = value.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
                guard mustQuote || Int.random(in: 0..<8, using: &random) == 0 else { return value }
                return "\""
                    + value.split(separator: "\"", omittingEmptySubsequences: false)
                    .joined(separator: "\"\"") + "\""
            }.joined(separator: ",") + newline
        }.joined()
    }

    /// One JSON object a line, with the members in any order; empty values are left out or null.
    func ndjson(_ random: inout SplitMix64) -> String {
        rows.map { row in
            var members: [String] = []
            for (name, value) in zip(names, row) {
                if value.isEmpty {
                    if Bool.random(using: &random) { members.append("\"\(name)\":null") }
                } else {
                    members.append("\"\(name)\":\(Self.json(value))")
                }
            }
            return "{" + members.shuffled(using: &random).joined(separator: ",") + "}\n"
        }.joined()
    }

    private static func json(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
