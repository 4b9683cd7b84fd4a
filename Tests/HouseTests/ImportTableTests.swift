internal import Testing

@Suite("Who may import whom")
struct ImportTableTests {
    @Test("every module of Swift imports only what the floor plan allows")
    func importsFollowThePlan() {
        var seen = 0
        for file in Repository.swiftSources {
            guard let module = file.module else { continue }
            let allowed = ImportTable.allowed[String(module)] ?? []
            for (number, line) in file.lines.enumerated() {
                guard let imported = ImportTable.imported(by: line), imported != "Swift" else {
                    continue
                }
                seen += 1
                #expect(
                    allowed.contains(String(imported)),
                    "\(file.path):\(number + 1): \(module) may not import \(imported)")
            }
        }
        #expect(seen > 0, "no import was found at all: the search itself is broken")
    }

    @Test("every module of Swift has a line in the plan, and every line has its module")
    func planIsComplete() {
        let modules = Set(Repository.swiftSources.compactMap(\.module).map(String.init))
        #expect(modules == Set(ImportTable.allowed.keys))
    }

    @Test("the plan has no circle: each module stands on those below it")
    func planHasNoCircle() {
        var settled: Set<String> = []
        var waiting = ImportTable.allowed
        while !waiting.isEmpty {
            let ready = waiting.filter { _, imports in
                imports.allSatisfy { settled.contains($0) || ImportTable.allowed[$0] == nil }
            }
            guard !ready.isEmpty else { break }
            settled.formUnion(ready.keys)
            waiting = waiting.filter { !settled.contains($0.key) }
        }
        #expect(waiting.isEmpty)
    }

    @Test(
        "an import is recognised however it is written",
        arguments: [
            ("import Index", "Index"), ("public import Index", "Index"),
            ("  @_spi(X) internal import Index // why", "Index"),
            ("import struct Index.Snapshot", "Index"), ("import Index;", "Index"),
            ("// import Index", nil), ("let important = 1", nil), ("", nil),
        ] as [(String, String?)])
    func importIsRecognised(line: String, module: String?) {
        #expect(ImportTable.imported(by: line[...]).map(String.init) == module)
    }
}
