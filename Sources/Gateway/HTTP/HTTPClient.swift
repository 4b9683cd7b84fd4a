internal import Glibc

/// Why there can be no client.
public enum HTTPClientError: Error, Equatable, Sendable {
    /// A limit is out of its range.
    case unsoundLimits
    /// The memory ran out, or libcurl cannot be made ready.
    case libraryUnavailable
    /// There can be no more threads, by the operating system's number.
    case noThread(errno: Int32)
}

/// Calls to other people's servers: many at a time, on one thread, over connections that are kept.
///
/// HTTP/2 where TLS offers it; certificates and names are checked; redirects are answers like any other.
/// No call is sent twice: where a kept connection ends without an answer, that is an error. Nothing is
/// logged.
public final class HTTPClient: CallSender, Sendable {
    private let intake = CallIntake()
    private let thread: Waitable<pthread_t?>

    /// Starts the thread.
    ///
    /// - Throws: `HTTPClientError`.
    public init(_ limits: HTTPClientLimits = HTTPClientLimits()) throws(HTTPClientError) {
        guard limits.isSound else { throw .unsoundLimits }
        guard let loop = TransferLoop(intake, limits) else { throw .libraryUnavailable }
        let context = unsafe Unmanaged.passRetained(LoopBody(loop))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                let body = unsafe Unmanaged<LoopBody>.fromOpaque(context).takeRetainedValue()
                blockSignals()
                body.loop.run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw .noThread(errno: code)
        }
        self.thread = Waitable(thread)
    }

    deinit { stop() }

    /// Hands a call over to the client's thread.
    ///
    /// - Parameters:
    ///   - call: sent once, or not at all.
    ///   - then: called once, on the client's thread, which every other call waits for meanwhile; at once
    ///     and on this thread where the call cannot be sent or the client has stopped.
    public func send(
        _ call: HTTPCall, then: @escaping @Sendable (Result<HTTPAnswer, TransportError>) -> Void
    ) {
        if let flaw = call.flaw { return then(.failure(.malformedCall(flaw))) }
        guard let destination = call.destination else {
            return then(.failure(.malformedCall(.url)))
        }
        let pending = PendingCall(
            call: call, destination: destination, sinceMilliseconds: monotonicMilliseconds(),
            then: then)
        if !intake.submit(pending) { then(.failure(.stopped(wasSent: false))) }
    }

    /// Ends every call that is under way with `stopped`, and waits for the thread's end.
    ///
    /// A second time does nothing. From within a `then` it does not wait.
    public func stop() {
        intake.stop()
        guard let thread = thread.withLock({ $0.take() }) else { return }
        if pthread_equal(thread, pthread_self()) != 0 {
            _ = pthread_detach(thread)
        } else {
            _ = pthread_join(thread, nil)
        }
    }
}

// Made on one thread and handed to another, once, before that one starts.
private final class LoopBody: @unchecked Sendable {
    let loop: TransferLoop

    init(_ loop: TransferLoop) { self.loop = loop }
}

/// Leaves every signal from outside to the program's other threads.
///
/// Above all SIGPIPE, which writing to a connection that has ended may raise. libcurl's own threads inherit
/// this. Signals that a fault of our own raises stay as they are.
private func blockSignals() {
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] {
        unsafe sigdelset(&signals, fault)
    }
    _ = unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
}
