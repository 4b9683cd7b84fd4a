public import ABDM

/// Where fresh ids and passwords come from, and how a typed one is checked.
public struct LedgerSecrets: Sendable {
    let makeID: @Sendable () -> String
    let makePassword: @Sendable () -> OneTimePassword
    let matches: @Sendable (_ hash: String, _ linkReference: String, _ typed: String) -> Bool
    let hashMobile: @Sendable (_ mobile: UInt64) -> String
    let tokenClaims: @Sendable (_ token: String) -> LinkingTokenClaims

    /// A source from its parts.
    ///
    /// - Parameters:
    ///   - makeID: an id that nobody can guess, never the same twice.
    ///   - makePassword: six digits at random, with their keyed hash and an id as above.
    ///   - matches: whether a typed text has the hash, compared in constant time.
    ///   - hashMobile: the keyed hash of a mobile's E.164 digits, by which its passwords are counted; the same one each
    ///     time.
    ///   - tokenClaims: what a linking token says of itself.
    public init(
        makeID: @escaping @Sendable () -> String,
        makePassword: @escaping @Sendable () -> OneTimePassword,
        matches:
            @escaping @Sendable (
                _ hash: String, _ linkReference: String, _ typed: String
            ) -> Bool,
        hashMobile: @escaping @Sendable (_ mobile: UInt64) -> String,
        tokenClaims: @escaping @Sendable (_ token: String) -> LinkingTokenClaims = { _ in
            LinkingTokenClaims()
        }
    ) {
        self.makeID = makeID
        self.makePassword = makePassword
        self.matches = matches
        self.hashMobile = hashMobile
        self.tokenClaims = tokenClaims
    }

    /// For whoever only looks and wakes: no password matches, and there is none to make.
    public static let none = LedgerSecrets(
        makeID: { "" },
        makePassword: { OneTimePassword(linkReference: "", digits: "", hash: "") },
        matches: { _, _, _ in false }, hashMobile: { _ in "" })
}

/// One thing to do with a ledger: all of it happens, or nothing.
public enum LedgerCommand: Sendable {
    /// Takes a callback in: state and answer are written together, once for each request id.
    case receive(Callback)
    /// Takes messages that are due: those for one base, or for all.
    case claim(max: Int, base: GatewayPath.Base? = nil)
    /// Takes in what a facility wrote down: what is new is linked by itself, of what is linked the patient is told.
    ///
    /// Those of `inviting` who have no address are told of it, if they have not been for a while.
    case record(facility: String, [RecordedContext], inviting: [RecordInvitation] = [])
    /// Asks which of some patients have no address and may be told of a new record.
    case uninvited(facility: String, patientReferences: [String])
    /// Says whose record a shared profile belongs to.
    case register(ProfileRegistration)
    /// Keeps what a desk has scanned, so that it can be registered; it stands in no counter's queue.
    case keep(facility: String, SharedProfile)
    /// Says under which request id something is about to be asked for.
    ///
    /// Where the message of that number does not wait any more, it must not be sent.
    case trying(requestID: String, facility: String, subject: String, message: Int64? = nil)
    /// Makes every message that waits due: for the start of a program, whose predecessor may have ended in the middle
    /// of its tries. Where another program uses the ledger, some of its messages go out twice.
    case recover
    /// Writes down how a try ended.
    case settle(OutboxSettlement)
    /// Gives messages back that were taken and not tried: they are due again.
    case giveBack([Int64])
    /// Wakes dead messages: one, or all.
    case revive(id: Int64?)
    /// Lists messages in a state.
    case list(OutboxLine.State, max: Int)
    /// Lists a counter's queue of today.
    case queue(facility: String, counter: String)
    /// Begins an authentication of a profile's person, or hands over the code that they said.
    case authenticate(DeskAuthenticationStep, profileID: String, facility: String)
    /// Tells where the authentication of a profile's person stands.
    case authentication(profileID: String, facility: String)
    /// Tells what happened at all counters behind a number, or only the last number.
    case deskEvents(after: Int64?, max: Int)
    /// Tells what happened at one counter today behind a number.
    case deskBacklog(facility: String, counter: String, after: Int64, max: Int)
    /// Forgets what nobody can ask for any more, and takes up again what nobody answered.
    case purge
    /// Takes up again what nobody answered: a little of it, whoever waited longest first.
    case resume
}

/// What a command gives.
public enum LedgerReply: Equatable, Sendable {
    /// Messages that the caller sends now.
    case toSend([OutboxEntry])
    /// A patient left: messages that the caller sends now, and numbers of those that it must not send any more.
    case forgotten([OutboxEntry], cancelled: [Int64])
    /// The message must not be sent any more.
    case cancelled
    /// The callback has been taken in before.
    case repeated
    /// So many messages were woken.
    case revived(Int)
    /// Messages, without their bodies.
    case listed([OutboxLine])
    /// A counter's queue, or the one profile that was kept.
    case queue([QueuedProfile])
    /// Where each new record stands, and the messages that the caller sends now.
    case recorded([NewRecord], [OutboxEntry])
    /// What became of a registration, and the messages that the caller sends now.
    case registered(RegistrationOutcome, [OutboxEntry])
    /// Some of the patients that were asked about.
    case patients([String])
    /// Where an authentication stands, and the messages that the caller sends now.
    case authentication(AuthenticationOutcome, [OutboxEntry])
    /// What happened at counters; nothing up to `through` is missing.
    case deskEvents([DeskEvent], through: Int64)
    /// It is done.
    case done
}

/// What was promised to whom: offers, attempts, links, queues, and the messages that are still to be sent.
///
/// Everything that is done with it is in order, one transaction after the other; it belongs to one thread.
public final class LedgerBook {
    /// How long a message belongs to whoever took it, unless they say before what became of it.
    public static let leaseMilliseconds: Int64 = 30_000

    let tables: LedgerTables
    let secrets: LedgerSecrets
    let patience: LedgerPatience
    private let limits: FlowLimits
    private let versions: [String: WireVersion]
    private let names: [String: String]
    /// Whether somebody wants to hear of what happened.
    let announces: Bool

    /// Opens a ledger, and makes or brings up to date its tables.
    ///
    /// - Parameters:
    ///   - place: where it is kept.
    ///   - secrets: ids and passwords.
    ///   - seal: how personal data is hidden where it rests.
    ///   - limits: how long promises hold.
    ///   - versions: the protocol in which each facility makes its own requests; v0.5 for any other.
    ///   - names: what patients call each facility; its id for any other.
    ///   - announces: whether to write announcements for a webhook down.
    ///   - patience: when it asks again, and when it gives up.
    /// - Throws: `LedgerError`.
    public convenience init(
        _ place: LedgerPlace, secrets: LedgerSecrets, seal: LedgerSeal = .plain,
        limits: FlowLimits = FlowLimits(), versions: [String: WireVersion] = [:],
        names: [String: String] = [:], announces: Bool = false,
        patience: LedgerPatience = LedgerPatience()
    ) throws(LedgerError) {
        try self.init(
            place, secrets: secrets, seal: seal, limits: limits, versions: versions, names: names,
            announces: announces, patience: patience, beforeStatement: nil)
    }

    /// The same with a hook before each statement, for tests that end the world there.
    package init(
        _ place: LedgerPlace, secrets: LedgerSecrets, seal: LedgerSeal, limits: FlowLimits,
        versions: [String: WireVersion] = [:], names: [String: String] = [:],
        announces: Bool = false, patience: LedgerPatience = LedgerPatience(),
        beforeStatement: (() throws(LedgerError) -> Void)?
    ) throws(LedgerError) {
        let database: any LedgerDatabase
        switch place {
        case .sqlite(let path): database = try SQLiteLedger(path: path)
        case .postgres(let conninfo):
            database = try PostgresLedger(conninfo: conninfo, limits: patience.database)
        }
        try LedgerSchema.migrate(database)
        tables = LedgerTables(
            database: database, seal: seal, beforeStatement: beforeStatement)
        self.secrets = secrets
        self.limits = limits
        self.patience = patience
        self.versions = versions
        self.names = names
        self.announces = announces
    }

    /// The protocol in which a facility makes its own requests.
    func version(of facility: String) -> WireVersion { versions[facility] ?? .gateway }

    /// What patients call a facility.
    func name(of facility: String) -> String { names[facility] ?? facility }

    /// Does commands in their order; each of them happens whole or not at all.
    ///
    /// When this returns, what succeeded is durable. Those of a few milliseconds together are one transaction, and
    /// cost one write to the disk; where one of them fails, all are done again, each in a transaction of its own.
    ///
    /// - Parameters:
    ///   - commands: what to do.
    ///   - now: the time for all of them.
    /// - Returns: as many results as commands.
    public func perform(
        _ commands: [LedgerCommand], now: WireTime
    ) -> [Result<LedgerReply, LedgerError>] {
        guard !commands.isEmpty else { return [] }
        do throws(LedgerError) {
            return try transaction(commands, now).map { .success($0) }
        } catch {
            guard commands.count > 1, !error.isOutage else {
                return commands.map { _ in .failure(error) }
            }
        }
        return commands.map { command in
            do throws(LedgerError) {
                let replies = try transaction([command], now)
                return .success(replies[0])
            } catch {
                return .failure(error)
            }
        }
    }

    /// Commands in one transaction, all or none.
    private func transaction(
        _ commands: [LedgerCommand], _ now: WireTime
    ) throws(LedgerError) -> [LedgerReply] {
        try tables.beforeStatement?()
        try tables.database.begin()
        do throws(LedgerError) {
            var replies: [LedgerReply] = []
            for command in commands { replies.append(try reply(to: command, now)) }
            try tables.beforeStatement?()
            try tables.database.commit()
            return replies
        } catch {
            tables.database.rollback()
            throw error
        }
    }

    /// What an address has linked at a facility, for tests that look behind the flows.
    package func linkedContexts(
        facility: String, address: PatientAddress
    ) throws(LedgerError) -> Set<ContextKey> {
        try tables.linkedContexts(facility: facility, address: address)
    }

    /// Whose a record is at a facility, for tests that look behind the flows.
    package func addresses(
        facility: String, patientReference: String
    ) throws(LedgerError) -> [PatientAddress] {
        try tables.patients(facility: facility, patientReference: patientReference).map(\.address)
    }

    private func reply(
        to command: LedgerCommand, _ now: WireTime
    ) throws(LedgerError) -> LedgerReply {
        switch command {
        case .receive(let callback): return try receive(callback, now)
        case .claim(let max, let base):
            return .toSend(
                try tables.claim(max: max, base: base, now: now, leasedUntil: lease(now)))
        case .recover:
            try tables.recover(now: now)
            return .done
        case .uninvited(let facility, let references):
            return .patients(try uninvited(references, facility: facility, now))
        case .record(let facility, let recorded, let invitations):
            var entries: [OutboxEntry] = []
            let records = try record(recorded, facility: facility, now, &entries)
            try invite(invitations, facility: facility, now, &entries)
            return .recorded(records, entries)
        case .register(let registration):
            var entries: [OutboxEntry] = []
            let outcome = try register(registration, now, &entries)
            return .registered(outcome, entries)
        case .keep(let facility, let profile):
            let kept = ProfileFlow.keep(
                profile, facility: facility, id: secrets.makeID(), now: now)
            try tables.put(kept)
            return .queue([kept])
        case .trying(let requestID, let facility, let subject, let message):
            var person = LedgerValue.null
            if let message {
                guard let found = try tables.personOfWaiting(message: message) else {
                    return .cancelled
                }
                person = found
            }
            try tables.insertTry(
                requestID: requestID, facility: facility, subject: subject, person: person, now: now
            )
            return .done
        case .settle(let settlement):
            var entries: [OutboxEntry] = []
            try settle(settlement, now, &entries)
            return .toSend(entries)
        case .giveBack(let ids):
            for id in ids { try tables.giveBack(id, now: now) }
            return .done
        case .revive(let id):
            return .revived(try tables.revive(id, now: now, useBy: answerUseBy(now)))
        case .list(let state, let max): return .listed(try tables.outboxLines(state, max: max))
        case .queue(let facility, let counter):
            return .queue(
                try tables.queue(facility: facility, counter: counter, day: now.indianDay))
        case .authenticate(let step, let profileID, let facility):
            var entries: [OutboxEntry] = []
            let outcome = try authenticate(
                step, profileID: profileID, facility: facility, now, &entries)
            return .authentication(outcome, entries)
        case .authentication(let profileID, let facility):
            return .authentication(
                try authentication(profileID: profileID, facility: facility), [])
        case .deskEvents(let id, let max): return try deskEvents(after: id, max: max)
        case .deskBacklog(let facility, let counter, let id, let max):
            return try deskEvents(
                facility: facility, counter: counter, day: now.indianDay, after: id, max: max)
        case .purge:
            try tables.purge(before: now.adding(minutes: -patience.keptMinutes))
            try tables.purgeDead(before: now.adding(days: -patience.deadDays))
            var entries: [OutboxEntry] = []
            try resume(now, &entries)
            return .toSend(entries)
        case .resume:
            var entries: [OutboxEntry] = []
            try resume(now, &entries)
            return .toSend(entries)
        }
    }

    func lease(_ now: WireTime) -> WireTime {
        now.adding(milliseconds: Self.leaseMilliseconds)
    }

    private func answerUseBy(_ now: WireTime) -> WireTime {
        now.adding(minutes: patience.answerUseMinutes)
    }

    // MARK: Callbacks

    private func receive(
        _ callback: Callback, _ now: WireTime
    ) throws(LedgerError) -> LedgerReply {
        let head = callback.head
        let known = try tables.known(of: callback)
        if let answer = known.answer {
            // Answered as before: with the message that was written then, should nobody try it any more.
            if let answer {
                _ = try tables.revive(answer, now: now, useBy: answerUseBy(now))
            }
            return .repeated
        }
        var entries: [OutboxEntry] = []
        var cancelled: [Int64] = []
        var answerID: Int64?
        if let (answer, address) = try decide(callback, known, now, &entries) {
            let message = AnswerWriter.message(answer, to: head, about: address)
            if case .statusNotify(let change) = callback.event, change.status != .reactivated {
                cancelled = try tables.cancel(change.address, facility: head.facility, now: now)
            }
            // What is said about their leaving does not leave with them.
            let entry = try tables.insert(
                message, now: now, leasedUntil: lease(now),
                for: answer == .statusTaken ? nil : address, useBy: answerUseBy(now))
            entries.append(entry)
            answerID = entry.id
        }
        try tables.insertInbound(head, answer: answerID, now: now)
        return cancelled.isEmpty ? .toSend(entries) : .forgotten(entries, cancelled: cancelled)
    }

    /// Asks the flow of an event, and writes its new state; messages other than the answer go to `entries`.
    private func decide(
        _ callback: Callback, _ known: KnownOfCallback, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) -> (FlowAnswer, PatientAddress?)? {
        let head = callback.head
        switch callback.event {
        case .discover(let discovery):
            let step = DiscoveryFlow.answer(
                discovery, head: head, isKnown: known.isDecided, linked: known.linked,
                limits: limits, now: now)
            if let offer = step.offer {
                try tables.insert(offer)
            } else if !known.isDecided {
                try tables.insertMiss(discovery, facility: head.facility, now: now)
            }
            return (step.answer, discovery.address)
        case .linkInit(let request):
            return (try start(request, head, now, &entries), request.address)
        case .linkRefused: return nil
        case .authenticationNotice(let notice):
            let isKnown = try take(notice, facility: head.facility, now, &entries)
            return (.authenticationTaken(isKnown: isKnown), nil)
        case .answered(let own):
            // An answer to nothing that we asked is dropped.
            if let subject = try tables.subject(ofTry: own.requestID, facility: head.facility) {
                try take(own.answer, about: subject, facility: head.facility, now, &entries)
            }
            return nil
        case .linkConfirm(let confirmation):
            let attempt = try tables.attempt(confirmation.linkReference)
            let step = LinkingFlow.confirm(
                confirmation, head: head, attempt: attempt, matches: secrets.matches, now: now)
            if let changed = step.attempt { try tables.update(changed) }
            try tables.insert(step.links, now: now)
            if let attempt, let link = step.links.first {
                try announce(
                    .linked(step.links, of: link.address), about: link.address,
                    facility: link.facility, now, &entries)
                try know(attempt, by: step.links, now, &entries)
            }
            // An attempt of another facility says nothing, not even whose it is.
            let isOurs = attempt?.facility == head.facility
            return (step.answer, isOurs ? attempt?.address : nil)
        case .profileShare(let profile):
            let step = ProfileFlow.take(
                profile, head: head,
                earlier: try tables.lastProfile(
                    facility: head.facility, counter: profile.counter, address: profile.address),
                lastNumber: try tables.lastNumber(
                    facility: head.facility, counter: profile.counter, day: now.indianDay),
                makeID: secrets.makeID, limits: limits, now: now)
            if let queued = step.queued {
                try tables.enqueue(queued, now: now)
                try tables.insert(.profile, queued, now: now)
            }
            return (step.answer, profile.address)
        case .statusNotify(let change):
            try announce(change, facility: head.facility, now, &entries)
            switch change.status {
            case .deactivated, .deleted:
                try tables.forget(change.address, facility: head.facility, now: now)
            case .reactivated: break
            }
            return (.statusTaken, change.address)
        }
    }

    /// Remembers whose the records of a confirmation are, of which a person can have several.
    private func know(
        _ attempt: LinkAttempt, by links: [ContextLink], _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        var known: Set<String> = []
        for link in links where known.insert(link.context.patientReference).inserted {
            let patient = KnownPatient(
                facility: link.facility, address: link.address,
                patientReference: link.context.patientReference, claim: attempt.claim)
            try tables.insert(patient, proof: link.proof, now: now)
            try tables.wake(patient)
            // What was recorded before anybody knew whose it is.
            try advance(patient, now, &entries)
        }
    }

    private func start(
        _ request: LinkRequest, _ head: CallbackHead, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) -> FlowAnswer {
        let offer = try tables.offer(
            facility: head.facility, transaction: request.transactionID)
        let mobile = offer?.patient.mobile.map { secrets.hashMobile($0) }
        var sent = PasswordCount()
        if let mobile { sent = try tables.passwords(mobile: mobile, now: now) }
        let step = LinkingFlow.start(
            request, head: head, offer: offer,
            linked: try tables.linkedContexts(facility: head.facility, address: request.address),
            sent: sent, makePassword: secrets.makePassword, limits: limits, now: now)
        if let attempt = step.attempt {
            try tables.insert(attempt, now: now)
            if let mobile { try tables.insertPassword(mobile: mobile, now: now) }
        }
        if step.takesOffer {
            try tables.takeOffer(facility: head.facility, transaction: request.transactionID)
        }
        if let message = step.message {
            let outbound = OutboundMessage(message, facility: head.facility)
            entries.append(
                try tables.insert(
                    outbound, now: now, leasedUntil: lease(now), for: request.address,
                    useBy: step.attempt?.expires))
        }
        return step.answer
    }
}
