internal import CCurl

/// The thread's work: takes calls from the intake, lets libcurl move them on, hands out what came.
///
/// Everything in it belongs to that one thread.
@safe final class TransferLoop {
    private let multi: MultiHandle
    private let intake: CallIntake
    private let limits: HTTPClientLimits
    private var queues: [String: DestinationQueue] = [:]
    /// By the address of its easy handle; libcurl has pointers into them.
    private var active: [UInt: Transfer] = [:]
    private var idle: [Transfer] = []
    private var nextExpiryMilliseconds: UInt64 = 0

    /// Handles that are kept for the next call, each some kilobytes.
    private static let idleMax = 64
    /// Connections that are kept, of all destinations.
    private static let connectionsKept = 256
    /// How long it sleeps when there are no calls; a new one wakes it.
    private static let idleMilliseconds: Int32 = 60_000
    /// How often it looks for calls whose time was up before their turn.
    private static let tickMilliseconds: Int32 = 100

    init?(_ intake: CallIntake, _ limits: HTTPClientLimits) {
        guard let multi = MultiHandle() else { return nil }
        multi.set(CURLMOPT_MAXCONNECTS, Self.connectionsKept)
        multi.set(CURLMOPT_MAX_HOST_CONNECTIONS, limits.concurrentMax)
        self.multi = multi
        self.intake = intake
        self.limits = limits
        intake.open(self.multi)
    }

    /// Runs until the intake says stop; every call has then had its answer.
    func run() {
        while true {
            let taken = intake.take()
            for call in taken.calls { enqueue(call) }
            if taken.isStopping { break }
            expireWaiting()
            multi.perform()
            finishEnded()
            multi.poll(milliseconds: queues.isEmpty ? Self.idleMilliseconds : Self.tickMilliseconds)
        }
        let late = intake.close()
        for call in late { call.then(.failure(.stopped(wasSent: false))) }
        endAll()
    }

    private func enqueue(_ call: PendingCall) {
        let waiting = queues[call.destination, default: DestinationQueue()].waitingCount
        let isFull =
            waiting >= limits.waitingMax
            && queues[call.destination, default: DestinationQueue()].active >= limits.concurrentMax
        guard !isFull else { return call.then(.failure(.tooManyWaiting)) }
        queues[call.destination, default: DestinationQueue()].append(call)
        startWaiting(at: call.destination)
    }

    /// Starts whom there is room for.
    private func startWaiting(at destination: String) {
        while let call = queues[destination]?.startNext(concurrentMax: limits.concurrentMax) {
            let left =
                limits.wholeMilliseconds - Int(monotonicMilliseconds() - call.sinceMilliseconds)
            guard left > limits.leastMilliseconds else {
                queues[destination]?.end()
                call.then(.failure(.timedOut(wasSent: false)))
                continue
            }
            guard let transfer = idle.popLast() ?? Transfer(),
                transfer.prepare(call, limits, wholeMilliseconds: left), multi.add(transfer.easy)
            else {
                queues[destination]?.end()
                call.then(
                    .failure(
                        .library(code: Int32(CURLE_OUT_OF_MEMORY.rawValue), wasSent: false)))
                continue
            }
            unsafe active[UInt(bitPattern: transfer.easy.pointer)] = transfer
        }
        if queues[destination]?.isIdle == true { queues[destination] = nil }
    }

    private func finishEnded() {
        var code = CURLE_OK
        while let easy = unsafe ccurl_next_done(multi.pointer, &code) {
            guard let transfer = active.removeValue(forKey: UInt(bitPattern: easy)) else {
                preconditionFailure("a transfer that nobody started")
            }
            // What libcurl knows of it is gone with the handle's next use, not with its removal.
            let outcome = transfer.outcome(code)
            multi.remove(transfer.easy)
            end(transfer, outcome)
        }
    }

    private func end(_ transfer: Transfer, _ outcome: Result<HTTPAnswer, TransportError>) {
        guard let pending = transfer.pending else { preconditionFailure("a transfer of no call") }
        transfer.clear()
        if idle.count < Self.idleMax { idle.append(transfer) }
        queues[pending.destination]?.end()
        pending.then(outcome)
        startWaiting(at: pending.destination)
    }

    /// Ends those whose time was up before it was their turn.
    private func expireWaiting() {
        let now = monotonicMilliseconds()
        guard now >= nextExpiryMilliseconds else { return }
        nextExpiryMilliseconds = now + UInt64(Self.tickMilliseconds)
        let patience = UInt64(limits.wholeMilliseconds - limits.leastMilliseconds)
        for destination in queues.keys {
            while let call = queues[destination]?.popExpired(
                now: now, patienceMilliseconds: patience)
            {
                call.then(.failure(.timedOut(wasSent: false)))
            }
        }
    }

    private func endAll() {
        for transfer in active.values {
            let wasSent = transfer.wasSent
            multi.remove(transfer.easy)
            transfer.pending?.then(.failure(.stopped(wasSent: wasSent)))
            transfer.clear()
        }
        active = [:]
        for destination in queues.keys {
            for call in queues[destination]?.removeWaiting() ?? [] {
                call.then(.failure(.stopped(wasSent: false)))
            }
        }
        queues = [:]
    }
}
