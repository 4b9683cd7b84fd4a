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
            for patient in patients {
                let keys = try tables.linkedContexts(facility: facility, address: patient.address)
                for record in own where keys.contains(ContextKey(record.context)) {
                    entries.append(try update(record, of: patient, attempt: 1, now))
                }
            }
            for record in own {
                try tables.insert(record.context, facility: facility, now: now)
                // Whoever sends it again wants it tried again.
                try tables.wake(ContextKey(record.context), facility: facility)
            }
            for patient in patients { try advance(patient, now, &entries) }
            for record in try progress(reference, of: patients, facility: facility) {
                states[ContextKey(record.context)] = record
            }
        }
        return recorded.compactMap { states[ContextKey($0.context)] }
    }

    /// Where a patient's records stand: with several addresses, where they have come farthest.
    private func progress(
        _ reference: String, of patients: [KnownPatient], facility: String
    ) throws(LedgerError) -> [NewRecord] {
        var farthest: [ContextKey: NewRecord] = [:]
        let addresses = patients.isEmpty ? [PatientAddress("")] : patients.map(\.address)
        for address in addresses {
            let records = try tables.records(
                facility: facility, patientReference: reference, address: address)
            for record in records {
                let key = ContextKey(record.context)
                if let other = farthest[key], other.state >= record.state { continue }
                farthest[key] = record
            }
        }
        return Array(farthest.values)
    }

    /// Tells a patient of more in a care context that is linked.
    private func update(
        _ record: RecordedContext, of patient: KnownPatient, attempt: Int, _ now: WireTime,
        after milliseconds: Int64? = nil
    ) throws(LedgerError) -> OutboxEntry {
        let day = record.day ?? now.indianDay
        let subject = AnswerSubject.update(
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
        try tables.begin(patient)
        let records = try tables.dueRecords(of: patient, now: now)
        guard !records.isEmpty else { return }
        let version = version(of: facility)
        let last = try tables.quest(facility: facility, address: patient.address)
        // A desk may be asking for a token already.
        let awaited = try authenticationDeadline(of: patient, now) ?? last?.deadline
        let step = NewRecordFlow.next(
            records, of: patient.address, claim: patient.claim,
            token: try tables.token(facility: facility, address: patient.address),
            awaited: awaited, version: version, now: now)
        switch step {
        case .rest: break
        case .quest(let request):
            // The last question may still be on its way.
            if let last, try tables.isWaiting(about: last.id) { return }
            let tries = (last?.tries ?? 0) + 1
            if let last, tries > patience.asksMax { return try giveUp(last, now) }
            var quest = TokenQuest(
                id: secrets.makeID(), facility: facility, address: patient.address,
                version: version,
                deadline: now.adding(milliseconds: patience.answerWait(asks: tries)))
            if version == .v3,
                let time = try tables.nextTokenRequest(
                    for: patient, perDay: patience.tokensPerDay, now: now)
            {
                // Nothing is asked before then; a token that a desk gets meanwhile is used all the same.
                quest.tries = tries - 1
                quest.deadline = time
                return try tables.put(quest)
            }
            quest.tries = tries
            try tables.put(quest)
            try tables.insertTokenRequest(facility: facility, address: patient.address, now: now)
            entries.append(
                try ask(
                    request, version, facility, subject: AnswerSubject.quest(quest.id),
                    about: quest.id, for: patient.address, now))
        case .link(let batches, let token):
            for contexts in batches {
                let batch = secrets.makeID()
                try tables.setBatch(batch, contexts, of: patient)
                try tables.countAsk(batch: batch, now: now, patience)
                let linking = LinkedContexts(
                    patientReference: patient.patientReference, display: patient.claim.name,
                    contexts: contexts)
                entries.append(
                    try ask(
                        .link(linking, of: patient.address, patient.claim, token: token.text),
                        version, facility,
                        subject: AnswerSubject.link(batch, patient.address), about: batch,
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
        if case .update = AnswerSubject(text) {
            // Nothing else remembers that it was asked for.
            let dead = OutboxSettlement(id: settlement.id, outcome: .dead(problem: problem))
            return try tables.settle(dead, now: now)
        }
        try tables.settle(settlement, now: now)
        try take(.refused(refusal), about: text, facility: facility, now, &entries)
    }

    private func ask(
        _ request: OwnRequest, _ version: WireVersion, _ facility: String, subject: AnswerSubject,
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
        switch AnswerSubject(text) {
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
        case .authentication(let id):
            try take(answer, authentication: id, facility: facility, now, &entries)
        case .invitation(let reference):
            try take(answer, invitationOf: reference, facility: facility, now)
        case nil: return
        }
    }

    private func take(
        _ answer: OwnRequestAnswer, _ quest: TokenQuest, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        let patients = try tables.patients(facility: quest.facility, address: quest.address)
        switch answer {
        case .begun(let begun):
            guard let patient = patients.first else { return }
            entries.append(
                try ask(
                    .confirmation(
                        of: quest.address, transactionID: begun.transactionID, patient.claim),
                    quest.version, quest.facility, subject: .quest(quest.id), about: quest.id,
                    for: quest.address, now))
        case .token(let token):
            try tables.deleteQuest(id: quest.id)
            try take(
                token, facility: quest.facility, address: quest.address,
                number: number(patients), version: quest.version, now, &entries)
        case .refused(let refusal) where refusal.isRepeat:
            // An earlier try arrived whose reply was lost: its answer is still to come. Should that be lost too, the
            // quest begins anew under another request id.
            var quest = quest
            let latest = now.adding(minutes: patience.repeatMinutes)
            quest.deadline = max(quest.deadline, latest)
            try tables.put(quest)
        case .refused(let refusal):
            try tables.deleteQuest(id: quest.id)
            for patient in patients {
                try tables.refuseWaiting(patient, problem: refusal.problem)
            }
        case .linked, .delivered, .modes: return
        }
    }

    private func take(
        _ answer: OwnRequestAnswer, batch: String, of address: PatientAddress, facility: String,
        _ now: WireTime, _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        // What nobody waited for any longer, or was given up, may have been linked all the same.
        let whole = try tables.records(batch: batch)
        let records = whole.filter {
            $0.state == .asked || $0.state != .linked && answer == .linked
        }
        guard !records.isEmpty else { return }
        // Who left meanwhile has nothing linked any more.
        let patients = try tables.patients(facility: facility, address: address)
        let isLinked: Bool
        switch answer {
        case .linked: isLinked = true
        case .refused(let refusal): isLinked = refusal.isAlreadyLinked && whole.count == 1
        case .begun, .token, .delivered, .modes: return
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
                try announce(
                    .linked(links, of: address), about: address, facility: facility, now, &entries)
            }
        } else if case .refused(let refusal) = answer {
            if refusal.isAlreadyLinked {
                // One of them is: each is asked for alone.
                try tables.setState(batch: batch, .waiting, isAlone: true, problem: "")
                try tables.rest(batch: batch, until: now)
            } else if refusal.isTokenFault {
                try tables.deleteToken(facility: facility, address: address)
                try askAgain(batch, problem: "\(refusal.code)", after: patience.faultWait, now)
            } else {
                try tables.setState(
                    batch: batch, .refused, isAlone: false, problem: refusal.problem)
            }
        }
        for patient in patients { try advance(patient, now, &entries) }
    }
}
