public import ABDM
internal import Matcher

/// What became of a desk's wish to authenticate somebody.
public enum AuthenticationOutcome: Equatable, Sendable {
    /// It stands like this.
    case stands(DeskAuthentication)
    /// There is no such profile.
    case unknownProfile
    /// Nobody has begun one for this profile.
    case notBegun
    /// The facility's protocol has no such way.
    case noSuchWay
    /// No code is awaited.
    case noCodeAwaited
}

extension LedgerBook {
    /// Begins an authentication of a profile's person, or hands over the code that they said.
    func authenticate(
        _ step: DeskAuthenticationStep, profileID: String, facility: String, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) -> AuthenticationOutcome {
        guard let queued = try tables.profile(id: profileID, facility: facility) else {
            return .unknownProfile
        }
        let last = try authentication(of: queued)
        let mode: AuthenticationMode?
        switch step {
        case .code(let code):
            guard let last, let move = AuthenticationFlow.type(code, last, now: now) else {
                return .noCodeAwaited
            }
            try make(move, now, &entries)
            return .stands(move.authentication)
        case .askModes: mode = nil
        case .begin(let chosen): mode = chosen
        }
        let version = version(of: facility)
        // ABDM answers one request for a token, and blocks whoever asks for many.
        if version == .v3, let last, last.isOpen(at: now) { return .stands(last) }
        guard
            let move = AuthenticationFlow.begin(
                mode, queued, version, id: secrets.makeID(), now: now)
        else { return .noSuchWay }
        try make(move, now, &entries)
        return .stands(move.authentication)
    }

    /// Where the authentication of a profile's person stands.
    func authentication(
        profileID: String, facility: String
    ) throws(LedgerError) -> AuthenticationOutcome {
        guard let queued = try tables.profile(id: profileID, facility: facility) else {
            return .unknownProfile
        }
        return try authentication(of: queued).map { .stands($0) } ?? .notBegun
    }

    /// Until when the answer to an open authentication is awaited, for whoever would ask for a token beside it.
    func authenticationDeadline(
        of patient: KnownPatient, _ now: WireTime
    ) throws(LedgerError) -> WireTime? {
        let last = try tables.authentication(facility: patient.facility, address: patient.address)
        guard let last, last.isOpen(at: now) else { return nil }
        return last.deadline
    }

    /// Takes ABDM's answer in.
    func take(
        _ answer: OwnRequestAnswer, authentication id: String, facility: String, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        guard let open = try tables.authentication(id: id), open.facility == facility,
            let queued = try tables.profile(id: open.profileID, facility: facility),
            let move = AuthenticationFlow.take(
                answer, open, claim: PatientClaim(queued.profile), now: now)
        else { return }
        try make(move, now, &entries)
    }

    /// Takes the patient's word in; false where it is about nothing of ours.
    func take(
        _ notice: AuthenticationNotice, facility: String, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) -> Bool {
        guard
            let open = try tables.authentication(
                facility: facility, transactionID: notice.transactionID),
            let move = AuthenticationFlow.take(notice, open, now: now)
        else { return false }
        try make(move, now, &entries)
        return true
    }

    private func authentication(
        of queued: QueuedProfile
    ) throws(LedgerError) -> DeskAuthentication? {
        let last = try tables.authentication(
            facility: queued.facility, address: queued.profile.address)
        return last?.profileID == queued.id ? last : nil
    }

    private func make(
        _ move: AuthenticationMove, _ now: WireTime, _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        var authentication = move.authentication
        let facility = authentication.facility
        var known: ABHANumber?
        if let token = move.token {
            let queued = try tables.profile(id: authentication.profileID, facility: facility)
            known = queued?.profile.abhaNumber
            if known == nil {
                known = number(
                    try tables.patients(facility: facility, address: authentication.address))
            }
            let problem = claims(of: token).problem(
                facility: facility, address: authentication.address, number: known, now: now)
            if problem != nil { authentication.refuse(code: 0) }
        }
        let version = version(of: facility)
        try tables.put(authentication)
        if let request = move.request {
            if case .linkingToken = request {
                try tables.insertTokenRequest(
                    facility: facility, address: authentication.address, now: now)
            }
            let message = RequestWriter.message(
                request, version, facility: facility,
                subject: AnswerSubject.authentication(authentication.id).text)
            // Nobody waits at the desk for an answer that comes after the deadline.
            entries.append(
                try tables.insert(
                    message, now: now, leasedUntil: lease(now), for: authentication.address,
                    useBy: authentication.deadline))
        }
        guard let token = move.token else { return }
        try take(
            token, facility: facility, address: authentication.address, number: known,
            version: version, now, &entries)
    }

    /// What a token says of itself, and the message that brought it says of the token.
    private func claims(of token: GrantedToken) -> LinkingTokenClaims {
        var claims = secrets.tokenClaims(token.text)
        if let address = token.address { claims.addresses.append(address) }
        return claims
    }

    /// The ABHA number of the person who has an address; nil where none of the records under it knows it.
    func number(_ patients: [KnownPatient]) -> ABHANumber? {
        patients.lazy.compactMap(\.claim.abhaNumber).first
    }

    /// Keeps a linking token that came, and begins what waits for it.
    func take(
        _ token: GrantedToken, facility: String, address: PatientAddress, number: ABHANumber?,
        version: WireVersion, _ now: WireTime, _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        let patients = try tables.patients(facility: facility, address: address)
        let claims = claims(of: token)
        let problem = claims.problem(
            facility: facility, address: address, number: number, now: now)
        if let problem {
            // It is not kept: to use it could link one person's records to another.
            for patient in patients { try tables.refuseWaiting(patient, problem: problem) }
            return
        }
        try tables.put(
            LinkingToken(
                facility: facility, address: address, text: token.text,
                expires: claims.expires ?? NewRecordFlow.expiry(version, now: now),
                isSingleUse: version == .gateway))
        // Whatever else was asked for is answered by this one, too.
        if var quest = try tables.quest(facility: facility, address: address) {
            quest.deadline = now
            quest.tries = 0
            try tables.put(quest)
        }
        for patient in patients { try advance(patient, now, &entries) }
    }
}
