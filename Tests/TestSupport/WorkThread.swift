internal import Glibc
internal import Synchronization

/// A thread that runs one piece of work and can be waited for.
///
/// Tasks share as many threads as there are cores; work that blocks on a socket needs its own.
public final class WorkThread<Result: Sendable>: Sendable {
    private let result = Mutex<Result?>(nil)
    private let thread = Mutex<pthread_t?>(nil)

    /// Starts the work; nil when there can be no more threads.
    public init?(_ work: @escaping @Sendable () -> Result) {
        let context = unsafe Unmanaged.passRetained(
            WorkThreadWork {
                let value = work()
                self.result.withLock { $0 = value }
            })
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<WorkThreadWork>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            return nil
        }
        self.thread.withLock { $0 = thread }
    }

    /// Waits for the end of the work, once.
    public func join() -> Result? {
        if let thread = thread.withLock({ $0.take() }) { _ = pthread_join(thread, nil) }
        return result.withLock { $0 }
    }
}

private final class WorkThreadWork: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
