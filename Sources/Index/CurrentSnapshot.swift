/// The one place where a new snapshot becomes visible.
public final class CurrentSnapshot: Sendable {
    private let slot = ThreadLock<Snapshot?>(nil)  // guards one reference, held for one load

    /// A place where nothing has been published yet.
    public init() {}

    /// The snapshot that a request which starts now shall see; nil until the first is published.
    public func read() -> Snapshot? { slot.withLock { $0 } }

    /// Makes a snapshot the one that every later `read` gives.
    public func publish(_ next: Snapshot) { slot.withLock { $0 = next } }
}
