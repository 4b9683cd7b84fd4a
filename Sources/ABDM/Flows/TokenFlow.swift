public import Matcher

/// A patient's linking token, by which a facility links what it writes down later.
public struct LinkingToken: Equatable, Sendable {
    /// The facility that may use it.
    public var facility: String
    /// Whose records it links.
    public var address: PatientAddress
    /// The token itself; never shown.
    public var text: String
    /// Until when it is good.
    public var expires: WireTime
    /// Whether it is good for one request only, as those of v0.5 are.
    public var isSingleUse: Bool

    /// A token from its parts.
    public init(
        facility: String, address: PatientAddress, text: String, expires: WireTime,
        isSingleUse: Bool
    ) {
        self.facility = facility
        self.address = address
        self.text = text
        self.expires = expires
        self.isSingleUse = isSingleUse
    }
}

/// Our wish to be given a patient's linking token, as far as it has come.
public struct TokenQuest: Equatable, Sendable {
    /// Our id of it.
    public var id: String
    /// The facility that asks.
    public var facility: String
    /// Whose token.
    public var address: PatientAddress
    /// The protocol that it is asked in.
    public var version: WireVersion
    /// When nobody waits for an answer any longer.
    public var deadline: WireTime
    /// How many quests there have been for this token, this one included.
    public var tries = 1

    /// A quest from its parts.
    public init(
        id: String, facility: String, address: PatientAddress, version: WireVersion,
        deadline: WireTime
    ) {
        self.id = id
        self.facility = facility
        self.address = address
        self.version = version
        self.deadline = deadline
    }
}

/// A care context that a facility wrote down, to be linked by itself.
public struct NewRecord: Equatable, Sendable {
    /// Where a record stands, the farthest last.
    public enum State: String, CaseIterable, Comparable, Sendable {
        /// ABDM turned it down; it is tried again when it is sent again, or its patient registers or links anew.
        case refused
        /// It waits for the patient's address or linking token.
        case waiting
        /// The request to link it is under way.
        case asked
        /// It is linked.
        case linked

        /// Whether one has come less far than another.
        public static func < (one: State, other: State) -> Bool {
            allCases.firstIndex(of: one) ?? 0 < allCases.firstIndex(of: other) ?? 0
        }
    }

    /// What it is.
    public var context: OfferedContext
    /// Where it stands.
    public var state: State
    /// Whether it is asked for alone, because one of those it was asked for with is linked already.
    public var isAlone: Bool
    /// Why it was turned down last, for the facility's eyes; empty where it was not.
    public var problem: String

    /// A record from its parts.
    public init(
        context: OfferedContext, state: State = .waiting, isAlone: Bool = false,
        problem: String = ""
    ) {
        self.context = context
        self.state = state
        self.isAlone = isAlone
        self.problem = problem
    }
}

/// What a facility says that it wrote down: something new, or more of something that is linked already.
public struct RecordedContext: Equatable, Sendable {
    /// What it is.
    public var context: OfferedContext
    /// The day it is about, such as `2026-11-21`; nil where the facility does not say.
    public var day: String?
    /// The patient's mobile, where the facility says it; nil for the one in the patient's record.
    public var mobile: PhoneNumber?

    /// Something recorded, from its parts.
    public init(context: OfferedContext, day: String? = nil, mobile: PhoneNumber? = nil) {
        self.context = context
        self.day = day
        self.mobile = mobile
    }
}

/// What is done to get new records linked.
public enum NewRecordStep: Equatable, Sendable {
    /// Nothing: there is nothing to link, or an answer is awaited.
    case rest
    /// A linking token is asked for.
    case quest(OwnRequest)
    /// Records are linked together, by the token.
    case link([[OfferedContext]], token: LinkingToken)
}

/// New records: a token is got where there is none, and used.
public enum NewRecordFlow {
    /// A token is not used in its last minute.
    static let marginMilliseconds: Int64 = 60_000

    /// Decides what to do next for a patient's new records.
    ///
    /// - Parameters:
    ///   - records: those that wait.
    ///   - address: the patient's.
    ///   - claim: what the patient said of themselves.
    ///   - token: the linking token, if there is one.
    ///   - awaited: until when the answer to a question for one is awaited; nil where none was asked.
    ///   - version: the protocol that the facility speaks.
    ///   - now: the time.
    /// - Returns: what to do.
    public static func next(
        _ records: [NewRecord], of address: PatientAddress, claim: PatientClaim,
        token: LinkingToken?, awaited: WireTime?, version: WireVersion, now: WireTime
    ) -> NewRecordStep {
        let waiting = records.filter { $0.state == .waiting }
        guard !waiting.isEmpty else { return .rest }
        if let token, now.adding(milliseconds: marginMilliseconds) < token.expires {
            var batches = waiting.filter(\.isAlone).map { [$0.context] }
            let together = waiting.filter { !$0.isAlone }.map(\.context)
            batches += AnswerWriter.groups(together).map { Array($0.contexts) }
            // A token for one request links one batch; the next asks for its own.
            return .link(token.isSingleUse ? Array(batches.prefix(1)) : batches, token: token)
        }
        if let awaited, now < awaited { return .rest }
        let request: OwnRequest =
            switch version {
            case .gateway: .authentication(of: address)
            case .v3: .linkingToken(for: address, claim)
            }
        return .quest(request)
    }

    /// How long to wait before an update is sent once more, to which ABDM said that it came too soon.
    ///
    /// - Parameter attempts: how many have been answered so, from 1.
    /// - Returns: milliseconds; nil when it is enough.
    public static func updateWait(attempts: Int) -> Int64? {
        let waits: [Int64] = [5000, 15_000, 60_000]
        return waits.indices.contains(attempts - 1) ? waits[attempts - 1] : nil
    }

    /// Until when a token is good that does not say so itself: a day in v0.5, half a year in v3.
    public static func expiry(_ version: WireVersion, now: WireTime) -> WireTime {
        now.adding(days: version == .gateway ? 1 : 180)
    }
}
