internal import Foundation
internal import Testing

@Suite("What a newcomer reads")
struct ReadmeTests {
    @Test("the README opens with the two commands, in its first block of code")
    func readmeOpensWithTwoCommands() throws {
        let readme = try #require(Repository.files.first { $0.path == "README.md" })
        let block = readme.lines.prefix(40).split(omittingEmptySubsequences: false) {
            $0.hasPrefix("```")
        }
        try #require(block.count >= 2, "no block of code in the first 40 lines")
        let commands = block[block.startIndex + 1]
        let demo = try #require(commands.firstIndex { $0.hasPrefix("make demo") })
        let test = try #require(commands.firstIndex { $0.hasPrefix("make test") })
        #expect(demo < test)
    }

    @Test("every make command of the README and of CONTRIBUTING exists")
    func commandsExist() throws {
        let makefile = try #require(Repository.files.first { $0.path == "Makefile" })
        for name in ["README.md", "CONTRIBUTING.md"] {
            let page = try #require(Repository.files.first { $0.path == name }, "\(name)")
            for line in page.lines where line.hasPrefix("make ") {
                let target = line.dropFirst(5).prefix { $0.isLetter || $0 == "-" }
                #expect(
                    makefile.lines.contains { $0.hasPrefix(target + ":") },
                    "\(name): make \(target)")
            }
        }
    }

    @Test("continuous integration runs the README's test command")
    func integrationRunsTheTestCommand() throws {
        let run = try #require(Repository.files.first { $0.path == ".ci/run" })
        #expect(run.lines.last { !$0.isEmpty } == "exec make test")
        let path = Repository.root.appending(path: run.path).path
        #expect(FileManager.default.isExecutableFile(atPath: path))
    }
}
