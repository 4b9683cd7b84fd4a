internal import Glibc

/// SIGTERM and SIGINT, taken by threads that wait for them instead of by a handler.
///
/// Blocked signals stay pending also in process 1 of a container, where the kernel drops those that would
/// only have ended the process.
struct StopSignals {
    private let set: sigset_t

    /// Blocks both signals for this thread and those it makes from now on.
    init() {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGTERM)
        unsafe sigaddset(&set, SIGINT)
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        self.set = set
    }

    /// Runs `first` on a thread of its own when one of the signals comes, and `second` on another
    /// at the next one, however long `first` takes.
    ///
    /// - Throws: `CommandError` when there can be no more threads.
    func watch(
        first: @escaping @Sendable () -> Void, second: @escaping @Sendable () -> Void
    ) throws(CommandError) -> JoinableThread {
        let signals = self
        return try JoinableThread {
            signals.wait()
            // Without a thread for it the second signal stays pending.
            let watching = try? JoinableThread {
                signals.wait()
                second()
            }
            first()
            // Not waited for: most often there is no second signal.
            watching?.detach()
        }
    }

    /// Waits until one of them comes.
    private func wait() {
        var set = set
        var number: Int32 = 0
        while unsafe sigwait(&set, &number) != 0 {}
    }
}

/// A thread of the operating system.
struct JoinableThread: ~Copyable {
    private let thread: pthread_t

    /// Starts it.
    ///
    /// - Throws: `CommandError` when there can be no more threads.
    init(_ body: @escaping @Sendable () -> Void) throws(CommandError) {
        let context = unsafe Unmanaged.passRetained(ThreadBody(body))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw CommandError("cannot start a thread: \(Terminal.text(ofError: code))")
        }
        self.thread = thread
    }

    /// Waits until it has ended.
    consuming func join() { _ = pthread_join(thread, nil) }

    /// Lets it go on by itself.
    consuming func detach() { _ = pthread_detach(thread) }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
