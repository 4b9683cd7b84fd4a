/// Something that a desk is told about its counter's queue.
public struct DeskEvent: Equatable, Sendable {
    /// The kinds of happenings, by the names that streams and the ledger have for them.
    public enum Kind: String, CaseIterable, Sendable {
        /// A profile came, or came again.
        case profile
        /// A profile was given to a record.
        case registered
        /// A profile is gone with its patient, who left.
        case left
    }

    /// What happened.
    public enum Happening: Equatable, Sendable {
        /// A profile came, or came again: as it stands in the queue now.
        case profile(QueuedProfile)
        /// A profile was given to a record: as it stands in the queue now.
        case registered(QueuedProfile)
        /// The profile of this id is gone with its patient, who left; nothing else is known of it any more.
        case left(profileID: String)
    }

    /// Counts up through all facilities; no two are the same.
    public var id: Int64
    /// The facility of the counter.
    public var facility: String
    /// The counter.
    public var counter: String
    /// What happened.
    public var happening: Happening

    /// An event from its parts.
    public init(id: Int64, facility: String, counter: String, happening: Happening) {
        self.id = id
        self.facility = facility
        self.counter = counter
        self.happening = happening
    }

    /// The kind of what happened.
    public var kind: Kind {
        switch happening {
        case .profile: .profile
        case .registered: .registered
        case .left: .left
        }
    }

    /// The profile that it is about.
    public var profileID: String {
        switch happening {
        case .profile(let queued), .registered(let queued): queued.id
        case .left(let profileID): profileID
        }
    }
}
