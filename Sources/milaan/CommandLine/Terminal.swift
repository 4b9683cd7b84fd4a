internal import Glibc

/// The two streams of a command: results on one, everything else on the other.
enum Terminal {
    /// Says on the standard error stream what went wrong.
    static func error(_ message: String) {
        note("milaan: " + message)
    }

    /// Says something on the standard error stream.
    static func note(_ message: String) {
        write(Array((message + "\n").utf8), to: STDERR_FILENO)
    }

    /// Prints a line of result.
    static func line(_ text: String) {
        write(Array((text + "\n").utf8), to: STDOUT_FILENO)
    }

    /// Prints bytes of result.
    static func write(_ bytes: Span<UInt8>) throws(CommandError) {
        let written = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe writeAll(buffer, to: STDOUT_FILENO)
        }
        guard written else { throw CommandError("cannot write the result: \(lastErrorText())") }
    }

    /// The operating system's words for the last failed call.
    static func lastErrorText() -> String {
        let code = errno
        return unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        _ = unsafe bytes.withUnsafeBufferPointer { buffer in unsafe writeAll(buffer, to: descriptor)
        }
    }

    private static func writeAll(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Bool
    {
        var offset = 0
        while offset < bytes.count {
            let count = unsafe Glibc.write(
                descriptor, bytes.baseAddress.map { unsafe $0 + offset }, bytes.count - offset)
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            offset += count
        }
        return true
    }
}
