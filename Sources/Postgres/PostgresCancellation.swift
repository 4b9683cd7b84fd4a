internal import CPostgres

/// Stops the command that a session runs, from any thread.
@safe public final class PostgresCancellation: @unchecked Sendable {
    // libpq never changes a PGcancel after it was made, and documents PQcancel as thread-safe.
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe PQfreeCancel(handle) }

    /// Asks the server to stop; does not wait until it has.
    ///
    /// If a command is running it ends with `PostgresError.cancelled`, unless it ends by itself
    /// before; if none is running nothing happens. This opens a connection of its own and may block
    /// for as long as that takes.
    ///
    /// - Returns: whether the request was delivered.
    @discardableResult
    public func cancel() -> Bool {
        var complaint = [CChar](repeating: 0, count: 256)
        let capacity = Int32(complaint.count)
        return unsafe complaint.withUnsafeMutableBufferPointer { complaint in
            unsafe PQcancel(handle, complaint.baseAddress, capacity) == 1
        }
    }
}
