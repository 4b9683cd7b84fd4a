internal import Glibc

/// A value that one thread at a time may use.
///
/// A POSIX mutex rather than `Synchronization.Mutex`: that one waits on a futex of its own, which
/// the thread sanitizer does not know, so that it would report every use of the value.
@safe package final class ThreadLock<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    /// A lock that nobody holds, round a value that nobody else has.
    package init(_ value: sending Value) {
        self.value = value
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        _ = unsafe pthread_mutex_init(mutex, nil)
    }

    deinit {
        _ = unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Uses the value while no other thread can.
    package func withLock<Result>(_ use: (inout Value) -> Result) -> Result {
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        return use(&value)
    }
}
