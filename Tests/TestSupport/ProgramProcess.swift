internal import Foundation
internal import Glibc
internal import Synchronization

/// A program that runs beside the test, with its streams in files, so that no pipe can fill up.
public final class ProgramProcess: Sendable {
    /// How a program ended.
    public enum End: Equatable, Sendable {
        /// By itself.
        case exit(Int32)
        /// By a signal.
        case signal(Int32)
    }

    private let folder: ProgramFolder
    private let process: pid_t

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: the program.
    ///   - arguments: without the program's name.
    ///   - input: the path of the file that is its standard input.
    ///   - environment: added to the test's own, which is passed on without `MILAAN_` variables.
    /// - Throws: `ProgramFailure`.
    public init(
        path: String, arguments: [String], input: String = "/dev/null",
        environment: [String: String] = [:]
    ) throws(ProgramFailure) {
        let folder = try ProgramFolder()
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let created = O_WRONLY | O_CREAT | O_TRUNC
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(
            &actions, STDOUT_FILENO, folder.file("stdout"), created, 0o600)
        unsafe posix_spawn_file_actions_addopen(
            &actions, STDERR_FILENO, folder.file("stderr"), created, 0o600)
        // Sockets of other tests would stay open as long as the program runs.
        for descriptor in (STDERR_FILENO + 1)..<Self.descriptorsEnd {
            unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        // The program shall find signals as a shell leaves them, whatever the test runner did.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var process = pid_t()
        let code = unsafe Self.withCStrings([path] + arguments) { arguments in
            unsafe Self.withCStrings(Self.variables(environment)) { variables in
                unsafe posix_spawn(&process, path, &actions, &attributes, arguments, variables)
            }
        }
        guard code == 0 else {
            if code == ENOENT { throw .notBuilt(path: path) }
            throw .system(call: "posix_spawn", errno: code)
        }
        self.folder = folder
        self.process = process
    }

    deinit {
        // Nothing of a test that broke off may live on; a process that was waited for is gone.
        if (try? end(withinSeconds: 0)) == nil {
            kill(process, SIGKILL)
            _ = waitpid(process, nil, 0)
        }
    }

    /// What it has written on its standard output until now.
    public var output: [UInt8] { (try? folder.bytes("stdout")) ?? [] }

    /// What it has written on its error stream until now.
    public var errors: String { (try? folder.text("stderr")) ?? "" }

    /// Sends it a signal.
    public func send(_ signal: Int32) { kill(process, signal) }

    /// Waits until it has ended.
    ///
    /// - Throws: `ProgramFailure.tooLate`.
    public func end(withinSeconds seconds: Double = 60) throws(ProgramFailure) -> End {
        let recorded = ended.withLock { $0 }
        if let recorded { return recorded }
        var status: Int32 = 0
        var left = Int(seconds * 1000)
        while case let result = unsafe waitpid(process, &status, WNOHANG), result != process {
            guard left > 0, result == 0 else { throw .tooLate(errors: errors) }
            usleep(2000)
            left -= 2
        }
        let signal = status & 0x7F
        let end = signal == 0 ? End.exit(status >> 8 & 0xFF) : End.signal(signal)
        ended.withLock { $0 = end }
        return end
    }

    /// Waits until its error stream holds a text.
    ///
    /// - Returns: what is there.
    /// - Throws: `ProgramFailure.tooLate`, also when it ends before.
    public func waitForErrors(
        containing text: String, withinSeconds seconds: Double = 30
    ) throws(ProgramFailure) -> String {
        for _ in 0..<Int(seconds * 200) {
            let isOver = (try? end(withinSeconds: 0)) != nil
            let errors = errors
            if errors.contains(text) { return errors }
            if isOver { break }
            usleep(5000)
        }
        throw .tooLate(errors: errors)
    }

    private let ended = Mutex<End?>(nil)

    /// Beyond every descriptor that is open now, with room for some that are being opened.
    private static var descriptorsEnd: Int32 {
        var highest: Int32 = 255
        if let folder = unsafe opendir("/proc/self/fd") {
            while let entry = unsafe readdir(folder) {
                let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                highest = max(highest, Int32(name) ?? 0)
            }
            unsafe closedir(folder)
        }
        return min(highest + 64, Int32(sysconf(Int32(_SC_OPEN_MAX))))
    }

    private static func variables(_ added: [String: String]) -> [String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MILAAN_") }
            .merging(added) { $1 }.map { "\($0.key)=\($0.value)" }
    }

    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe body(&pointers)
    }
}
