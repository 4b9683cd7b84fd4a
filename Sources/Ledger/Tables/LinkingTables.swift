internal import ABDM

// Offers, attempts and links: what a linking conversation remembers.
extension LedgerTables {
    // MARK: Offers

    func offer(
        facility: String, transaction: String
    ) throws(LedgerError) -> Offer? {
        let rows = try run(
            """
            SELECT address, expires_at, is_taken, patient FROM milaan_offer
            WHERE facility = ?1 AND transaction_id = ?2
            """, [.text(facility), .text(transaction)])
        // Without a patient it is a discovery that found nobody.
        guard let row = rows.first, !row.text(3).isEmpty else { return nil }
        let text = try seal.open(
            row.text(3), table: "milaan_offer", place(facility, transaction))
        guard let (patient, claim) = StateText.patient(text) else {
            throw .unreadable(table: "milaan_offer")
        }
        return Offer(
            facility: facility, transactionID: transaction,
            address: try address(row.text(0), facility, table: "milaan_offer"),
            claim: claim, patient: patient, expires: WireTime(milliseconds: row.integer(1)),
            isTaken: row.integer(2) != 0)
    }

    func insert(_ offer: Offer) throws(LedgerError) {
        let text = seal.seal(
            StateText.text(offer.patient, offer.claim), place(offer.facility, offer.transactionID))
        try execute(
            """
            INSERT INTO milaan_offer
                (facility, transaction_id, address, expires_at, is_taken, patient)
            VALUES (?1, ?2, ?3, ?4, 0, ?5)
            """,
            [
                .text(offer.facility), .text(offer.transactionID),
                person(offer.address, offer.facility),
                .integer(offer.expires.milliseconds), .text(text),
            ])
    }

    /// Remembers that a transaction was decided, and that nothing was offered.
    func insertMiss(
        _ discovery: Discovery, facility: String, now: WireTime
    ) throws(LedgerError) {
        try execute(
            """
            INSERT INTO milaan_offer
                (facility, transaction_id, address, expires_at, is_taken, patient)
            VALUES (?1, ?2, ?3, ?4, 1, '')
            """,
            [
                .text(facility), .text(discovery.transactionID),
                person(discovery.address, facility),
                .integer(now.milliseconds),
            ])
    }

    func takeOffer(facility: String, transaction: String) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_offer SET is_taken = 1
            WHERE facility = ?1 AND transaction_id = ?2
            """, [.text(facility), .text(transaction)])
    }

    // MARK: Attempts

    func attempt(_ linkReference: String) throws(LedgerError) -> LinkAttempt? {
        let rows = try run(
            """
            SELECT facility, address, expires_at, attempts_left, status, otp_hash, linking
            FROM milaan_attempt WHERE link_reference = ?1
            """, [.text(linkReference)])
        guard let row = rows.first else { return nil }
        let text = try seal.open(row.text(6), table: "milaan_attempt", linkReference)
        guard let (linking, claim) = StateText.linking(text),
            let status = LinkAttempt.Status(rawValue: row.text(4))
        else { throw .unreadable(table: "milaan_attempt") }
        return LinkAttempt(
            linkReference: linkReference, facility: row.text(0),
            address: try address(row.text(1), row.text(0), table: "milaan_attempt"), claim: claim,
            linking: linking,
            otpHash: row.text(5),
            expires: WireTime(milliseconds: row.integer(2)), attemptsLeft: Int(row.integer(3)),
            status: status)
    }

    func insert(_ attempt: LinkAttempt, now: WireTime) throws(LedgerError) {
        let text = seal.seal(StateText.text(attempt.linking, attempt.claim), attempt.linkReference)
        try execute(
            """
            INSERT INTO milaan_attempt (link_reference, facility, address, patient_reference,
                created_at, expires_at, attempts_left, status, otp_hash, linking)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """,
            [
                .text(attempt.linkReference), .text(attempt.facility),
                person(attempt.address, attempt.facility),
                .text(attempt.linking.patientReference), .integer(now.milliseconds),
                .integer(attempt.expires.milliseconds), .integer(Int64(attempt.attemptsLeft)),
                .text(attempt.status.rawValue), .text(attempt.otpHash), .text(text),
            ])
    }

    func update(_ attempt: LinkAttempt) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_attempt SET attempts_left = ?2, status = ?3 WHERE link_reference = ?1
            """,
            [
                .text(attempt.linkReference), .integer(Int64(attempt.attemptsLeft)),
                .text(attempt.status.rawValue),
            ])
    }

    // MARK: Passwords

    // Counted apart from the attempts: those are forgotten with whoever opts out, and a mobile that many people
    // share is one mobile.

    /// How many passwords a mobile was sent, by its keyed hash.
    func passwords(mobile: String, now: WireTime) throws(LedgerError) -> PasswordCount {
        let rows = try run(
            """
            SELECT count(CASE WHEN sent_at > ?2 THEN 1 END), count(*) FROM milaan_password
            WHERE mobile = ?1 AND sent_at > ?3
            """,
            [
                .text(mobile), .integer(now.adding(minutes: -60).milliseconds),
                .integer(now.adding(days: -1).milliseconds),
            ])
        return PasswordCount(
            lastHour: Int(rows.first?.integer(0) ?? 0), lastDay: Int(rows.first?.integer(1) ?? 0))
    }

    func insertPassword(mobile: String, now: WireTime) throws(LedgerError) {
        try execute(
            "INSERT INTO milaan_password (mobile, sent_at) VALUES (?1, ?2)",
            [.text(mobile), .integer(now.milliseconds)])
    }

    // MARK: Links

    func linkedContexts(
        facility: String, address: PatientAddress
    ) throws(LedgerError) -> Set<ContextKey> {
        let rows = try run(
            """
            SELECT patient_reference, context_reference FROM milaan_link
            WHERE facility = ?1 AND address = ?2
            """, [.text(facility), person(address, facility)])
        return Set(
            rows.map { ContextKey(patientReference: $0.text(0), reference: $0.text(1)) })
    }

    /// Saves links; one that is there already stays as it is.
    ///
    /// A record of the facility's own that is linked so needs no more work.
    func insert(_ links: [ContextLink], now: WireTime) throws(LedgerError) {
        for link in links {
            try execute(
                """
                UPDATE milaan_progress SET state = 'linked', problem = ''
                WHERE facility = ?1 AND address = ?2 AND patient_reference = ?3
                AND context_reference = ?4
                """,
                [
                    .text(link.facility), person(link.address, link.facility),
                    .text(link.context.patientReference), .text(link.context.reference),
                ])
            try execute(
                """
                INSERT INTO milaan_link (facility, address, patient_reference, context_reference,
                    proof, linked_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING
                """,
                [
                    .text(link.facility), person(link.address, link.facility),
                    .text(link.context.patientReference), .text(link.context.reference),
                    .text(link.proof.rawValue), .integer(now.milliseconds),
                ])
        }
    }
}
