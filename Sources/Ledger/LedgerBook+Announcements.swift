internal import ABDM

// What a facility's own system is told: written with what it is about, and sent like any message.
extension LedgerBook {
    /// Writes an announcement down, where somebody wants to hear of it.
    ///
    /// What is told about a person is destroyed when they leave, but for the news that they have left.
    func announce(
        _ announcement: Announcement, about address: PatientAddress? = nil, facility: String,
        _ now: WireTime, _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        guard announces else { return }
        let message = OutboundMessage(
            announcement, id: secrets.makeID(), facility: facility, now: now)
        entries.append(
            try tables.insert(message, now: now, leasedUntil: lease(now), for: address))
    }

    /// Says what became of an address that is about to be forgotten, or came back.
    func announce(
        _ change: PatientStatusChange, facility: String, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        guard announces else { return }
        let patients = try tables.patients(facility: facility, address: change.address)
        try announce(
            .status(change, patientReferences: patients.map(\.patientReference)),
            facility: facility, now, &entries)
    }
}
