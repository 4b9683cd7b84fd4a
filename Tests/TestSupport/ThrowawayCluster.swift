internal import Glibc

/// A PostgreSQL server for the tests of this process: started when first asked for, gone when the
/// process is.
///
/// `MILAAN_TEST_POSTGRES` may name another server's conninfo, whose role must be a superuser.
/// Without a server the tests are skipped, unless `MILAAN_REQUIRE_POSTGRES=1`: then they fail.
public enum ThrowawayCluster {
    /// Why a cluster could not be had.
    public struct Failure: Error, CustomStringConvertible {
        /// What the script said.
        public let description: String
    }

    /// Shown with skipped tests.
    public static let skipReason: String =
        "PostgreSQL is not installed: install it, or name a server in MILAAN_TEST_POSTGRES"

    /// Whether tests that need a server shall run.
    public static let isEnabled: Bool =
        environment("MILAAN_TEST_POSTGRES") != nil
        || environment("MILAAN_REQUIRE_POSTGRES") == "1"
        || succeeds("'\(script)' find")

    /// Whether the server was started here, so that its files can be looked at and its rules for
    /// logins are known.
    public static let isOurs: Bool = environment("MILAAN_TEST_POSTGRES") == nil

    /// How libpq reaches the server as a superuser.
    ///
    /// - Returns: a connection string in keywords.
    /// - Throws: `Failure` if there is no server and none can be started.
    public static func conninfo() throws -> String { try started.get() }

    private static let started: Result<String, Failure> = start()
    private static let script = scriptPath()
    private static let folder = makeFolder()

    private static func start() -> Result<String, Failure> {
        if let given = environment("MILAAN_TEST_POSTGRES") { return .success(given) }
        guard let folder else { return .failure(Failure(description: "no folder in /tmp")) }
        // The script watches this process too, for it may end without running exit handlers.
        let (output, status) = run("'\(script)' start '\(folder)' \(getpid()) 2>&1")
        guard status == 0 else {
            _ = unsafe rmdir(folder)
            return .failure(Failure(description: "scripts/postgres-cluster: \(output)"))
        }
        atexit { ThrowawayCluster.stop() }
        return .success(String(output.prefix { $0 != "\n" }))
    }

    private static func stop() {
        guard let folder else { return }
        _ = run("'\(script)' stop '\(folder)' 2>&1")
    }

    private static func succeeds(_ command: String) -> Bool {
        run(command + " >/dev/null 2>&1").status == 0
    }

    /// Runs a shell command and gives what it printed.
    private static func run(_ command: String) -> (output: String, status: Int32) {
        guard let stream = unsafe popen(command, "r") else { return ("", -1) }
        var output: [UInt8] = []
        while case let byte = unsafe fgetc(stream), byte != EOF { output.append(UInt8(byte)) }
        return (String(decoding: output, as: UTF8.self), unsafe pclose(stream))
    }

    private static func makeFolder() -> String? {
        var template = Array("/tmp/cluster-XXXXXX".utf8CString)
        return unsafe template.withUnsafeMutableBufferPointer { template in
            guard let path = template.baseAddress, unsafe mkdtemp(path) != nil else {
                return nil
            }
            return unsafe String(cString: path)
        }
    }

    private static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    private static func scriptPath(of file: String = #filePath) -> String {
        file.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
            + "/scripts/postgres-cluster"
    }
}
