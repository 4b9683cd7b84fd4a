internal import Glibc

/// The two streams of a command: results on one, everything else on the other.
enum Terminal {
    /// Says on the standard error stream what went wrong.
    static func error(_ message: String) {
        note("milaan: " + message)
    }

    /// Says something on the standard error stream.
    static func note(_ message: String) {
        let bytes = Array((message + "\n").utf8)
        // There is nobody left to tell when this fails.
        _ = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe writeAll(buffer, to: STDERR_FILENO)
        }
    }

    /// Prints a line of result.
    ///
    /// - Throws: `CommandError` when it cannot be written.
    static func line(_ text: String) throws(CommandError) {
        let bytes = Array((text + "\n").utf8)
        try write(bytes.span)
    }

    /// Prints bytes of result.
    ///
    /// - Throws: `CommandError` when they cannot be written.
    static func write(_ bytes: Span<UInt8>) throws(CommandError) {
        let written = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe writeAll(buffer, to: STDOUT_FILENO)
        }
        guard written else { throw CommandError("cannot write the result: \(lastErrorText())") }
    }

    /// The operating system's words for the last failed call.
    static func lastErrorText() -> String { text(ofError: errno) }

    /// The operating system's words for an error.
    static func text(ofError code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
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
