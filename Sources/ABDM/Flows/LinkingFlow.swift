/// What is done about a request to link.
public struct LinkStartStep: Equatable, Sendable {
    /// The attempt to keep; nil when the request is turned down.
    public var attempt: LinkAttempt?
    /// Whether the offer is used up.
    public var takesOffer: Bool
    /// The message with the one-time password.
    public var message: TextMessage?
    /// The answer to send.
    public var answer: FlowAnswer
}

/// What is done about a typed one-time password.
public struct LinkConfirmStep: Equatable, Sendable {
    /// The attempt as it is from now on; nil when nothing about it changes.
    public var attempt: LinkAttempt?
    /// What is linked from now on.
    public var links: [ContextLink]
    /// The answer to send.
    public var answer: FlowAnswer
}

/// Linking: an offer is taken up, and proved by a one-time password.
public enum LinkingFlow {
    /// Checks what a patient chose against what was offered, and challenges them.
    ///
    /// - Parameters:
    ///   - request: what was chosen.
    ///   - head: the callback's head.
    ///   - offer: the offer of that transaction at that facility, if there is one.
    ///   - linked: what the address has linked at this facility.
    ///   - sent: how many passwords the record's mobile was sent already.
    ///   - makePassword: a fresh one; asked only when it is needed.
    ///   - limits: how long the password holds, and how many there may be.
    ///   - now: the time.
    /// - Returns: what to keep and to send.
    public static func start(
        _ request: LinkRequest, head: CallbackHead, offer: Offer?, linked: Set<ContextKey>,
        sent: PasswordCount, makePassword: () -> OneTimePassword, limits: FlowLimits, now: WireTime
    ) -> LinkStartStep {
        let choice = check(request, head: head, offer: offer, linked: linked, now: now)
        func fault(_ fault: AnswerFault) -> LinkStartStep {
            LinkStartStep(
                attempt: nil, takesOffer: false, message: nil,
                answer: .linkChallenged(
                    transactionID: request.transactionID, .failure(fault)))
        }
        switch choice {
        case .failure(let reason): return fault(reason)
        case .success(let (offer, contexts)):
            let patient = offer.patient
            guard let mobile = patient.mobile else { return fault(.noMobile) }
            guard sent.lastHour < limits.otpsPerHour, sent.lastDay < limits.otpsPerDay else {
                return fault(.tooManyPasswords)
            }
            let password = makePassword()
            let expires = now.adding(minutes: limits.otpMinutes)
            let attempt = LinkAttempt(
                linkReference: password.linkReference, facility: head.facility,
                address: request.address, claim: offer.claim,
                linking: LinkedContexts(
                    patientReference: patient.reference, display: patient.display,
                    contexts: contexts),
                otpHash: password.hash, expires: expires, attemptsLeft: limits.otpAttempts,
                status: .challenged)
            return LinkStartStep(
                attempt: attempt, takesOffer: true,
                message: TextMessage(
                    mobile: mobile, digits: password.digits, minutes: limits.otpMinutes),
                answer: .linkChallenged(
                    transactionID: request.transactionID,
                    .success(
                        LinkChallenge(
                            linkReference: password.linkReference,
                            hint: TextMessage.hint(of: mobile), expires: expires))))
        }
    }

    /// Checks a typed one-time password, and links.
    ///
    /// - Parameters:
    ///   - confirmation: what was typed, for which attempt.
    ///   - head: the callback's head.
    ///   - attempt: the attempt of that reference, if there is one.
    ///   - matches: whether a typed text has the hash, compared in constant time.
    ///   - now: the time.
    /// - Returns: what to keep and to send. A right password that comes again is answered as before.
    public static func confirm(
        _ confirmation: LinkConfirmation, head: CallbackHead, attempt: LinkAttempt?,
        matches: (_ hash: String, _ linkReference: String, _ typed: String) -> Bool, now: WireTime
    ) -> LinkConfirmStep {
        func fault(_ fault: AnswerFault, _ attempt: LinkAttempt? = nil) -> LinkConfirmStep {
            LinkConfirmStep(attempt: attempt, links: [], answer: .linked(.failure(fault)))
        }
        // Another facility's attempt is as unknown as none.
        guard var attempt, attempt.facility == head.facility else { return fault(.unknownLink) }
        switch attempt.status {
        case .exhausted: return fault(.attemptsExhausted)
        case .confirmed, .challenged:
            let isFirst = attempt.status == .challenged
            if isFirst, now >= attempt.expires { return fault(.passwordExpired) }
            guard attempt.attemptsLeft > 0 else { return fault(.attemptsExhausted) }
            guard matches(attempt.otpHash, attempt.linkReference, confirmation.typed) else {
                attempt.attemptsLeft -= 1
                // What is linked stays linked; but nobody may go on guessing who linked it.
                if attempt.attemptsLeft == 0, isFirst { attempt.status = .exhausted }
                return fault(.wrongPassword, attempt)
            }
            let answer = FlowAnswer.linked(.success(attempt.linking))
            guard isFirst else { return LinkConfirmStep(attempt: nil, links: [], answer: answer) }
            attempt.status = .confirmed
            let links = attempt.linking.contexts.map { context in
                ContextLink(
                    facility: attempt.facility, address: attempt.address,
                    context: ContextKey(context), proof: .password)
            }
            return LinkConfirmStep(attempt: attempt, links: links, answer: answer)
        }
    }

    private static func check(
        _ request: LinkRequest, head: CallbackHead, offer: Offer?, linked: Set<ContextKey>,
        now: WireTime
    ) -> Result<(Offer, [OfferedContext]), AnswerFault> {
        guard let offer, offer.facility == head.facility,
            offer.transactionID == request.transactionID, !offer.isTaken, now < offer.expires,
            offer.address == request.address
        else { return .failure(.unknownDiscovery) }
        guard !request.contextReferences.isEmpty else { return .failure(.noContexts) }
        // v3 may repeat the reference for each kind of information.
        guard !request.patientReferences.isEmpty,
            request.patientReferences.allSatisfy({ $0 == offer.patient.reference })
        else { return .failure(.otherPatient) }
        var chosen: [OfferedContext] = []
        var left = Dictionary(
            offer.patient.contexts.map { ($0.reference, $0) },
            uniquingKeysWith: { first, _ in first })
        for reference in request.contextReferences {
            // What was chosen once is not there a second time.
            guard let context = left.removeValue(forKey: reference) else {
                return .failure(.contextsNotOffered)
            }
            guard !linked.contains(ContextKey(context)) else { return .failure(.alreadyLinked) }
            chosen.append(context)
        }
        return .success((offer, chosen))
    }
}
