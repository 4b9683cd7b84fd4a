internal import ABDM
internal import Gateway
internal import Glibc
internal import Ledger

/// What is done with the result of a command, on the ledger's thread.
typealias LedgerCompletion = @Sendable (Result<LedgerReply, LedgerError>) -> Void

/// A ledger on a thread of its own: whatever has come while one transaction was written goes into the next.
@safe final class LedgerThread: @unchecked Sendable {
    /// Commands of one transaction.
    private static let batchMax = 256
    /// How long the thread waits before it looks whether something is due.
    private static let tickMilliseconds: UInt64 = 100

    // Everything below is used by whoever holds the mutex; the ledger by the thread alone.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var waiting: [(command: LedgerCommand, then: LedgerCompletion)] = []
    private var isStopping = false
    private var thread: pthread_t?
    private let ledger: LedgerBook
    private let clock: any GatewayClock
    private var onTick: (@Sendable () -> Void)?

    /// A thread that has not begun.
    init(_ ledger: sending LedgerBook, clock: any GatewayClock) {
        self.ledger = ledger
        self.clock = clock
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        _ = unsafe pthread_mutex_init(mutex, nil)
        unsafe condition = .allocate(capacity: 1)
        unsafe condition.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        _ = unsafe pthread_condattr_init(&attributes)
        _ = unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        _ = unsafe pthread_cond_init(condition, &attributes)
        _ = unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        _ = unsafe pthread_cond_destroy(condition)
        unsafe condition.deallocate()
        _ = unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// The time that commands are done at.
    var now: WireTime { WireTime(milliseconds: clock.unixMilliseconds) }

    /// Begins to work.
    ///
    /// - Parameter onTick: called some ten times a second on the thread, which it must not hold up.
    /// - Throws: `ServerError` where there can be no thread.
    func start(onTick: @escaping @Sendable () -> Void) throws(ServerError) {
        self.onTick = onTick
        var started = pthread_t()
        let context = unsafe Unmanaged.passRetained(self)
        let code = unsafe pthread_create(
            &started, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<LedgerThread>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw .system(call: "pthread_create", errno: code)
        }
        _ = unsafe pthread_mutex_lock(mutex)
        thread = started
        _ = unsafe pthread_mutex_unlock(mutex)
    }

    /// Hands a command over; after `stop` it fails at once.
    func submit(_ command: LedgerCommand, then: @escaping LedgerCompletion) {
        _ = unsafe pthread_mutex_lock(mutex)
        let isTaken = !isStopping
        if isTaken { waiting.append((command, then)) }
        _ = unsafe pthread_mutex_unlock(mutex)
        if isTaken {
            _ = unsafe pthread_cond_signal(condition)
        } else {
            then(.failure(.stopped))
        }
    }

    /// Does what has been handed over, and ends.
    func stop() {
        _ = unsafe pthread_mutex_lock(mutex)
        isStopping = true
        let thread = thread
        self.thread = nil
        _ = unsafe pthread_mutex_unlock(mutex)
        _ = unsafe pthread_cond_signal(condition)
        if let thread { _ = pthread_join(thread, nil) }
    }

    private func run() {
        var lastTick: UInt64 = 0
        while let batch = take() {
            if !batch.isEmpty {
                let results = ledger.perform(batch.map(\.command), now: now)
                for (item, result) in zip(batch, results) { item.then(result) }
            }
            let moment = Self.monotonicMilliseconds()
            if moment >= lastTick + Self.tickMilliseconds {
                lastTick = moment
                onTick?()
            }
        }
    }

    /// What is waiting, up to a batch, or nothing when a tick is due; nil when all is done.
    private func take() -> [(command: LedgerCommand, then: LedgerCompletion)]? {
        let deadline = Self.monotonicMilliseconds() + Self.tickMilliseconds
        var moment = timespec(
            tv_sec: Int(deadline / 1000), tv_nsec: Int(deadline % 1000) * 1_000_000)
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        while waiting.isEmpty {
            if isStopping { return nil }
            if unsafe pthread_cond_timedwait(condition, mutex, &moment) == ETIMEDOUT { return [] }
        }
        let batch = Array(waiting.prefix(Self.batchMax))
        waiting.removeFirst(batch.count)
        return batch
    }

    private static func monotonicMilliseconds() -> UInt64 { monotonicNanoseconds() / 1_000_000 }
}
