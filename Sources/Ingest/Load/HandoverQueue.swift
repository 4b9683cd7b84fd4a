internal import Glibc

/// Objects that one thread hands to another, in order; whoever takes one waits until there is one.
///
/// How many there can be is the users' business: those here send the same few round and round.
@safe final class HandoverQueue<Element: AnyObject>: @unchecked Sendable {
    // Everything below is used by whoever holds the mutex, and an element by whoever took it last.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var elements: [Element] = []
    private var isClosed = false

    /// A queue without elements.
    init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        _ = unsafe pthread_mutex_init(mutex, nil)
        unsafe condition = .allocate(capacity: 1)
        unsafe condition.initialize(to: pthread_cond_t())
        _ = unsafe pthread_cond_init(condition, nil)
    }

    deinit {
        _ = unsafe pthread_cond_destroy(condition)
        unsafe condition.deallocate()
        _ = unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Hands an element over; the caller has no use of it any more.
    func put(_ element: Element) {
        _ = unsafe pthread_mutex_lock(mutex)
        elements.append(element)
        _ = unsafe pthread_mutex_unlock(mutex)
        _ = unsafe pthread_cond_signal(condition)
    }

    /// Takes the element that was put first.
    ///
    /// - Returns: nil when there are none and no more will come.
    func take() -> Element? {
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        while elements.isEmpty, !isClosed { _ = unsafe pthread_cond_wait(condition, mutex) }
        return elements.isEmpty ? nil : elements.removeFirst()
    }

    /// Takes the element that was put last, which is most likely in the cache still.
    ///
    /// - Parameter waits: whether to wait for one where there is none.
    /// - Returns: nil when there are none, and no more will come or nobody wants to wait.
    func takeLast(waits: Bool) -> Element? {
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        while elements.isEmpty, !isClosed, waits {
            _ = unsafe pthread_cond_wait(condition, mutex)
        }
        return elements.popLast()
    }

    /// Says that nothing more will be put.
    func close() {
        _ = unsafe pthread_mutex_lock(mutex)
        isClosed = true
        _ = unsafe pthread_mutex_unlock(mutex)
        _ = unsafe pthread_cond_broadcast(condition)
    }
}
