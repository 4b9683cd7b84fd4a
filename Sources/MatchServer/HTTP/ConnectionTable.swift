internal import Glibc
internal import Index
internal import Synchronization

/// How long a connection may stay in each phase, in milliseconds.
struct Patience: Sendable {
    let requestMilliseconds: UInt64
    let idleMilliseconds: UInt64
    /// How far a stamp may lag behind the clock.
    let tickMilliseconds: UInt64

    /// Whether a connection has used its time up.
    func isOver(_ phase: ConnectionPhase, ageMilliseconds age: UInt64) -> Bool {
        switch phase {
        case .fresh, .receiving, .replying: age > requestMilliseconds + tickMilliseconds
        case .idle: age > idleMilliseconds + tickMilliseconds
        }
    }
}

/// The connections that are open.
///
/// A socket is only shut down from outside its event loop while the table still has it, and it
/// leaves the table before it is closed: so its number cannot have come to mean another socket.
final class ConnectionTable: Sendable {
    private struct Slots {
        var records: [ConnectionRecord?] = []
        var free: [Int] = []
    }

    private let slots = ThreadLock(Slots())
    /// Connections accepted and not yet closed, those on their way to an event loop included.
    private let open = Atomic<Int>(0)

    var openCount: Int { open.load(ordering: .relaxed) }

    /// Counts a connection in, unless there are `limit` already.
    func admit(limit: Int) -> Bool {
        if open.load(ordering: .relaxed) >= limit { return false }
        open.add(1, ordering: .relaxed)
        return true
    }

    /// Counts one out that never reached an event loop.
    func dismiss() { open.subtract(1, ordering: .relaxed) }

    /// Keeps a record until it is removed.
    func insert(_ record: ConnectionRecord) {
        slots.withLock { slots in
            if let slot = slots.free.popLast() {
                record.slot = slot
                slots.records[slot] = record
            } else {
                record.slot = slots.records.count
                slots.records.append(record)
            }
        }
    }

    /// Lets go of a record and counts its connection out.
    func remove(_ record: ConnectionRecord) {
        slots.withLock { slots in
            slots.records[record.slot] = nil
            slots.free.append(record.slot)
        }
        open.subtract(1, ordering: .relaxed)
    }

    /// The records that are wanted; of one that belongs to another loop only its constants may be looked at.
    func records(where isWanted: (ConnectionRecord) -> Bool) -> [ConnectionRecord] {
        slots.withLock { slots in
            slots.records.compactMap { record in record.flatMap { isWanted($0) ? $0 : nil } }
        }
    }

    /// Ends the connections whose time is up.
    ///
    /// - Returns: how many.
    func endExpired(nowMilliseconds now: UInt64, _ patience: Patience) -> Int {
        shutDown(SHUT_RDWR) { record in
            let stamped = record.stamped
            let age = now > stamped.milliseconds ? now - stamped.milliseconds : 0
            // The kernel buffers megabytes: the loop may have nothing to do for longer than a
            // request may take while the client is reading all the time.
            if stamped.phase == .replying, age > patience.requestMilliseconds / 2 {
                let untaken = untakenBytes(of: record.socket)
                if untaken < record.untakenBytes && record.untakenBytes != .max {
                    record.restamp(stamped, now)
                }
                record.untakenBytes = untaken
            } else {
                record.untakenBytes = .max
            }
            return patience.isOver(stamped.phase, ageMilliseconds: age)
                && isUnmoved(record, stamped)
        }
    }

    /// Ends the connections that have had no request for a while; what the client has already sent
    /// is still read and answered.
    func endIdle(nowMilliseconds now: UInt64, forMilliseconds age: UInt64) {
        _ = shutDown(SHUT_RD) { record in
            let (phase, stamp) = record.stamped
            return (phase == .fresh || phase == .idle) && now >= stamp + age
        }
    }

    /// Ends the connections with a request that is not complete and has not gone on since `start` and for
    /// a while; what the client has already sent is still read, and answered if it is enough.
    ///
    /// - Returns: how many, each once.
    func endStalled(
        nowMilliseconds now: UInt64, since start: UInt64, forMilliseconds age: UInt64
    ) -> Int {
        shutDown(SHUT_RD) { record in
            let (phase, stamp) = record.stamped
            guard phase == .receiving, !record.isStalled, now >= max(stamp, start) + age else {
                return false
            }
            record.isStalled = true
            return true
        }
    }

    /// Ends all that are open.
    func endAll() { _ = shutDown(SHUT_RDWR) { _ in true } }

    private func isUnmoved(
        _ record: ConnectionRecord, _ stamped: (phase: ConnectionPhase, milliseconds: UInt64)
    ) -> Bool {
        record.stamped == stamped
    }

    /// Bytes sent that the client's kernel has not acknowledged.
    private func untakenBytes(of socket: Int32) -> Int32 {
        var bytes: Int32 = 0
        return unsafe ioctl(socket, UInt(TIOCOUTQ), &bytes) == 0 ? bytes : 0
    }

    private func shutDown(_ how: Int, where isDue: (ConnectionRecord) -> Bool) -> Int {
        slots.withLock { slots in
            var count = 0
            for record in slots.records {
                guard let record, isDue(record) else { continue }
                _ = shutdown(record.socket, Int32(how))
                count += 1
            }
            return count
        }
    }
}
