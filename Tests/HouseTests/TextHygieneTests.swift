internal import Testing

@Suite("Text hygiene")
struct TextHygieneTests {
    /// Files written by hand; fixtures hold other people's bytes, and some are dirty on purpose.
    private static let written = Repository.files.filter { file in
        let suffixes: Set<Substring> = [
            "swift", "c", "h", "cpp", "modulemap", "sh", "sql", "md", "json", "yml", "lua", "conf",
        ]
        let names: Set<Substring> = ["Makefile", "LICENSE", "run", ".gitignore", ".editorconfig"]
        return !file.path.hasPrefix("fixtures/")
            && (suffixes.contains(file.suffix) || names.contains(file.name))
    }

    @Test("no line ends in blanks or a carriage return, and the last one ends")
    func linesEndCleanly() {
        #expect(Self.written.count > 10, "the search for files is broken")
        for file in Self.written {
            #expect(file.text.isEmpty || file.text.utf8.last == UInt8(ascii: "\n"), "\(file.path)")
            for (number, line) in file.lines.enumerated() {
                let last = line.unicodeScalars.last
                #expect(
                    last != " " && last != "\t" && last != "\r", "\(file.path):\(number + 1)")
            }
        }
    }

    /// Code is held to 100 by the formatter, which leaves comments alone; 120 is for those.
    private static let widthMax = 120

    @Test("code has no tabs, and no line but of quoted text is wider than 120 characters")
    func codeIsNarrow() {
        // A shell script holds programs in other languages as quoted text, which cannot be broken.
        let suffixes: Set<Substring> = ["swift", "c", "h", "cpp", "modulemap"]
        for file in Self.written where suffixes.contains(file.suffix) {
            var isQuoted = false
            for (number, line) in file.lines.enumerated() {
                let place = "\(file.path):\(number + 1)"
                #expect(!line.utf8.contains(UInt8(ascii: "\t")), "\(place) has a tab")
                let quotes = line.ranges(of: "\"\"\"").count
                let isWide = line.utf8.count > Self.widthMax && line.count > Self.widthMax
                #expect(!isWide || isQuoted, "\(place)")
                if file.suffix == "swift" && quotes == 1 { isQuoted.toggle() }
            }
        }
    }

    @Test("no file names a place on somebody's machine")
    func noMachinePaths() {
        // In two halves, or this file would be the first to break the rule.
        let places = ["home", "root", "Users"].map { "/" + $0 + "/" }
        for file in Repository.files {
            for (number, line) in file.lines.enumerated() where line.utf8.contains(0x2F) {
                for place in places {
                    #expect(!line.contains(place), "\(file.path):\(number + 1)")
                }
            }
        }
    }
}
