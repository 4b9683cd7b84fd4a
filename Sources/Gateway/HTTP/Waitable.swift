internal import Glibc

/// A value that one thread at a time may use, and for whose change others may wait.
///
/// A POSIX mutex and condition, which the thread sanitizer knows.
@safe final class Waitable<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var value: Value

    init(_ value: sending Value) {
        self.value = value
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        _ = unsafe pthread_mutex_init(mutex, nil)
        unsafe changed = .allocate(capacity: 1)
        unsafe changed.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        _ = unsafe pthread_condattr_init(&attributes)
        _ = unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        _ = unsafe pthread_cond_init(changed, &attributes)
        _ = unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        _ = unsafe pthread_cond_destroy(changed)
        _ = unsafe pthread_mutex_destroy(mutex)
        unsafe changed.deallocate()
        unsafe mutex.deallocate()
    }

    /// Uses the value while no other thread can, and wakes nobody.
    func withLock<Answer>(_ use: (inout Value) -> Answer) -> Answer {
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        return use(&value)
    }

    /// Changes the value and wakes whoever waits for it.
    func update<Answer>(_ change: (inout Value) -> Answer) -> Answer {
        _ = unsafe pthread_mutex_lock(mutex)
        defer {
            _ = unsafe pthread_cond_broadcast(changed)
            _ = unsafe pthread_mutex_unlock(mutex)
        }
        return change(&value)
    }

    /// Waits until there is an answer.
    func wait<Answer>(_ take: (inout Value) -> Answer?) -> Answer {
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        while true {
            if let answer = take(&value) { return answer }
            _ = unsafe pthread_cond_wait(changed, mutex)
        }
    }

    /// Waits until there is an answer, at most until a moment of the monotonic clock.
    func wait<Answer>(
        untilMilliseconds deadline: UInt64, _ take: (inout Value) -> Answer?
    ) -> Answer? {
        var moment = timespec(
            tv_sec: Int(clamping: deadline / 1000), tv_nsec: Int(deadline % 1000) * 1_000_000)
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        while true {
            if let answer = take(&value) { return answer }
            if unsafe pthread_cond_timedwait(changed, mutex, &moment) == ETIMEDOUT {
                return take(&value)
            }
        }
    }
}

/// Milliseconds on the monotonic clock.
func monotonicMilliseconds() -> UInt64 {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) &* 1000 &+ UInt64(now.tv_nsec) / 1_000_000
}
