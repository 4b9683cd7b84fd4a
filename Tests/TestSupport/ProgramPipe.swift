internal import Glibc
internal import Synchronization

/// A named pipe that a program reads as a file, which lasts until the test closes it.
public final class NamedPipe: Sendable {
    /// Where it is.
    public let path: String
    private let folder: ProgramFolder
    /// The end that is written to; nil before the first write and after the end.
    private let descriptor = Mutex<Int32?>(nil)

    /// Makes the pipe; whoever opens it to read waits for what is written.
    ///
    /// - Throws: `ProgramFailure.system`.
    public init(in folder: ProgramFolder) throws(ProgramFailure) {
        let path = folder.file("pipe")
        guard unsafe mkfifo(path, 0o600) == 0 else {
            throw .system(call: "mkfifo", errno: errno)
        }
        self.path = path
        self.folder = folder
    }

    deinit { close() }

    /// Writes a text that is shorter than the pipe's buffer, once somebody reads.
    ///
    /// - Throws: `ProgramFailure`.
    public func write(_ text: String) throws(ProgramFailure) {
        let descriptor = try openEnd()
        let bytes = Array(text.utf8)
        guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw .system(call: "write", errno: errno)
        }
    }

    /// Ends what can be read.
    public func close() {
        if let descriptor = descriptor.withLock({ $0.take() }) { _ = Glibc.close(descriptor) }
    }

    private func openEnd() throws(ProgramFailure) -> Int32 {
        if let descriptor = descriptor.withLock({ $0 }) { return descriptor }
        // There is nothing to write to before the other side has opened its end.
        for _ in 0..<6000 {
            let opened = unsafe open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            if opened >= 0 {
                descriptor.withLock { $0 = opened }
                return opened
            }
            guard errno == ENXIO else { throw .system(call: "open", errno: errno) }
            usleep(5000)
        }
        throw .tooLate(errors: "")
    }
}
