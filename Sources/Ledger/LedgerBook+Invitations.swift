internal import ABDM

// Patients without an ABHA address: ABDM tells them of a new record by a short message.
extension LedgerBook {
    /// Of some patients those who have no address and may be told: whoever asks looks for their mobiles.
    func uninvited(
        _ references: [String], facility: String, _ now: WireTime
    ) throws(LedgerError) -> [String] {
        var uninvited: [String] = []
        for reference in references
        where try isUninvited(reference, facility: facility, now) {
            uninvited.append(reference)
        }
        return uninvited
    }

    /// Asks ABDM to tell patients of what was written down.
    func invite(
        _ invitations: [RecordInvitation], facility: String, _ now: WireTime,
        _ entries: inout [OutboxEntry]
    ) throws(LedgerError) {
        for invitation in invitations {
            let reference = invitation.patientReference
            // Another request may have been faster.
            guard try isUninvited(reference, facility: facility, now) else { continue }
            try tables.setQuiet(
                facility: facility, patientReference: reference, until: invitation.quietUntil(now))
            guard let mobile = invitation.mobile else { continue }
            let message = OutboundMessage(
                inviting: mobile, version(of: facility), facility: facility,
                name: name(of: facility), subject: AnswerSubject.invitation(reference).text)
            entries.append(try tables.insert(message, now: now, leasedUntil: lease(now)))
        }
    }

    /// Takes in what became of an invitation: one that failed may be tried with the next record, not at once.
    func take(
        _ answer: OwnRequestAnswer, invitationOf reference: String, facility: String,
        _ now: WireTime
    ) throws(LedgerError) {
        guard case .refused = answer else { return }
        try tables.setQuiet(
            facility: facility, patientReference: reference,
            until: now.adding(days: RecordInvitation.pauseDays))
    }

    private func isUninvited(
        _ reference: String, facility: String, _ now: WireTime
    ) throws(LedgerError) -> Bool {
        guard try tables.patients(facility: facility, patientReference: reference).isEmpty
        else { return false }
        return try !tables.isQuiet(facility: facility, patientReference: reference, now: now)
    }
}
