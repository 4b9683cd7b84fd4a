internal import Glibc

/// A value that the threads of a test share.
///
/// A POSIX mutex rather than `Synchronization.Mutex`, which the thread sanitizer does not know.
@safe public final class SharedValue<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    /// A value that nobody uses yet.
    public init(_ value: sending Value) {
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
    public func withLock<Answer>(_ use: (inout Value) -> Answer) -> Answer {
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        return use(&value)
    }
}
