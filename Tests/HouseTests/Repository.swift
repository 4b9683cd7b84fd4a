internal import Foundation

/// One text file of the repository.
struct RepositoryFile: Sendable {
    /// The path below the root, with slashes.
    let path: String
    /// The whole text.
    let text: String
    /// The lines without their ends; a last line without an end counts.
    let lines: [Substring]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        // By scalar: Swift sees a carriage return and a line feed as one character.
        var lines: [Substring] = []
        var start = text.startIndex
        while start < text.endIndex {
            let end = text.unicodeScalars[start...].firstIndex(of: "\n") ?? text.endIndex
            lines.append(text[start..<end])
            start = end < text.endIndex ? text.unicodeScalars.index(after: end) : end
        }
        self.lines = lines
    }

    /// The last part of the path.
    var name: Substring {
        path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    }

    /// What follows the last dot of the name; empty without one.
    var suffix: Substring {
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return name[name.index(after: dot)...]
    }

    /// The folder that a file below Sources or Tests belongs to: its module.
    var module: Substring? {
        let parts = path.split(separator: "/")
        return parts.count >= 3 && ["Sources", "Tests"].contains(parts[0]) ? parts[1] : nil
    }
}

/// The repository that these tests are a part of.
enum Repository {
    /// The root folder, found from this file's place.
    static let root: URL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every text file that is tracked, or would be with the next commit.
    static let files: [RepositoryFile] = (tracked() ?? walked()).sorted().compactMap { path in
        guard let data = try? Data(contentsOf: root.appending(path: path)),
            !data.contains(0), let text = String(data: data, encoding: .utf8)
        else { return nil }
        return RepositoryFile(path: path, text: text)
    }

    /// The files below Sources, of every language.
    static let sources: [RepositoryFile] = files.filter { $0.path.hasPrefix("Sources/") }

    /// The Swift files below Sources.
    static let swiftSources: [RepositoryFile] = sources.filter { $0.suffix == "swift" }

    /// What git says; nil where there is no git, or no repository of its own.
    private static func tracked() -> [String]? {
        let git = Process()
        let output = Pipe()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = [
            "git", "-C", root.path, "ls-files", "-z", "--cached", "--others", "--exclude-standard",
        ]
        git.standardOutput = output
        git.standardError = FileHandle.nullDevice
        guard (try? git.run()) != nil,
            let bytes = try? output.fileHandleForReading.readToEnd()
        else { return nil }
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { return nil }
        let paths = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return paths.contains("Package.swift") ? paths : nil
    }

    /// Every file below the root but what builds leave behind.
    private static func walked() -> [String] {
        let left: Set<Substring> = [".build", ".git", ".swiftpm", "dist", "Package.resolved"]
        guard let paths = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return paths.compactMap { $0 as? String }
            .filter { !$0.split(separator: "/").contains(where: left.contains) }
    }
}
