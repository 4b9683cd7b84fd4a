public import Matcher

/// What every callback says about itself, whatever it is for.
public struct CallbackHead: Equatable, Sendable {
    /// The facility it is for, from the header `X-HIP-ID`.
    public var facility: String
    /// The sender's id of the request, which our answer repeats.
    public var requestID: String
    /// The path it came on.
    public var path: CallbackPath
    /// When it was sent, as it says; nil where it does not.
    public var sentAt: WireTime?

    /// A head from its parts.
    public init(facility: String, requestID: String, path: CallbackPath, sentAt: WireTime?) {
        self.facility = facility
        self.requestID = requestID
        self.path = path
        self.sentAt = sentAt
    }
}

/// One callback of ABDM: the same value in both protocols.
public struct Callback: Equatable, Sendable {
    /// What it says about itself.
    public var head: CallbackHead
    /// What it asks for.
    public var event: CallbackEvent

    /// A callback from its parts.
    public init(head: CallbackHead, event: CallbackEvent) {
        self.head = head
        self.event = event
    }
}

/// What a callback asks for.
public enum CallbackEvent: Equatable, Sendable {
    /// A patient looks for records; the decision has been made.
    case discover(Discovery)
    /// A patient wants to link what was offered.
    case linkInit(LinkRequest)
    /// The consent manager says that what a patient chose cannot be linked; nobody waits for an answer.
    case linkRefused(transactionID: String)
    /// A patient types the one-time password.
    case linkConfirm(LinkConfirmation)
    /// A patient scanned a counter's code; the decision has been made.
    case profileShare(SharedProfile)
    /// A patient left ABDM, or came back.
    case statusNotify(PatientStatusChange)
    /// A patient was asked in their app to let us link, and has answered.
    case authenticationNotice(AuthenticationNotice)
    /// Something that we asked for is answered; nobody waits for an answer to that.
    case answered(OwnAnswer)
}

/// A discover request, and who was found.
public struct Discovery: Equatable, Sendable {
    /// Runs through discovery and link init.
    public var transactionID: String
    /// Who asks.
    public var address: PatientAddress
    /// Who they say to be.
    public var claim: PatientClaim
    /// Who was found.
    public var finding: DiscoveryFinding

    /// A discovery from its parts.
    public init(
        transactionID: String, address: PatientAddress, claim: PatientClaim,
        finding: DiscoveryFinding
    ) {
        self.transactionID = transactionID
        self.address = address
        self.claim = claim
        self.finding = finding
    }
}

/// Who belongs to a discover request.
public enum DiscoveryFinding: Equatable, Sendable {
    /// One person.
    case found(FoundPatient)
    /// Nobody, or nobody close enough: the two look alike.
    case notFound
    /// Several persons, and none clearly first.
    case several
    /// The request holds no verified identifier that can be looked up.
    case noVerifiedIdentifier
}

/// One person's records, as far as an answer and an offer need them.
public struct FoundPatient: Equatable, Sendable {
    /// The facility's id of the person.
    public var reference: String
    /// What the person is shown: the name that they gave themselves.
    public var display: String
    /// The care contexts, those that the source says are linked to this address already left out.
    public var contexts: [OfferedContext]
    /// The kinds of identifiers on which request and record agree.
    public var matchedBy: IdentifierKinds
    /// The mobile in the record, E.164 digits; nil where it has none.
    public var mobile: UInt64?
    /// Whether request and the record under `reference` both have a mobile, a gender, a year of birth and a name, and
    /// all four agree; known of shared profiles only.
    public var agreesFully: Bool

    /// A person from their parts.
    public init(
        reference: String, display: String, contexts: [OfferedContext],
        matchedBy: IdentifierKinds, mobile: UInt64?, agreesFully: Bool = false
    ) {
        self.reference = reference
        self.display = display
        self.contexts = contexts
        self.matchedBy = matchedBy
        self.mobile = mobile
        self.agreesFully = agreesFully
    }
}

/// One care context that may be linked.
public struct OfferedContext: Hashable, Sendable {
    /// The facility's id of the record that holds it; a person can have several.
    public var patientReference: String
    /// What the facility calls it.
    public var reference: String
    /// What the person is shown of it.
    public var display: String
    /// The kind of health information.
    public var hiType: HealthInformationType

    /// A care context from its parts.
    public init(
        patientReference: String, reference: String, display: String,
        hiType: HealthInformationType
    ) {
        self.patientReference = patientReference
        self.reference = reference
        self.display = display
        self.hiType = hiType
    }
}

/// What a patient chose to link.
public struct LinkRequest: Equatable, Sendable {
    /// The discovery that offered it.
    public var transactionID: String
    /// Who chose.
    public var address: PatientAddress
    /// The facility's id of the person, as it was offered; v3 can repeat it for each kind of information.
    public var patientReferences: [String]
    /// The chosen care contexts.
    public var contextReferences: [String]

    /// A request from its parts.
    public init(
        transactionID: String, address: PatientAddress, patientReferences: [String],
        contextReferences: [String]
    ) {
        self.transactionID = transactionID
        self.address = address
        self.patientReferences = patientReferences
        self.contextReferences = contextReferences
    }
}

/// The one-time password that a patient typed.
public struct LinkConfirmation: Equatable, Sendable {
    /// The link request it is for.
    public var linkReference: String
    /// What was typed; a number is padded to six digits.
    public var typed: String

    /// A confirmation from its parts.
    public init(linkReference: String, typed: String) {
        self.linkReference = linkReference
        self.typed = typed
    }
}

/// A patient who left ABDM, or came back.
public struct PatientStatusChange: Equatable, Sendable {
    /// What became of the patient's account.
    public enum Status: String, CaseIterable, Sendable {
        /// The account rests.
        case deactivated = "DEACTIVATED"
        /// It is used again.
        case reactivated = "REACTIVATED"
        /// It is gone.
        case deleted = "DELETED"
    }

    /// The account.
    public var address: PatientAddress
    /// What became of it.
    public var status: Status

    /// A change from its parts.
    public init(address: PatientAddress, status: Status) {
        self.address = address
        self.status = status
    }
}
