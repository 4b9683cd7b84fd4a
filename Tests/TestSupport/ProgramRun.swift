internal import Glibc

/// A program that was run to its end.
public struct ProgramRun: Sendable {
    /// How it ended.
    public let end: ProgramProcess.End
    /// What it wrote on its standard output.
    public let bytes: [UInt8]
    /// What it wrote on its error stream.
    public let errors: String

    /// The standard output as text.
    public var output: String { String(decoding: bytes, as: UTF8.self) }

    /// The lines of the standard output.
    public var lines: [Substring] {
        // By scalar: Swift sees a carriage return and a line feed as one character.
        output.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Substring($0) }.dropLast(output.isEmpty || output.hasSuffix("\n") ? 1 : 0)
    }
}

/// The program `milaan` as it was built together with the tests.
public enum MilaanProgram {
    /// Where it is: beside the tests.
    public static let path: String = programPath()

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - arguments: without the program's name.
    ///   - input: what its standard input holds.
    ///   - environment: added to the test's own.
    /// - Returns: how it ended, and what it wrote.
    /// - Throws: `ProgramFailure`.
    public static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) throws(ProgramFailure) -> ProgramRun {
        try run(path, arguments, input: Array(input.utf8), environment: environment)
    }

    /// Runs any program to its end.
    ///
    /// - Returns: how it ended, and what it wrote.
    /// - Throws: `ProgramFailure`.
    public static func run(
        _ path: String, _ arguments: [String], input: [UInt8] = [],
        environment: [String: String] = [:]
    ) throws(ProgramFailure) -> ProgramRun {
        let folder = try ProgramFolder()
        let file = try folder.write("stdin", input)
        let process = try ProgramProcess(
            path: path, arguments: arguments, input: file, environment: environment)
        let end = try process.end()
        return ProgramRun(end: end, bytes: process.output, errors: process.errors)
    }

    /// Starts it and leaves it running.
    ///
    /// - Returns: the process, which ends with its owner.
    /// - Throws: `ProgramFailure`.
    public static func start(
        _ arguments: [String], input: String = "/dev/null", environment: [String: String] = [:]
    ) throws(ProgramFailure) -> ProgramProcess {
        try ProgramProcess(
            path: path, arguments: arguments, input: input, environment: environment)
    }

    /// A file of the repository, by its path from the root.
    public static func repositoryFile(_ path: String, from file: String = #filePath) -> String {
        file.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/" + path
    }

    private static func programPath() -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe bytes.withUnsafeMutableBytes { raw in
            unsafe raw.baseAddress.map { unsafe readlink("/proc/self/exe", $0, raw.count) } ?? -1
        }
        let tests = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        return tests.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/milaan"
    }
}

/// A `milaan serve` that runs for one test.
public final class ProgramServer: Sendable {
    /// The program.
    public let process: ProgramProcess
    /// Where it listens.
    public let port: UInt16

    /// Starts it on a free port, and waits until it listens.
    ///
    /// - Throws: `ProgramFailure`.
    public init(
        _ arguments: [String], input: String = "/dev/null", environment: [String: String] = [:]
    ) throws(ProgramFailure) {
        process = try MilaanProgram.start(
            ["serve", "--listen", "127.0.0.1:0"] + arguments, input: input,
            environment: environment)
        let mark = "listening on http://127.0.0.1:"
        let errors = try process.waitForErrors(containing: mark)
        let digits = errors.split(separator: mark, maxSplits: 1).last?.prefix { $0.isNumber }
        guard let digits, let port = UInt16(digits) else { throw .tooLate(errors: errors) }
        self.port = port
    }

    /// Waits until patients are loaded.
    ///
    /// - Throws: `ProgramFailure`.
    public func waitUntilReady() throws(ProgramFailure) {
        _ = try process.waitForErrors(containing: "\nready\n")
    }

    /// Sends a request on a connection of its own.
    ///
    /// - Returns: the reply.
    /// - Throws: `HTTPConnection.Failure`.
    public func get(_ path: String) throws(HTTPConnection.Failure) -> HTTPReply {
        try requestOnce(port: port, "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close")
    }

    /// Sends a body on a connection of its own.
    ///
    /// - Parameters:
    ///   - path: of the route.
    ///   - body: as it is sent.
    ///   - headers: lines without their ends.
    /// - Returns: the reply.
    /// - Throws: `HTTPConnection.Failure`.
    public func post(
        _ path: String, _ body: String, headers: [String] = []
    ) throws(HTTPConnection.Failure) -> HTTPReply {
        let lines =
            [
                "POST \(path) HTTP/1.1", "Host: x", "Connection: close",
                "Content-Type: application/json", "Content-Length: \(body.utf8.count)",
            ] + headers
        return try requestOnce(port: port, lines.joined(separator: "\r\n"), body: body)
    }
}
