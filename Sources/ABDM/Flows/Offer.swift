/// What was offered to a patient who looked for records: what they may link, and for how long.
public struct Offer: Equatable, Sendable {
    /// The facility that offered.
    public var facility: String
    /// The discovery that asked.
    public var transactionID: String
    /// Who asked; nobody else may take the offer up.
    public var address: PatientAddress
    /// Who they say to be.
    public var claim: PatientClaim
    /// Who was found, with the contexts that were offered.
    public var patient: FoundPatient
    /// Until when it holds.
    public var expires: WireTime
    /// Whether it was taken up; it can be once.
    public var isTaken: Bool

    /// An offer from its parts.
    public init(
        facility: String, transactionID: String, address: PatientAddress, claim: PatientClaim,
        patient: FoundPatient, expires: WireTime, isTaken: Bool = false
    ) {
        self.facility = facility
        self.transactionID = transactionID
        self.address = address
        self.claim = claim
        self.patient = patient
        self.expires = expires
        self.isTaken = isTaken
    }
}

/// A care context as links are remembered by it.
public struct ContextKey: Hashable, Sendable {
    /// The facility's id of the record that holds it.
    public var patientReference: String
    /// What the facility calls it.
    public var reference: String

    /// A key from its parts.
    public init(patientReference: String, reference: String) {
        self.patientReference = patientReference
        self.reference = reference
    }

    /// The key of an offered context.
    public init(_ context: OfferedContext) {
        self.init(patientReference: context.patientReference, reference: context.reference)
    }
}

/// What is done about a discovery.
public struct DiscoveryStep: Equatable, Sendable {
    /// The offer to keep; nil when nothing is offered.
    public var offer: Offer?
    /// The answer to send.
    public var answer: FlowAnswer
}

/// Discovery: what was found becomes an offer and an answer.
public enum DiscoveryFlow {
    /// Decides what a discovery is answered.
    ///
    /// - Parameters:
    ///   - discovery: what was asked and found.
    ///   - head: the callback's head.
    ///   - isKnown: whether the same transaction was decided before at the same facility, whatever was found.
    ///   - linked: what the address has linked at this facility.
    ///   - limits: how long the offer holds.
    ///   - now: the time.
    /// - Returns: the offer to keep and the answer.
    public static func answer(
        _ discovery: Discovery, head: CallbackHead, isKnown: Bool, linked: Set<ContextKey>,
        limits: FlowLimits, now: WireTime
    ) -> DiscoveryStep {
        let transaction = discovery.transactionID
        func fault(_ fault: AnswerFault) -> DiscoveryStep {
            DiscoveryStep(
                offer: nil, answer: .discovered(transactionID: transaction, .failure(fault)))
        }
        // A second offer under the same transaction could belong to somebody else; and who was not found may not try
        // other names under it.
        guard !isKnown else { return fault(.duplicateDiscovery) }
        switch discovery.finding {
        case .notFound: return fault(.patientNotFound)
        case .several: return fault(.severalPatients)
        case .noVerifiedIdentifier: return fault(.noVerifiedIdentifier)
        case .found(var patient):
            patient.contexts.removeAll { linked.contains(ContextKey($0)) }
            // v3 has no way to say "you, and nothing new"; to tell it from "not you" is nobody's business.
            if patient.contexts.isEmpty, head.path.version == .v3 { return fault(.patientNotFound) }
            return DiscoveryStep(
                offer: Offer(
                    facility: head.facility, transactionID: transaction,
                    address: discovery.address, claim: discovery.claim, patient: patient,
                    expires: now.adding(minutes: limits.offerMinutes)),
                answer: .discovered(transactionID: transaction, .success(patient)))
        }
    }
}
