/// Something that a desk is told about its counter's queue.
public struct DeskEvent: Equatable, Sendable {
    /// What happened.
    public enum Kind: String, CaseIterable, Sendable {
        /// A profile came, or came again.
        case profile
        /// A profile was given to a record.
        case registered
    }

    /// Counts up through all facilities; no two are the same.
    public var id: Int64
    /// What happened.
    public var kind: Kind
    /// The profile as it stands in the queue now.
    public var profile: QueuedProfile

    /// An event from its parts.
    public init(id: Int64, kind: Kind, profile: QueuedProfile) {
        self.id = id
        self.kind = kind
        self.profile = profile
    }
}
