internal import ABDM

/// What the ledger knows of a callback before it is decided.
struct KnownOfCallback {
    /// The number of the message that answered it; nil where it has not been seen, `.some(nil)` where it needed no
    /// answer.
    var answer: Int64??
    /// Whether a discovery's transaction was decided, whatever was found.
    var isDecided = false
    /// What a discovery's address has linked at the facility.
    var linked: Set<ContextKey> = []
}

// Requests that have been taken in, and what has outlived its use.
extension LedgerTables {
    /// What the ledger knows of a callback, in one question: each costs a way to the database and back.
    func known(of callback: Callback) throws(LedgerError) -> KnownOfCallback {
        let head = callback.head
        let values: [LedgerValue] = [
            .text(head.facility), .text(head.path.path), .text(head.requestID),
        ]
        let rows: [LedgerRow]
        if case .discover(let discovery) = callback.event {
            rows = try run(
                """
                SELECT 'answer', CAST(answer AS TEXT), NULL FROM milaan_inbound
                WHERE facility = ?1 AND path = ?2 AND request_id = ?3
                UNION ALL SELECT 'decided', NULL, NULL FROM milaan_offer
                WHERE facility = ?1 AND transaction_id = ?4
                UNION ALL SELECT 'linked', patient_reference, context_reference FROM milaan_link
                WHERE facility = ?1 AND address = ?5
                """,
                values + [
                    .text(discovery.transactionID), person(discovery.address, head.facility),
                ])
        } else {
            rows = try run(
                """
                SELECT 'answer', CAST(answer AS TEXT), NULL FROM milaan_inbound
                WHERE facility = ?1 AND path = ?2 AND request_id = ?3
                """, values)
        }
        var known = KnownOfCallback()
        for row in rows {
            switch row.text(0) {
            case "answer": known.answer = .some(row.cells[1] == nil ? nil : row.integer(1))
            case "decided": known.isDecided = true
            default:
                known.linked.insert(
                    ContextKey(patientReference: row.text(1), reference: row.text(2)))
            }
        }
        return known
    }

    func insertInbound(
        _ head: CallbackHead, answer: Int64?, now: WireTime
    ) throws(LedgerError) {
        try execute(
            """
            INSERT INTO milaan_inbound (facility, path, request_id, received_at, answer)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """,
            [
                .text(head.facility), .text(head.path.path), .text(head.requestID),
                .integer(now.milliseconds), answer.map { .integer($0) } ?? .null,
            ])
    }

    /// Forgets what ended before a moment; dead messages stay until somebody has looked at them.
    func purge(before time: WireTime) throws(LedgerError) {
        let values: [LedgerValue] = [.integer(time.milliseconds)]
        try execute("DELETE FROM milaan_inbound WHERE received_at < ?1", values)
        try execute("DELETE FROM milaan_try WHERE tried_at < ?1", values)
        try execute("DELETE FROM milaan_token_request WHERE asked_at < ?1", values)
        try execute("DELETE FROM milaan_token WHERE expires_at < ?1", values)
        try execute("DELETE FROM milaan_authentication WHERE deadline < ?1", values)
        // How often a token was asked for counts for as long as something waits for it.
        try execute(
            """
            DELETE FROM milaan_quest WHERE deadline < ?1 AND NOT EXISTS (
                SELECT 1 FROM milaan_progress r WHERE r.facility = milaan_quest.facility
                AND r.address = milaan_quest.address AND r.state IN ('waiting', 'asked'))
            """, values)
        try execute("DELETE FROM milaan_desk_event WHERE happened_at < ?1", values)
        try execute("DELETE FROM milaan_invitation WHERE quiet_until < ?1", values)
        try execute("DELETE FROM milaan_offer WHERE expires_at < ?1", values)
        try execute("DELETE FROM milaan_attempt WHERE created_at < ?1", values)
        try execute("DELETE FROM milaan_password WHERE sent_at < ?1", values)
        try execute("DELETE FROM milaan_profile WHERE shared_at < ?1", values)
        try execute("DELETE FROM milaan_counter WHERE given_at < ?1", values)
        try execute("DELETE FROM milaan_outbox WHERE state = 'sent' AND next_try < ?1", values)
    }
}
