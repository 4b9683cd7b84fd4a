/// What we answer to a callback, in the words of neither protocol.
public enum FlowAnswer: Equatable, Sendable {
    /// What was found; the contexts are not empty in v3.
    case discovered(transactionID: String, Result<FoundPatient, AnswerFault>)
    /// How the patient shows that they are the one whose records they want to link.
    case linkChallenged(transactionID: String, Result<LinkChallenge, AnswerFault>)
    /// What was linked.
    case linked(Result<LinkedContexts, AnswerFault>)
    /// That a profile has come, with the patient's place in the queue.
    case profileTaken(address: PatientAddress, Result<QueueTicket, AnswerFault>)
    /// That a patient's new status is known.
    case statusTaken
    /// That a patient's word is known, or is about nothing of ours.
    case authenticationTaken(isKnown: Bool)
}

/// A one-time password that is under way.
public struct LinkChallenge: Equatable, Sendable {
    /// Our id of the link request.
    public var linkReference: String
    /// Where the password went, with most digits hidden.
    public var hint: String
    /// Until when it holds.
    public var expires: WireTime

    /// A challenge from its parts.
    public init(linkReference: String, hint: String, expires: WireTime) {
        self.linkReference = linkReference
        self.hint = hint
        self.expires = expires
    }
}

/// Care contexts that a patient has linked.
public struct LinkedContexts: Equatable, Sendable {
    /// The facility's id of the person, as it was offered.
    public var patientReference: String
    /// What the person is shown.
    public var display: String
    /// What was linked.
    public var contexts: [OfferedContext]

    /// Linked contexts from their parts.
    public init(patientReference: String, display: String, contexts: [OfferedContext]) {
        self.patientReference = patientReference
        self.display = display
        self.contexts = contexts
    }
}

/// A place in the queue of a counter.
public struct QueueTicket: Equatable, Sendable {
    /// The counter that was scanned.
    public var counter: String
    /// Counts from 1 for each counter and day.
    public var number: Int
    /// How long a second scan gives the same number, in seconds.
    public var expirySeconds: Int

    /// A ticket from its parts.
    public init(counter: String, number: Int, expirySeconds: Int) {
        self.counter = counter
        self.number = number
        self.expirySeconds = expirySeconds
    }
}

/// Why an answer is an error; each has a code in both protocols.
///
/// The words are read by patients, and tell nothing of records that are not theirs.
public enum AnswerFault: Error, CaseIterable, Equatable, Sendable {
    case patientNotFound, severalPatients, noVerifiedIdentifier, duplicateDiscovery
    case unknownDiscovery, otherPatient, noContexts, contextsNotOffered, alreadyLinked
    case noMobile, tooManyPasswords
    case unknownLink, wrongPassword, passwordExpired, attemptsExhausted
    case intentNotSupported, profileIncomplete, unknownAuthentication

    /// The code of v0.5.
    public var gatewayCode: Int {
        switch self {
        case .patientNotFound: 3404
        case .severalPatients: 3403
        case .noVerifiedIdentifier: 3400
        case .duplicateDiscovery: 3409
        case .unknownDiscovery: 3407
        case .otherPatient: 3421
        case .noContexts: 3402
        case .contextsNotOffered: 3422
        case .alreadyLinked: 3420
        case .noMobile, .tooManyPasswords: 3501
        case .unknownLink: 3413
        case .wrongPassword: 3405
        case .passwordExpired: 3406
        case .attemptsExhausted: 3408
        case .intentNotSupported, .profileIncomplete, .unknownAuthentication: 3400
        }
    }

    /// The code of v3.
    public var v3Code: StaticString {
        switch self {
        case .patientNotFound, .severalPatients, .noVerifiedIdentifier: "ABDM-1010"
        case .duplicateDiscovery: "ABDM-1103"
        case .unknownDiscovery: "ABDM-1017"
        case .otherPatient: "ABDM-1060"
        case .noContexts, .contextsNotOffered: "ABDM-1057"
        case .alreadyLinked, .unknownLink: "ABDM-1056"
        case .noMobile: "ABDM-9999"
        case .tooManyPasswords: "ABDM-1022"
        case .wrongPassword, .passwordExpired, .attemptsExhausted: "ABDM-1035"
        case .intentNotSupported: "ABDM-1149"
        case .profileIncomplete: "ABDM-1102"
        case .unknownAuthentication: "ABDM-1052"
        }
    }

    /// The words that go with the code of a version.
    public func message(_ version: WireVersion) -> StaticString {
        switch self {
        case .patientNotFound: version == .v3 ? "Patient not found" : "No patient found"
        // v3 has no code of its own for these, and one code has one meaning.
        case .severalPatients: version == .v3 ? "Patient not found" : "Multiple patients found"
        case .noVerifiedIdentifier:
            version == .v3 ? "Patient not found" : "No verified identifier that can be looked up"
        case .duplicateDiscovery: "Discovery request already exists"
        case .unknownDiscovery: "Discovery request not found; please search again"
        case .otherPatient: "Patient reference is not the one that was offered"
        case .noContexts: "No care context was chosen"
        case .contextsNotOffered: "Care contexts are not those that were offered"
        case .alreadyLinked: "Care context has already been linked"
        case .noMobile: "The hospital has no mobile number to send an OTP to; please ask its desk"
        case .tooManyPasswords: "Too many OTP requests; please try again later"
        case .unknownLink: "No link request found"
        case .wrongPassword: "Incorrect OTP"
        case .passwordExpired: "OTP has expired"
        case .attemptsExhausted: "Too many incorrect OTPs; please search again"
        case .intentNotSupported: "This hospital's counter only takes shared profiles"
        case .unknownAuthentication: "No authentication request found"
        case .profileIncomplete: "The shared profile has no name or no ABHA address"
        }
    }
}
