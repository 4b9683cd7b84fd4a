internal import ABDM
internal import Matcher

// New records: written down, and linked as soon as the patient's address and linking token allow it.
extension LedgerBook {
    /// Takes in what a facility wrote down.
    ///
    /// - Returns: where each of them stands.
    func record(
        _ recorded: [RecordedContext], facility: String, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) -> [NewRecord] {
        var references: [String] = []
        for reference in recorded.map(\.context.patientReference)
        where !references.contains(reference) {
            references.append(reference)
        }
        var states: [ContextKey: NewRecord] = [:]
        for reference in references {
            let own = recorded.filter { $0.context.patientReference == reference }
            let patients = try tables.patients(facility: facility, patientReference: reference)
            var linked: Set<ContextKey> = []
            for patient in patients {
                let keys = try tables.linkedContexts(facility: facility, address: patient.address)
                linked.formUnion(keys)
                for record in own where keys.contains(ContextKey(record.context)) {
                    entries.append(try update(record, of: patient, attempt: 1, now))
                }
            }
            for record in own {
                let key = ContextKey(record.context)
                if linked.contains(key) {
                    states[key] = NewRecord(context: record.context, state: .linked)
                } else {
                    try tables.insert(
                        NewRecord(context: record.context), facility: facility, now: now)
                }
            }
            for patient in patients { try advance(patient, now, &entries) }
            for record in try tables.records(facility: facility, patientReference: reference)
            where states[ContextKey(record.context)] == nil {
                states[ContextKey(record.context)] = record
            }
        }
        return recorded.compactMap { states[ContextKey($0.context)] }
    }

    /// Tells a patient of more in a care context that is linked.
    private func update(
        _ record: RecordedContext, of patient: KnownPatient, attempt: Int, _ now: WireTime,
        after milliseconds: Int64? = nil
    ) throws(LedgerError) -> OutboxEntry {
        let day = record.day ?? now.indianDay
        let subject = Subject.update(
            attempt: attempt, type: record.context.hiType.rawValue, day: day,
            patient.address, ContextKey(record.context))
        let message = RequestWriter.message(
            .update(record.context, of: patient.address, day: day),
            version(of: patient.facility), facility: patient.facility, subject: subject.text)
        return try tables.insert(
            message, now: now,
            leasedUntil: milliseconds.map { now.adding(milliseconds: $0) } ?? lease(now),
            for: patient.address)
    }

    /// Does what is next for a patient's new records.
    func advance(
        _ patient: KnownPatient, _ now: WireTime, _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        let facility = patient.facility
        let records = try tables.records(
            facility: facility, patientReference: patient.patientReference)
        guard records.contains(where: { $0.state == .waiting }) else { return }
        let linked = try tables.linkedContexts(facility: facility, address: patient.address)
        let resting = try tables.restingContexts(
            facility: facility, patientReference: patient.patientReference, now: now)
        let version = version(of: facility)
        let last = try tables.quest(facility: facility, address: patient.address)
        let step = NewRecordFlow.next(
            records.filter {
                let key = ContextKey($0.context)
                return !linked.contains(key) && !resting.contains(key)
            }, of: patient.address, claim: patient.claim,
            token: try tables.token(facility: facility, address: patient.address), quest: last,
            version: version, now: now)
        switch step {
        case .rest: break
        case .quest(let request, _):
            // The last question may still be on its way.
            if let last, try tables.isWaiting(about: last.id) { return }
            let tries = (last?.tries ?? 0) + 1
            if let last, tries > patience.asksMax { return try giveUp(last, for: patient, now) }
            var quest = TokenQuest(
                id: secrets.makeID(), facility: facility, address: patient.address,
                version: version,
                deadline: now.adding(milliseconds: patience.answerWait(asks: tries)))
            quest.tries = tries
            try tables.put(quest)
            entries.append(
                try ask(
                    request, version, facility, subject: Subject.quest(quest.id), about: quest.id,
                    for: patient.address, now))
        case .link(let batches, let token):
            for contexts in batches {
                let batch = secrets.makeID()
                try tables.setBatch(batch, contexts, facility: facility)
                try tables.countAsk(batch: batch, now: now, patience)
                let linking = LinkedContexts(
                    patientReference: patient.patientReference, display: patient.claim.name,
                    contexts: contexts)
                entries.append(
                    try ask(
                        .link(linking, of: patient.address, patient.claim, token: token.text),
                        version, facility,
                        subject: Subject.link(batch, patient.address), about: batch,
                        for: patient.address, now))
            }
            if token.isSingleUse {
                try tables.deleteToken(facility: facility, address: patient.address)
            }
        }
    }

    /// Writes down how a try ended; a refusal goes to whoever asked.
    func settle(
        _ settlement: OutboxSettlement, _ now: WireTime, _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        guard case .refused(let refusal, let problem) = settlement.outcome,
            let (text, facility) = try tables.subject(ofMessage: settlement.id)
        else { return try tables.settle(settlement, now: now) }
        if case .update = Subject(text) {
            // Nothing else remembers that it was asked for.
            let dead = OutboxSettlement(id: settlement.id, outcome: .dead(problem: problem))
            return try tables.settle(dead, now: now)
        }
        try tables.settle(settlement, now: now)
        try take(.refused(refusal), about: text, facility: facility, now, &entries)
    }

    private func ask(
        _ request: OwnRequest, _ version: WireVersion, _ facility: String, subject: Subject,
        about: String, for address: PatientAddress, _ now: WireTime
    ) throws(LedgerError) -> OutboxEntry {
        try tables.insert(
            RequestWriter.message(request, version, facility: facility, subject: subject.text),
            now: now, leasedUntil: lease(now), about: about, for: address)
    }

    /// Takes an answer to a request of ours in.
    func take(
        _ answer: OwnRequestAnswer, about text: String, facility: String, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        switch Subject(text) {
        case .quest(let id):
            guard let quest = try tables.quest(id: id), quest.facility == facility else { return }
            try take(answer, quest, now, &entries)
        case .link(let batch, let address):
            try take(answer, batch: batch, of: address, facility: facility, now, &entries)
        case .update(let attempt, let type, let day, let address, let key):
            // ABDM may not know yet what it has just linked: told a little later, it does.
            guard case .refused(let refusal) = answer, refusal.isNotLinked,
                let wait = NewRecordFlow.updateWait(attempts: attempt),
                let patient = try tables.patients(facility: facility, address: address)
                    .first(where: { $0.patientReference == key.patientReference })
            else { return }
            let context = OfferedContext(
                patientReference: key.patientReference, reference: key.reference, display: "",
                hiType: HealthInformationType(rawValue: type) ?? .notStated)
            _ = try update(
                RecordedContext(context: context, day: day), of: patient, attempt: attempt + 1, now,
                after: wait)
        case nil: return
        }
    }

    private func take(
        _ answer: OwnRequestAnswer, _ quest: TokenQuest, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        let patients = try tables.patients(facility: quest.facility, address: quest.address)
        switch answer {
        case .begun(let transaction):
            guard let patient = patients.first else { return }
            entries.append(
                try ask(
                    .confirmation(of: quest.address, transactionID: transaction, patient.claim),
                    quest.version, quest.facility, subject: .quest(quest.id), about: quest.id,
                    for: quest.address, now))
        case .token(let text):
            try tables.deleteQuest(id: quest.id)
            try tables.put(
                LinkingToken(
                    facility: quest.facility, address: quest.address, text: text,
                    expires: secrets.tokenExpiry(text)
                        ?? NewRecordFlow.expiry(quest.version, now: now),
                    isSingleUse: quest.version == .gateway))
            for patient in patients { try advance(patient, now, &entries) }
        case .refused(let refusal) where refusal.isRepeat:
            // An earlier try arrived whose reply was lost: its answer is still to come. Should that be lost too, the
            // quest begins anew under another request id.
            var quest = quest
            let patient = now.adding(minutes: patience.repeatMinutes)
            quest.deadline = max(quest.deadline, patient)
            try tables.put(quest)
        case .refused(let refusal):
            try tables.deleteQuest(id: quest.id)
            for patient in patients {
                try tables.refuseWaiting(
                    facility: quest.facility, patientReference: patient.patientReference,
                    problem: "\(refusal.code)")
            }
        case .linked: return
        }
    }

    private func take(
        _ answer: OwnRequestAnswer, batch: String, of address: PatientAddress, facility: String,
        _ now: WireTime, _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        // What nobody waited for any longer may have been linked all the same.
        let records = try tables.records(batch: batch).filter {
            $0.state == .asked || $0.state == .waiting && answer == .linked
        }
        guard !records.isEmpty else { return }
        // Who left meanwhile has nothing linked any more.
        let patients = try tables.patients(facility: facility, address: address)
        let isLinked: Bool
        switch answer {
        case .linked: isLinked = true
        case .refused(let refusal): isLinked = refusal.isAlreadyLinked && records.count == 1
        case .begun, .token: return
        }
        if isLinked {
            try tables.setState(batch: batch, .linked, isAlone: false, problem: "")
            if !patients.isEmpty {
                let links = records.map {
                    ContextLink(
                        facility: facility, address: address, context: ContextKey($0.context),
                        proof: .token)
                }
                try tables.insert(links, now: now)
            }
        } else if case .refused(let refusal) = answer {
            if refusal.isAlreadyLinked {
                // One of them is: each is asked for alone.
                try tables.setState(batch: batch, .waiting, isAlone: true, problem: "")
                try tables.rest(batch: batch, until: now)
            } else if refusal.isTokenFault {
                try tables.deleteToken(facility: facility, address: address)
                try askAgain(
                    batch, isAlone: records.first?.isAlone ?? false, problem: "\(refusal.code)",
                    after: patience.faultWait, now)
            } else {
                try tables.setState(
                    batch: batch, .refused, isAlone: false, problem: "\(refusal.code)")
            }
        }
        for patient in patients { try advance(patient, now, &entries) }
    }
}

/// What an answer is about, as a message carries it.
private enum Subject {
    case quest(String)
    case link(String, PatientAddress)
    case update(attempt: Int, type: UInt8, day: String, PatientAddress, ContextKey)

    /// Between the parts; no address or reference of a message holds one.
    private static let separator: Character = "\u{1F}"

    init?(_ text: String) {
        let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false)
            .map { String($0) }
        switch (parts.first, parts.count) {
        case ("quest", 2): self = .quest(parts[1])
        case ("link", 3): self = .link(parts[1], PatientAddress(parts[2]))
        case ("update", 7):
            self = .update(
                attempt: Int(parts[1]) ?? 0, type: UInt8(parts[2]) ?? 0, day: parts[3],
                PatientAddress(parts[4]),
                ContextKey(patientReference: parts[5], reference: parts[6]))
        default: return nil
        }
    }

    var text: String {
        let parts =
            switch self {
            case .quest(let id): ["quest", id]
            case .link(let batch, let address): ["link", batch, address.text]
            case .update(let attempt, let type, let day, let address, let key):
                [
                    "update", "\(attempt)", "\(type)", day, address.text, key.patientReference,
                    key.reference,
                ]
            }
        return parts.joined(separator: String(Self.separator))
    }
}
