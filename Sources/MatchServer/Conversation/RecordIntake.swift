internal import ABDM
internal import Dispatch
internal import Index
internal import Ledger
internal import Matcher

extension ConversationService {
    /// Takes in what a facility wrote down, and has patients told of it who have no ABHA address.
    ///
    /// Ids have no table of their own in an image, so that patients are looked up beside the event loop, and only
    /// those whom nobody has told of late.
    ///
    /// - Parameters:
    ///   - recorded: what was written down.
    ///   - facility: who wrote it.
    ///   - lease: the patients.
    ///   - then: what the ledger gave; nil where it could not be done.
    func record(
        _ recorded: [RecordedContext], facility: String, patients lease: SnapshotLease?,
        then: @escaping @Sendable (LedgerReply?) -> Void
    ) {
        let references = Set(recorded.map(\.context.patientReference)).sorted()
        perform(.uninvited(facility: facility, patientReferences: references)) { reply in
            guard case .patients(let uninvited) = reply else { return then(nil) }
            guard !uninvited.isEmpty else {
                return self.perform(.record(facility: facility, recorded), then: then)
            }
            DispatchQueue.global().async {
                let invitations = invitations(
                    uninvited, recorded, facility: facility, in: lease?.snapshot)
                self.perform(
                    .record(facility: facility, recorded, inviting: invitations), then: then)
            }
        }
    }
}

/// An invitation for each patient; without a mobile where the record has an address or no mobile.
private func invitations(
    _ references: [String], _ recorded: [RecordedContext], facility: String,
    in snapshot: Snapshot?
) -> [RecordInvitation] {
    var said: [String: PhoneNumber] = [:]
    for context in recorded {
        if let mobile = context.mobile { said[context.context.patientReference] = mobile }
    }
    var known: [String: PhoneNumber] = [:]
    var withAddress: Set<String> = []
    if let snapshot, let number = snapshot.image.facility(named: facility.utf8.span) {
        for (reference, row) in snapshot.image.rows(ofIDs: references, facility: number) {
            known[reference] = PhoneNumber(e164: snapshot.image.facts(of: row).mobile)
            if snapshot.image.texts(of: row).hasAddress { withAddress.insert(reference) }
        }
    }
    return references.map { reference in
        RecordInvitation(
            patientReference: reference,
            mobile: withAddress.contains(reference) ? nil : said[reference] ?? known[reference])
    }
}
