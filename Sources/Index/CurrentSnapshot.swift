internal import Synchronization

/// The one place where a new snapshot becomes visible.
public final class CurrentSnapshot: Sendable {
    private let slot = ThreadLock<Snapshot?>(nil)  // guards one reference, held for one load
    /// Moved on behind every change of the slot, with its lock held.
    private let generation = Atomic<UInt64>(0)

    /// A place where nothing has been published yet.
    public init() {}

    /// The snapshot that a request which starts now shall see; nil until the first is published.
    public func read() -> Snapshot? { slot.withLock { $0 } }

    /// Makes a snapshot the one that every later `read` gives.
    public func publish(_ next: Snapshot) {
        slot.withLock { slot in
            slot = next
            generation.add(1, ordering: .releasing)
        }
    }

    /// What has been published last, if it is not what the caller has.
    fileprivate func readIfChanged(since known: inout UInt64) -> SnapshotLease?? {
        guard generation.load(ordering: .acquiring) != known else { return nil }
        return slot.withLock { slot in
            known = generation.load(ordering: .relaxed)
            return .some(slot.map(SnapshotLease.init))
        }
    }
}

/// A snapshot held on behalf of one thread.
///
/// Whoever passes the snapshot itself on counts references on one cache line together with all other
/// threads; a lease has a line of its own.
public final class SnapshotLease: Sendable {
    /// What is held.
    public let snapshot: Snapshot

    /// Holds a snapshot.
    public init(_ snapshot: Snapshot) { self.snapshot = snapshot }
}

/// One thread's way to the current snapshot, which writes to no memory that other threads use as long
/// as nothing new is published.
///
/// It keeps what it gave last until it is asked again after the next publication.
public struct SnapshotReader: ~Copyable {
    private let current: CurrentSnapshot
    private var lease: SnapshotLease?
    private var generation: UInt64 = 0

    /// A reader that has read nothing.
    public init(_ current: CurrentSnapshot) { self.current = current }

    /// The snapshot that a request which starts now shall see; nil until the first is published.
    public mutating func read() -> SnapshotLease? {
        if let changed = current.readIfChanged(since: &generation) { lease = changed }
        return lease
    }
}
