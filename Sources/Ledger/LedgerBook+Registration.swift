public import ABDM

/// What a desk says about a shared profile: which record it belongs to.
public struct ProfileRegistration: Equatable, Sendable {
    /// The profile's id.
    public var profileID: String
    /// The facility that has it.
    public var facility: String
    /// The facility's id of the person: a new one's, or a returning one's.
    public var patientReference: String
    /// Whether the facility has a record of that id already.
    public var isRecorded: Bool
    /// The operator who answers for a returning person whom the data does not show to be the same; nil for none.
    public var vouchedBy: String?

    /// A registration from its parts.
    public init(
        profileID: String, facility: String, patientReference: String, isRecorded: Bool,
        vouchedBy: String? = nil
    ) {
        self.profileID = profileID
        self.facility = facility
        self.patientReference = patientReference
        self.isRecorded = isRecorded
        self.vouchedBy = vouchedBy
    }
}

/// What became of a registration.
public enum RegistrationOutcome: Equatable, Sendable {
    /// The address is the patient's from now on.
    case registered(QueuedProfile)
    /// There is no such profile.
    case unknownProfile
    /// The profile agrees with another record, which has to be meant, or answered for.
    case otherRecord
}

extension LedgerBook {
    /// Gives a shared profile's address to a record.
    func register(
        _ registration: ProfileRegistration, _ now: WireTime, _ entries: inout [OutboxEntry]
    ) throws(LedgerError) -> RegistrationOutcome {
        guard
            let queued = try tables.profile(
                id: registration.profileID, facility: registration.facility)
        else { return .unknownProfile }
        guard
            ProfileFlow.mayRegister(
                queued.profile, onto: registration.patientReference,
                isRecorded: registration.isRecorded, isOverride: registration.vouchedBy != nil)
        else { return .otherRecord }
        let patient = KnownPatient(
            facility: registration.facility, address: queued.profile.address,
            patientReference: registration.patientReference, claim: PatientClaim(queued.profile))
        try tables.insert(patient, proof: .desk, vouchedBy: registration.vouchedBy, now: now)
        try tables.insert(.registered, queued, now: now)
        try announce(
            .registered(
                queued, patientReference: registration.patientReference,
                isNew: !registration.isRecorded, vouchedBy: registration.vouchedBy),
            about: queued.profile.address, facility: registration.facility, now, &entries)
        try tables.wake(patient)
        try advance(patient, now, &entries)
        return .registered(queued)
    }
}
