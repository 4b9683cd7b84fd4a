internal import Foundation
internal import Testing

@Suite("Rules of the sources")
struct SourceRuleTests {
    @Test("no source prints, forces a try, or leaves work for later")
    func noForbiddenWord() {
        // As words of their own: a masked number such as 98XXXXX767 is no reminder.
        let words: Set<Substring> = ["TODO", "FIXME", "XXX"]
        for file in Repository.sources {
            for (number, line) in file.lines.enumerated() {
                let place = "\(file.path):\(number + 1)"
                let found = line.split { !$0.isLetter && !$0.isNumber }.first(where: words.contains)
                #expect(found == nil, "\(place)")
                #expect(!line.contains("try!"), "\(place)")
                guard file.suffix == "swift" else { continue }
                for call in ["print", "debugPrint", "dump"] {
                    #expect(!Self.calls(call, in: line), "\(place): \(call)(")
                }
            }
        }
    }

    /// Whether `line` calls the free function `name`: not a method, not a part of a longer name.
    private static func calls(_ name: String, in line: Substring) -> Bool {
        var rest = line
        while let found = rest.range(of: name + "(") {
            let before = rest[..<found.lowerBound].last
            let isFree = before.map { !$0.isLetter && !$0.isNumber && !"._`".contains($0) } ?? true
            let isDeclared = rest[..<found.lowerBound].hasSuffix("func ")
            if isFree && !isDeclared { return true }
            rest = rest[found.upperBound...]
        }
        return false
    }

    @Test("a source file has at most 500 lines, and no name that says nothing")
    func filesAreSmallAndNamed() {
        let linesMax = 500
        for file in Repository.sources {
            #expect(file.lines.count <= linesMax, "\(file.path) has \(file.lines.count) lines")
            for word in ["util", "helper", "misc", "common"] {
                #expect(!file.name.lowercased().contains(word), "\(file.path)")
            }
        }
    }

    @Test("every module of Swift has a folder of tests")
    func everyModuleHasTests() {
        let tested = Set(
            Repository.files.filter { $0.path.hasPrefix("Tests/") && $0.suffix == "swift" }
                .compactMap(\.module))
        for module in Set(Repository.swiftSources.compactMap(\.module)) {
            let folder = module.prefix(1).uppercased() + module.dropFirst() + "Tests"
            #expect(tested.contains(Substring(folder)), "\(module) has no Tests/\(folder)")
        }
    }

    @Test("a type's name is used once, and is not the name of a module")
    func typeNamesAreUnique() {
        var owners: [Substring: Substring] = [:]
        for file in Repository.swiftSources {
            guard let module = file.module else { continue }
            for line in file.lines {
                guard let type = Self.declaredType(line) else { continue }
                #expect(
                    ImportTable.allowed[String(type)] == nil, "\(file.path): \(type) is a module")
                if let owner = owners.updateValue(module, forKey: type), owner != module {
                    Issue.record("\(type) is declared in \(owner) and in \(module)")
                }
            }
        }
    }

    /// The type that a line declares at the outermost level for others to see.
    private static func declaredType(_ line: Substring) -> Substring? {
        guard line.first.map({ $0.isLetter || $0 == "@" }) == true else { return nil }
        let before: Set<Substring> = [
            "public", "package", "internal", "final", "indirect", "nonisolated",
        ]
        var words = line.split(separator: " ")[...]
        while let word = words.first, word.hasPrefix("@") || before.contains(word) {
            words = words.dropFirst()
        }
        let kinds: Set<Substring> = ["struct", "class", "enum", "actor", "protocol"]
        guard let kind = words.popFirst(), kinds.contains(kind), let name = words.first else {
            return nil
        }
        return name.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    }
}
