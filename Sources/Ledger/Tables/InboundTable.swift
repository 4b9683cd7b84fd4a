internal import ABDM

// Requests that have been taken in, and what has outlived its use.
extension LedgerTables {
    /// The number of the message that answered a request.
    ///
    /// - Returns: nil for a request that has not been seen; `.some(nil)` for one that needed no answer.
    func answer(to head: CallbackHead) throws(LedgerError) -> Int64?? {
        let rows = try run(
            """
            SELECT answer FROM milaan_inbound
            WHERE facility = ?1 AND path = ?2 AND request_id = ?3
            """, [.text(head.facility), .text(head.path.path), .text(head.requestID)])
        guard let row = rows.first else { return nil }
        return .some(row.cells[0] == nil ? nil : row.integer(0))
    }

    func insertInbound(
        _ head: CallbackHead, answer: Int64?, now: WireTime
    ) throws(LedgerError) {
        _ = try run(
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
        _ = try run("DELETE FROM milaan_inbound WHERE received_at < ?1", values)
        _ = try run("DELETE FROM milaan_try WHERE tried_at < ?1", values)
        _ = try run("DELETE FROM milaan_token_request WHERE asked_at < ?1", values)
        _ = try run("DELETE FROM milaan_token WHERE expires_at < ?1", values)
        _ = try run("DELETE FROM milaan_authentication WHERE deadline < ?1", values)
        // How often a token was asked for counts for as long as something waits for it.
        _ = try run(
            """
            DELETE FROM milaan_quest WHERE deadline < ?1 AND NOT EXISTS (
                SELECT 1 FROM milaan_progress r WHERE r.facility = milaan_quest.facility
                AND r.address = milaan_quest.address AND r.state IN ('waiting', 'asked'))
            """, values)
        _ = try run("DELETE FROM milaan_desk_event WHERE happened_at < ?1", values)
        _ = try run("DELETE FROM milaan_invitation WHERE quiet_until < ?1", values)
        _ = try run("DELETE FROM milaan_offer WHERE expires_at < ?1", values)
        _ = try run("DELETE FROM milaan_attempt WHERE created_at < ?1", values)
        _ = try run("DELETE FROM milaan_password WHERE sent_at < ?1", values)
        _ = try run("DELETE FROM milaan_profile WHERE shared_at < ?1", values)
        _ = try run("DELETE FROM milaan_counter WHERE given_at < ?1", values)
        _ = try run("DELETE FROM milaan_outbox WHERE state = 'sent' AND next_try < ?1", values)
    }
}
