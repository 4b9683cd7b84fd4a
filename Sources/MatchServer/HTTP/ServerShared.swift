internal import Index
internal import Synchronization

/// What the threads of one server share; all of it is safe to use from any.
final class ServerShared: Sendable {
    let configuration: ServerConfiguration
    /// nil where the server has no conversation with ABDM.
    let conversation: ConversationService?
    let facilities: FacilityList
    let snapshots: CurrentSnapshot
    let log: ServerLog
    let clock = CoarseClock()
    let table = ConnectionTable()
    let lingering = LingeringSockets()
    let budget: BodyBudget
    let libraryMessages = LibraryMessageGate()
    /// One for each event loop.
    let counters: [WorkerCounters]
    let isDraining = Atomic<Bool>(false)
    /// Whether a drain shall wait no longer.
    let isDrainOver = Atomic<Bool>(false)
    /// Connections cut in a drain because their request did not go on.
    let stalledConnections = Atomic<Int>(0)
    /// Connections that are set aside until their answer is there.
    let suspendedConnections = Atomic<Int>(0)
    let refusedConnections = Atomic<Int>(0)
    let expiredConnections = Atomic<Int>(0)

    init(
        configuration: ServerConfiguration, snapshots: CurrentSnapshot,
        conversation: ConversationService?, log: ServerLog
    ) {
        self.configuration = configuration
        self.conversation = conversation
        self.snapshots = snapshots
        self.log = log
        facilities = FacilityList(configuration.facilities)
        budget = BodyBudget(bytes: configuration.bufferedBytesMax)
        counters = (0..<configuration.threads).map { _ in WorkerCounters() }
    }
}
