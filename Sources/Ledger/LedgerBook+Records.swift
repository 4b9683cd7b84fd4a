internal import ABDM

// New records: written down, and linked as soon as the patient's address and linking token allow it.
extension LedgerBook {
    /// Takes new records in.
    ///
    /// - Returns: where each of them stands.
    func record(
        _ contexts: [OfferedContext], facility: String, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) -> [NewRecord] {
        var references: [String] = []
        for context in contexts {
            try tables.insert(NewRecord(context: context), facility: facility, now: now)
            if !references.contains(context.patientReference) {
                references.append(context.patientReference)
            }
        }
        var all: [NewRecord] = []
        for reference in references {
            for patient in try tables.patients(facility: facility, patientReference: reference) {
                try advance(patient, now, &entries)
            }
            all += try tables.records(facility: facility, patientReference: reference)
        }
        return contexts.compactMap { context in
            all.first {
                $0.context.patientReference == context.patientReference
                    && $0.context.reference == context.reference
            }
        }
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
        let version = version(of: facility)
        let step = NewRecordFlow.next(
            records.filter { !linked.contains(ContextKey($0.context)) }, of: patient.address,
            claim: patient.claim,
            token: try tables.token(facility: facility, address: patient.address),
            quest: try tables.quest(facility: facility, address: patient.address),
            version: version, now: now)
        switch step {
        case .rest: break
        case .quest(let request, let deadline):
            let quest = TokenQuest(
                id: secrets.makeID(), facility: facility, address: patient.address,
                version: version, deadline: deadline)
            try tables.put(quest)
            entries.append(
                try ask(request, version, facility, subject: Subject.quest(quest.id), now))
        case .link(let batches, let token):
            for contexts in batches {
                let batch = secrets.makeID()
                try tables.setBatch(batch, contexts, facility: facility)
                let linking = LinkedContexts(
                    patientReference: patient.patientReference, display: patient.claim.name,
                    contexts: contexts)
                entries.append(
                    try ask(
                        .link(linking, of: patient.address, patient.claim, token: token.text),
                        version, facility,
                        subject: Subject.link(batch, patient.address), now))
            }
            if token.isSingleUse {
                try tables.deleteToken(facility: facility, address: patient.address)
            }
        }
    }

    private func ask(
        _ request: OwnRequest, _ version: WireVersion, _ facility: String, subject: Subject,
        _ now: WireTime
    ) throws(LedgerError) -> OutboxEntry {
        try tables.insert(
            RequestWriter.message(request, version, facility: facility, subject: subject.text),
            now: now, leasedUntil: lease(now))
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
                    quest.version, quest.facility, subject: .quest(quest.id), now))
        case .token(let text):
            try tables.deleteQuest(id: quest.id)
            try tables.put(
                LinkingToken(
                    facility: quest.facility, address: quest.address, text: text,
                    expires: secrets.tokenExpiry(text)
                        ?? NewRecordFlow.expiry(quest.version, now: now),
                    isSingleUse: quest.version == .gateway))
            for patient in patients { try advance(patient, now, &entries) }
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
        let records = try tables.records(batch: batch).filter { $0.state == .asked }
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
            } else if refusal.isTokenFault {
                try tables.deleteToken(facility: facility, address: address)
                try tables.setState(
                    batch: batch, .waiting, isAlone: records.first?.isAlone ?? false, problem: "")
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

    init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 2).map { String($0) }
        switch (parts.first, parts.count) {
        case ("quest", 2): self = .quest(parts[1])
        case ("link", 3): self = .link(parts[1], PatientAddress(parts[2]))
        default: return nil
        }
    }

    var text: String {
        switch self {
        case .quest(let id): "quest \(id)"
        case .link(let batch, let address): "link \(batch) \(address.text)"
        }
    }
}
