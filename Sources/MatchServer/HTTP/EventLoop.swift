internal import CMicroHTTPD
internal import Glibc

/// One libmicrohttpd daemon, stopped when its owner lets go of it.
@safe struct DaemonHandle: ~Copyable {
    /// Memory of a connection for one request's headers and for pieces of its body.
    ///
    /// libmicrohttpd clears one and a half times as much for each request, which also drives what the
    /// decision needs out of the core's first cache. Headers with a gateway's token take about 2 KiB; this is
    /// enough for a single one of 11 KiB or for a hundred short ones.
    private static let poolBytes = 12 << 10

    let handle: OpaquePointer

    /// Starts a daemon whose callbacks get the worker; the owner keeps the worker alive.
    init(worker: Worker, connectionsMax: Int) throws(ServerError) {
        let closure = unsafe Unmanaged.passUnretained(worker).toOpaque()
        var callbacks = libraryCallbacks
        guard
            let handle = unsafe cmicrohttpd_start(
                &callbacks, closure, UInt32(connectionsMax), Self.poolBytes,
                worker.shared.conversation == nil ? 0 : 1)
        else { throw .eventLoop }
        unsafe self.handle = unsafe handle
    }

    deinit { unsafe MHD_stop_daemon(handle) }
}

/// An event loop on a thread of its own, with the worker that answers on it.
final class EventLoop: @unchecked Sendable {
    let worker: Worker
    /// Replaced only by `stop`, after the doorkeeper has stopped adding connections.
    private var daemon: DaemonHandle?

    init(worker: Worker) throws(ServerError) {
        self.worker = worker
        // One more than the doorkeeper ever admits, so that the library has no limit of its own.
        daemon = try DaemonHandle(
            worker: worker, connectionsMax: worker.shared.configuration.connectionsMax + 1)
    }

    /// Hands a connection over; false when the loop could not take it and has closed it.
    func add(_ accepted: AcceptedSocket) -> Bool {
        var address = accepted.address
        return unsafe withUnsafePointer(to: &address) { pointer in
            let raw = unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
            guard let handle = unsafe daemon?.handle else { return false }
            return unsafe MHD_add_connection(
                handle, accepted.descriptor, raw, accepted.addressBytes) == .YES
        }
    }

    /// Ends the loop, and what is still open with it.
    func stop() { daemon = nil }
}
