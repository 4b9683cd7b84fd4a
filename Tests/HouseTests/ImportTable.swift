/// Which module may know of which: the floor plan as data.
enum ImportTable {
    /// What a module may import; a module that is not here may not exist.
    static let allowed: [String: Set<String>] = [
        // The ground floor.
        "TextDistance": ["CTextDistance"],
        "JSON": ["CSimdJSON", "Glibc"],
        "Postgres": ["CPostgres", "Glibc"],
        "SQLite": ["CSQLite", "Glibc"],
        "Secrets": ["CSodium", "Glibc"],
        "QR": ["JSON", "CQREncode", "CPNG"],
        "Tokens": ["JSON", "CJose", "Glibc"],
        "Matcher": ["TextDistance"],
        // The first floor.
        "Index": [
            "Matcher", "CMemory", "CPrefetch", "CTagMatch", "CLetterScan", "CDemandPages",
            "Synchronization",
            "Dispatch",
            "Glibc",
        ],
        "Gateway": ["JSON", "Tokens", "CCurl", "Glibc"],
        "Synthetic": ["Glibc"],
        // The other side of the wire: doors of its own and none of our words, so that it cannot share our
        // mistakes.
        "GatewaySimulator": [
            "JSON", "CMicroHTTPD", "CCurl", "CJose", "Synchronization", "Glibc",
        ],
        // The second floor.
        "ABDM": ["Matcher", "Index", "JSON"],
        "Ingest": ["Matcher", "Index", "JSON", "Postgres", "SQLite", "Glibc"],
        "Ledger": ["ABDM", "Matcher", "JSON", "Postgres", "SQLite"],
        // The third floor and the roof; only here may Foundation serve what is not in a hurry.
        "MatchServer": [
            "ABDM", "Gateway", "Ledger", "Ingest", "Index", "Matcher", "TextDistance", "JSON", "QR",
            "Postgres", "SQLite", "CMicroHTTPD", "Dispatch", "Synchronization", "Glibc",
            "Foundation",
        ],
        "milaan": [
            "MatchServer", "ABDM", "Gateway", "Ledger", "Secrets", "Tokens", "Ingest", "Index",
            "Matcher",
            "TextDistance", "JSON", "Synthetic", "QR", "GatewaySimulator", "CArgp", "Glibc",
            "Foundation", "Dispatch",
            "Synchronization",
        ],
    ]

    /// The module that a line of Swift imports, if it is an import.
    ///
    /// Knows attributes (`@testable`), access (`internal`), kinds (`struct`) and members
    /// (`import struct Module.Member`).
    static func imported(by line: Substring) -> Substring? {
        var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == ";" })[...]
        let access: Set<Substring> = ["public", "package", "internal", "private", "fileprivate"]
        while let word = words.first, word.hasPrefix("@") || access.contains(word) {
            words = words.dropFirst()
        }
        guard words.first == "import" else { return nil }
        let kinds: Set<Substring> = [
            "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
        ]
        words = words.dropFirst()
        if let word = words.first, kinds.contains(word) { words = words.dropFirst() }
        return words.first?.split(separator: ".").first
    }
}
