internal import Matcher

/// A profile that stands in a counter's queue.
public struct QueuedProfile: Equatable, Sendable {
    /// Our id of it.
    public var id: String
    /// The facility that was scanned.
    public var facility: String
    /// The day at the desk, such as `2026-11-21`.
    public var day: String
    /// Its number in the queue of counter and day.
    public var number: Int
    /// When it came, or came again.
    public var sharedAt: WireTime
    /// What was shared.
    public var profile: SharedProfile

    /// A queued profile from its parts.
    public init(
        id: String, facility: String, day: String, number: Int, sharedAt: WireTime,
        profile: SharedProfile
    ) {
        self.id = id
        self.facility = facility
        self.day = day
        self.number = number
        self.sharedAt = sharedAt
        self.profile = profile
    }
}

/// What is done about a shared profile.
public struct ProfileStep: Equatable, Sendable {
    /// The profile as it stands in the queue from now on; nil when it is turned down.
    public var queued: QueuedProfile?
    /// The answer to send.
    public var answer: FlowAnswer
}

/// Profile share: a scanned counter gives a place in its queue.
public enum ProfileFlow {
    /// Puts a profile into the queue of its counter.
    ///
    /// - Parameters:
    ///   - profile: what was shared.
    ///   - head: the callback's head.
    ///   - earlier: what the same address shared last at this facility's counter, if anything.
    ///   - lastNumber: the last number of counter and day; 0 before the first.
    ///   - makeID: a fresh id; asked only when it is needed.
    ///   - limits: how long a second scan gives the same number.
    ///   - now: the time.
    /// - Returns: what to keep and to send.
    public static func take(
        _ profile: SharedProfile, head: CallbackHead, earlier: QueuedProfile?, lastNumber: Int,
        makeID: () -> String, limits: FlowLimits, now: WireTime
    ) -> ProfileStep {
        func fault(_ fault: AnswerFault) -> ProfileStep {
            ProfileStep(
                queued: nil, answer: .profileTaken(address: profile.address, .failure(fault)))
        }
        guard profile.intent.isEmpty || profile.intent == "PROFILE_SHARE" else {
            return fault(.intentNotSupported)
        }
        guard !profile.name.isEmpty, !profile.address.text.isEmpty else {
            return fault(.profileIncomplete)
        }
        var queued: QueuedProfile
        let window = Int64(limits.queueTokenMinutes) * 60_000
        if let earlier, earlier.facility == head.facility,
            earlier.profile.counter == profile.counter, earlier.profile.address == profile.address,
            now.milliseconds - earlier.sharedAt.milliseconds < window,
            // A clock that was set back must not make a ticket hold for ever.
            now >= earlier.sharedAt
        {
            queued = earlier
            queued.profile = profile
        } else {
            queued = QueuedProfile(
                id: makeID(), facility: head.facility, day: now.indianDay,
                number: lastNumber + 1, sharedAt: now, profile: profile)
        }
        let left = queued.sharedAt.milliseconds + window - now.milliseconds
        let ticket = QueueTicket(
            counter: profile.counter, number: queued.number, expirySeconds: Int(left / 1000))
        return ProfileStep(
            queued: queued, answer: .profileTaken(address: profile.address, .success(ticket)))
    }

    /// Makes a profile that a desk has scanned one that can be registered.
    ///
    /// It has a queue of its own, so that it takes no number of those who wait, and nothing that was shared is
    /// replaced by a code that nobody has signed.
    ///
    /// - Parameters:
    ///   - profile: what was scanned.
    ///   - facility: whose desk it is.
    ///   - id: a fresh id.
    ///   - now: the time.
    /// - Returns: what to keep.
    public static func keep(
        _ profile: SharedProfile, facility: String, id: String, now: WireTime
    ) -> QueuedProfile {
        var profile = profile
        profile.counter = id
        return QueuedProfile(
            id: id, facility: facility, day: now.indianDay, number: 1, sharedAt: now,
            profile: profile)
    }

    /// Whether a profile's address may be given to a record.
    ///
    /// A returning person's only where the records say that it is this one, with mobile, gender, year of birth and name
    /// all there and agreeing; else an operator has to answer for it. So for a record that is there already and that
    /// the profile was not found under: one letter too many in a reference must not show one person another's records.
    ///
    /// - Parameters:
    ///   - profile: what was shared, and whom it was found to be.
    ///   - reference: the facility's id of the person.
    ///   - isRecorded: whether the facility has a record of that id already.
    ///   - isOverride: whether an operator answers for it.
    /// - Returns: whether it may.
    public static func mayRegister(
        _ profile: SharedProfile, onto reference: String, isRecorded: Bool, isOverride: Bool
    ) -> Bool {
        if isOverride { return true }
        switch profile.finding {
        case .found(let patient):
            return patient.reference == reference && patient.agreesFully
        case .notFound, .noVerifiedIdentifier: return !isRecorded
        case .several: return false
        }
    }
}
