internal import ABDM
internal import Gateway
internal import Glibc
internal import Ledger

/// What is done with the result of a command, on the ledger's thread.
typealias LedgerCompletion = @Sendable (Result<LedgerReply, LedgerError>) -> Void

/// A ledger on a thread of its own: whatever has come while one transaction was written goes into the next.
///
/// A database can stand still for as long as it likes, and the thread with it. Whoever is awaited on a network is told
/// so after a while by a second thread; what was asked may be done all the same, so that it has to be something that
/// may be asked twice.
@safe final class LedgerThread: @unchecked Sendable {
    /// Commands of one transaction.
    private static let batchMax = 256
    /// How long the thread waits before it looks whether something is due.
    private static let tickMilliseconds: UInt64 = 100
    /// How long `stop` waits for what is under way.
    private static let stopMilliseconds: UInt64 = 15_000

    /// A command that was handed over.
    private final class Handed {
        let command: LedgerCommand
        let then: LedgerCompletion
        /// When somebody who waits for it is told that it takes too long; nil where nobody waits.
        let deadline: UInt64?
        /// Whether whoever waits has been told something.
        var isTold = false

        init(_ command: LedgerCommand, deadline: UInt64?, then: @escaping LedgerCompletion) {
            self.command = command
            self.deadline = deadline
            self.then = then
        }
    }

    // Everything below is used by whoever holds the mutex; the ledger by the thread alone.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private let ended: UnsafeMutablePointer<pthread_cond_t>
    private var waiting: [Handed] = []
    private var underWay: [Handed] = []
    private var isStopping = false
    private var hasEnded = false
    private var thread: pthread_t?
    private var watcher: pthread_t?
    private let stallMilliseconds: UInt64
    private let ledger: LedgerBook
    private let clock: any GatewayClock
    private var onTick: (@Sendable () -> Void)?
    private var onLate: (@Sendable (LedgerReply) -> Void)?

    /// A thread that has not begun.
    ///
    /// - Parameters:
    ///   - ledger: nobody else's.
    ///   - clock: what time it is.
    ///   - stallMilliseconds: after which whoever waits is told so: less than the gateway waits for an acknowledgement.
    init(
        _ ledger: sending LedgerBook, clock: any GatewayClock, stallMilliseconds: UInt64
    ) {
        self.stallMilliseconds = stallMilliseconds
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
        unsafe ended = .allocate(capacity: 1)
        unsafe ended.initialize(to: pthread_cond_t())
        _ = unsafe pthread_cond_init(ended, &attributes)
        _ = unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        _ = unsafe pthread_cond_destroy(condition)
        unsafe condition.deallocate()
        _ = unsafe pthread_cond_destroy(ended)
        unsafe ended.deallocate()
        _ = unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// The time that commands are done at.
    var now: WireTime { WireTime(milliseconds: clock.unixMilliseconds) }

    /// Begins to work.
    ///
    /// - Parameters:
    ///   - onTick: called some ten times a second on the thread, which it must not hold up.
    ///   - onLate: called on it with what a command gave after all, of which somebody was told that it takes too long.
    /// - Throws: `ServerError` where there can be no thread.
    func start(
        onTick: @escaping @Sendable () -> Void, onLate: @escaping @Sendable (LedgerReply) -> Void
    ) throws(ServerError) {
        self.onTick = onTick
        self.onLate = onLate
        try unsafe create(\.thread) { context in
            guard let context = unsafe context else { return nil }
            unsafe Unmanaged<LedgerThread>.fromOpaque(context).takeRetainedValue().run()
            return nil
        }
        try unsafe create(\.watcher) { context in
            guard let context = unsafe context else { return nil }
            unsafe Unmanaged<LedgerThread>.fromOpaque(context).takeRetainedValue().watch()
            return nil
        }
    }

    /// Begins a thread that keeps this object.
    private func create(
        _ place: ReferenceWritableKeyPath<LedgerThread, pthread_t?>,
        _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
    ) throws(ServerError) {
        var started = pthread_t()
        let context = unsafe Unmanaged.passRetained(self)
        let code = unsafe pthread_create(&started, nil, body, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw .system(call: "pthread_create", errno: code)
        }
        _ = unsafe pthread_mutex_lock(mutex)
        self[keyPath: place] = started
        _ = unsafe pthread_mutex_unlock(mutex)
    }

    /// Hands a command over; after `stop` it fails at once.
    ///
    /// - Parameters:
    ///   - command: what to do.
    ///   - isAwaited: whether somebody on a network waits, who is told `stalled` rather than nothing.
    ///   - then: called once, on the ledger's thread or the one that watches it, neither of which it may hold up.
    func submit(
        _ command: LedgerCommand, isAwaited: Bool = false, then: @escaping LedgerCompletion
    ) {
        let deadline = isAwaited ? Self.monotonicMilliseconds() + stallMilliseconds : nil
        _ = unsafe pthread_mutex_lock(mutex)
        let isTaken = !isStopping
        if isTaken { waiting.append(Handed(command, deadline: deadline, then: then)) }
        _ = unsafe pthread_mutex_unlock(mutex)
        if isTaken {
            _ = unsafe pthread_cond_signal(condition)
        } else {
            then(.failure(.stopped))
        }
    }

    /// Does what has been handed over, and ends; where the database stands still, it ends all the same.
    func stop() {
        _ = unsafe pthread_mutex_lock(mutex)
        isStopping = true
        let thread = thread
        let watcher = watcher
        self.thread = nil
        self.watcher = nil
        _ = unsafe pthread_cond_signal(condition)
        var moment = Self.moment(Self.monotonicMilliseconds() + Self.stopMilliseconds)
        while thread != nil, !hasEnded {
            if unsafe pthread_cond_timedwait(ended, mutex, &moment) == ETIMEDOUT { break }
        }
        let isJoined = hasEnded
        // The watcher ends with the thread, or because it is given up.
        hasEnded = true
        _ = unsafe pthread_mutex_unlock(mutex)
        _ = unsafe pthread_cond_broadcast(ended)
        if let thread { _ = isJoined ? pthread_join(thread, nil) : pthread_detach(thread) }
        if let watcher { _ = pthread_join(watcher, nil) }
    }

    private func run() {
        var lastTick: UInt64 = 0
        while let batch = take() {
            if !batch.isEmpty {
                let results = ledger.perform(batch.map(\.command), now: now)
                _ = unsafe pthread_mutex_lock(mutex)
                underWay = []
                let wereTold = batch.map(\.isTold)
                _ = unsafe pthread_mutex_unlock(mutex)
                for (index, result) in results.enumerated() {
                    if !wereTold[index] {
                        batch[index].then(result)
                    } else if case .success(let reply) = result {
                        onLate?(reply)
                    }
                }
            }
            let moment = Self.monotonicMilliseconds()
            if moment >= lastTick + Self.tickMilliseconds {
                lastTick = moment
                onTick?()
            }
        }
        _ = unsafe pthread_mutex_lock(mutex)
        hasEnded = true
        _ = unsafe pthread_mutex_unlock(mutex)
        _ = unsafe pthread_cond_broadcast(ended)
    }

    /// Tells those who have waited too long.
    private func watch() {
        _ = unsafe pthread_mutex_lock(mutex)
        while !hasEnded {
            var moment = Self.moment(Self.monotonicMilliseconds() + Self.tickMilliseconds)
            _ = unsafe pthread_cond_timedwait(ended, mutex, &moment)
            let now = Self.monotonicMilliseconds()
            let late = (underWay + waiting).filter { item in
                !item.isTold && item.deadline.map { $0 <= now } == true
            }
            guard !late.isEmpty else { continue }
            for item in late { item.isTold = true }
            waiting.removeAll { $0.isTold }
            _ = unsafe pthread_mutex_unlock(mutex)
            for item in late { item.then(.failure(.stalled)) }
            _ = unsafe pthread_mutex_lock(mutex)
        }
        _ = unsafe pthread_mutex_unlock(mutex)
    }

    /// What is waiting, up to a batch, or nothing when a tick is due; nil when all is done.
    private func take() -> [Handed]? {
        var moment = Self.moment(Self.monotonicMilliseconds() + Self.tickMilliseconds)
        _ = unsafe pthread_mutex_lock(mutex)
        defer { _ = unsafe pthread_mutex_unlock(mutex) }
        while waiting.isEmpty {
            if isStopping { return nil }
            if unsafe pthread_cond_timedwait(condition, mutex, &moment) == ETIMEDOUT { return [] }
        }
        let batch = Array(waiting.prefix(Self.batchMax))
        waiting.removeFirst(batch.count)
        underWay = batch
        return batch
    }

    private static func moment(_ milliseconds: UInt64) -> timespec {
        timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
    }

    private static func monotonicMilliseconds() -> UInt64 { monotonicNanoseconds() / 1_000_000 }
}
