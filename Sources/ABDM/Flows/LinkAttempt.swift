/// A patient's attempt to link what was offered: under way, done, or spent.
public struct LinkAttempt: Equatable, Sendable {
    /// Where an attempt stands.
    public enum Status: String, CaseIterable, Sendable {
        /// The one-time password is awaited.
        case challenged
        /// The links are saved.
        case confirmed
        /// It was typed wrongly too often.
        case exhausted
    }

    /// Our id of the attempt, which nobody can guess.
    public var linkReference: String
    /// The facility that offered.
    public var facility: String
    /// Who links.
    public var address: PatientAddress
    /// Who they say to be.
    public var claim: PatientClaim
    /// What is linked once the password is right.
    public var linking: LinkedContexts
    /// The keyed hash of the one-time password.
    public var otpHash: String
    /// Until when the password holds.
    public var expires: WireTime
    /// How many times it may still be typed.
    public var attemptsLeft: Int
    /// Where it stands.
    public var status: Status

    /// An attempt from its parts.
    public init(
        linkReference: String, facility: String, address: PatientAddress, claim: PatientClaim,
        linking: LinkedContexts, otpHash: String, expires: WireTime, attemptsLeft: Int,
        status: Status
    ) {
        self.linkReference = linkReference
        self.facility = facility
        self.address = address
        self.claim = claim
        self.linking = linking
        self.otpHash = otpHash
        self.expires = expires
        self.attemptsLeft = attemptsLeft
        self.status = status
    }
}

/// A one-time password for one attempt, from whoever has random numbers and a key.
public struct OneTimePassword: Equatable, Sendable {
    /// The id of the attempt, which nobody can guess.
    public var linkReference: String
    /// What the patient is sent: six digits.
    public var digits: String
    /// The keyed hash that is kept.
    public var hash: String

    /// A password from its parts.
    public init(linkReference: String, digits: String, hash: String) {
        self.linkReference = linkReference
        self.digits = digits
        self.hash = hash
    }
}

/// How many one-time passwords a mobile was sent, by all facilities together.
public struct PasswordCount: Equatable, Sendable {
    /// Within the last 60 minutes.
    public var lastHour: Int
    /// Within the last 24 hours.
    public var lastDay: Int

    /// A count from its parts.
    public init(lastHour: Int = 0, lastDay: Int = 0) {
        self.lastHour = lastHour
        self.lastDay = lastDay
    }
}

/// A short message to a patient's mobile.
public struct TextMessage: Equatable, Sendable {
    /// E.164 digits.
    public var mobile: UInt64
    /// The one-time password that it carries.
    public var digits: String
    /// How long the password holds, in minutes.
    public var minutes: Int

    /// A message from its parts.
    public init(mobile: UInt64, digits: String, minutes: Int) {
        self.mobile = mobile
        self.digits = digits
        self.minutes = minutes
    }

    /// A mobile with its middle hidden: the first two and the last two digits of the subscriber's number.
    ///
    /// - Parameter mobile: E.164 digits.
    /// - Returns: such as `98xxxxxx67`.
    public static func hint(of mobile: UInt64) -> String {
        let indian = 910_000_000_000...919_999_999_999
        let digits = String(indian.contains(Int(mobile)) ? mobile - 910_000_000_000 : mobile)
        return digits.prefix(2) + String(repeating: "x", count: max(0, digits.count - 4))
            + digits.suffix(2)
    }
}

/// A care context that became a patient's to read, and by what right.
public struct ContextLink: Equatable, Sendable {
    /// How a link came about.
    public enum Proof: String, CaseIterable, Sendable {
        /// The patient typed the one-time password that was sent to the mobile in the record.
        case password
        /// The facility linked it with the patient's linking token.
        case token
        /// The patient shared their profile at the desk, which registered it.
        case desk
    }

    /// The facility that keeps the record.
    public var facility: String
    /// Whose it is now to read.
    public var address: PatientAddress
    /// Which one.
    public var context: ContextKey
    /// By what right.
    public var proof: Proof

    /// A link from its parts.
    public init(facility: String, address: PatientAddress, context: ContextKey, proof: Proof) {
        self.facility = facility
        self.address = address
        self.context = context
        self.proof = proof
    }
}
