internal import Testing

@Suite("The package of the fuzzers")
struct FuzzPackageTests {
    /// The declarations of modules in a manifest, by line.
    private func modules(_ path: String) throws -> Set<String> {
        let manifest = try #require(Repository.files.first { $0.path == path }, "\(path)")
        return Set(
            manifest.lines.compactMap { line in
                let line = line.drop { $0 == " " }
                return line.hasPrefix("module(\"") ? String(line) : nil
            })
    }

    @Test("builds each module that it links to from what the product builds it from")
    func sameDependencies() throws {
        let product = try modules("Package.swift")
        var fuzzed = try modules("Fuzz/Package.swift")
        // The fuzzers' own.
        fuzzed.remove("module(\"Oracles\"),")
        #expect(fuzzed.count > 5)
        #expect(fuzzed.subtracting(product) == [])
    }
}
