internal import Glibc
internal import Synchronization

/// The thread that accepts connections, hands them to the event loops, moves the clock, and ends
/// the connections that have used their time up.
///
/// The library could listen itself, but not stop listening while it serves: `MHD_quiesce_daemon`
/// races with its own event loops and aborts the process when it loses. This way the loops are
/// also balanced, and a connection too many gets an answer.
final class Doorkeeper: @unchecked Sendable {
    private enum Order: Int { case accept, drain, stop }

    private let shared: ServerShared
    private let loops: [EventLoop]
    private let order = Atomic<Int>(Order.accept.rawValue)
    /// Bytes written to one end wake the thread that polls the other.
    private let wake: WakePipe
    private let tickMilliseconds: UInt64
    private let patience: Patience
    private let busyReply = Refusal.tooManyConnections.wholeReply
    // These belong to the thread once it runs.
    private var listener: ListeningSocket?
    private var acceptsFromMilliseconds: UInt64 = 0
    private var nextSweepMilliseconds: UInt64 = 0
    private var drainsFromMilliseconds: UInt64?
    // This belongs to whoever starts and stops.
    private var thread: pthread_t?

    init(
        shared: ServerShared, listener: consuming ListeningSocket, loops: [EventLoop]
    ) throws(ServerError) {
        let requestMilliseconds = UInt64(shared.configuration.requestSeconds) * 1000
        let idleMilliseconds = UInt64(shared.configuration.idleSeconds) * 1000
        self.shared = shared
        self.listener = consume listener
        self.loops = loops
        tickMilliseconds = min(max(min(requestMilliseconds, idleMilliseconds) / 8, 20), 500)
        patience = Patience(
            requestMilliseconds: requestMilliseconds, idleMilliseconds: idleMilliseconds,
            tickMilliseconds: tickMilliseconds)
        wake = try WakePipe()
    }

    /// Starts the thread.
    func start() throws(ServerError) {
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(self)
        // The signals are for the threads of the program, not for this one.
        var all = sigset_t()
        var before = sigset_t()
        _ = unsafe sigfillset(&all)
        _ = unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        let result = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Doorkeeper>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        _ = unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
        guard result == 0 else {
            unsafe context.release()
            throw .system(call: "pthread_create", errno: result)
        }
        self.thread = thread
    }

    /// Accepts what waits, then no more, and ends the connections that have no request.
    func drain() { give(.drain) }

    /// Ends the thread and waits for its end.
    func stop() {
        give(.stop)
        if let thread { _ = pthread_join(thread, nil) }
        thread = nil
    }

    private func give(_ next: Order) {
        order.store(next.rawValue, ordering: .releasing)
        wake.signal()
    }

    private func run() {
        var isDraining = false
        while true {
            wait(isDraining: isDraining)
            let order = Order(rawValue: order.load(ordering: .acquiring)) ?? .stop
            isDraining = order == .drain
            let now = shared.clock.move()
            if now >= acceptsFromMilliseconds { accept(now) }
            switch order {
            case .accept: break
            case .drain:
                listener = nil
                shared.table.endIdle(nowMilliseconds: now, forMilliseconds: 100)
                endStalled(now)
            case .stop:
                listener = nil
                shared.lingering.closeAll()
                return
            }
            shared.lingering.service(nowMilliseconds: now)
            if now >= nextSweepMilliseconds {
                let count = shared.table.endExpired(nowMilliseconds: now, patience)
                shared.expiredConnections.add(count, ordering: .relaxed)
                nextSweepMilliseconds = now + tickMilliseconds
            }
        }
    }

    /// Waits for a connection, an order or the next tick.
    private func wait(isDraining: Bool) {
        let isBusy = isDraining || !shared.lingering.isEmpty
        let timeout = isBusy ? min(tickMilliseconds, 20) : tickMilliseconds
        let isAccepting = shared.clock.now >= acceptsFromMilliseconds
        let listening = isAccepting ? listener?.descriptor ?? -1 : -1
        var polled: [2 of pollfd] = [
            pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: listening, events: Int16(POLLIN), revents: 0),
        ]
        var span = polled.mutableSpan
        _ = unsafe span.withUnsafeMutableBufferPointer { buffer in
            unsafe poll(buffer.baseAddress, nfds_t(buffer.count), Int32(timeout))
        }
        wake.clear()
    }

    private func accept(_ now: UInt64) {
        guard let descriptor = listener?.descriptor else { return }
        do throws(AcceptedSocket.Failure) {
            // Not without end: a flood of connections shall not keep the clock from moving.
            for _ in 0..<256 { admit(try AcceptedSocket.next(on: descriptor), now) }
        } catch {
            switch error {
            case .none: break
            case .failed(let code):
                // Most likely no more descriptors: those who wait stay in the kernel's queue.
                acceptsFromMilliseconds = now + 100
                shared.log.write(.systemFailure(call: "accept4", errno: code))
            }
        }
    }

    private func endStalled(_ now: UInt64) {
        let start = drainsFromMilliseconds ?? now
        drainsFromMilliseconds = start
        let count = shared.table.endStalled(
            nowMilliseconds: now, since: start,
            forMilliseconds: UInt64(shared.configuration.drainStallSeconds) * 1000)
        shared.stalledConnections.add(count, ordering: .relaxed)
    }

    private func admit(_ accepted: AcceptedSocket, _ now: UInt64) {
        guard shared.table.admit(limit: shared.configuration.connectionsMax) else {
            shared.refusedConnections.add(1, ordering: .relaxed)
            sendAtOnce(busyReply, to: accepted.descriptor)
            shared.lingering.add(accepted.descriptor, nowMilliseconds: now)
            return
        }
        var quietest = loops[0]
        var fewest = Int.max
        for loop in loops {
            let count = loop.worker.connections.load(ordering: .relaxed)
            if count < fewest {
                fewest = count
                quietest = loop
            }
        }
        // Counted here and not by the loop, which may take a moment to see it.
        quietest.worker.connections.add(1, ordering: .relaxed)
        if !quietest.add(accepted) {
            quietest.worker.connections.subtract(1, ordering: .relaxed)
            shared.table.dismiss()
        }
    }
}
