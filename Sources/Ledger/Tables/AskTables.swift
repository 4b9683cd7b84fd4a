internal import ABDM

// What was asked of ABDM and has to be asked again, because the answer was lost or came to nothing.
extension LedgerTables {
    /// Counts that the records of a batch are asked for; each answer is awaited for as long as the patience says.
    ///
    /// A batch can hold records that were asked for before beside new ones: each counts for itself.
    func countAsk(
        batch: String, now: WireTime, _ patience: LedgerPatience
    ) throws(LedgerError) {
        // The most asked first: none is to be met again where it has got to.
        for asks in try asks(batch: batch) {
            let wait = patience.answerWait(asks: asks + 1)
            try execute(
                """
                UPDATE milaan_progress SET asks = ?3, next_ask = ?4
                WHERE batch = ?1 AND state = 'asked' AND asks = ?2
                """,
                [
                    .text(batch), .integer(Int64(asks)), .integer(Int64(asks + 1)),
                    .integer(now.adding(milliseconds: wait).milliseconds),
                ])
        }
    }

    /// How often the records of a batch have been asked for whose answer is awaited: each number once, the largest
    /// first.
    func asks(batch: String) throws(LedgerError) -> [Int] {
        try run(
            """
            SELECT DISTINCT asks FROM milaan_progress WHERE batch = ?1 AND state = 'asked'
            ORDER BY asks DESC
            """, [.text(batch)]
        ).map { Int($0.integer(0)) }
    }

    /// Turns those records of a batch down that have been asked for so often.
    func refuse(batch: String, asks: Int, problem: String) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_progress SET state = 'refused', problem = ?3
            WHERE batch = ?1 AND state = 'asked' AND asks = ?2
            """, [.text(batch), .integer(Int64(asks)), .text(problem)])
    }

    /// Lets those records of a batch wait that have been asked for so often.
    ///
    /// - Parameters:
    ///   - batch: its id.
    ///   - asks: how often.
    ///   - time: until when they rest; nil where their answer would have been awaited until then.
    /// - Throws: `LedgerError`.
    func letWait(batch: String, asks: Int, until time: WireTime?) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_progress SET state = 'waiting', problem = '',
                next_ask = COALESCE(CAST(?3 AS BIGINT), next_ask)
            WHERE batch = ?1 AND state = 'asked' AND asks = ?2
            """,
            [
                .text(batch), .integer(Int64(asks)),
                time.map { .integer($0.milliseconds) } ?? .null,
            ])
    }

    /// Lets the records of a batch rest until a moment.
    func rest(batch: String, until time: WireTime) throws(LedgerError) {
        try execute(
            "UPDATE milaan_progress SET next_ask = ?2 WHERE batch = ?1",
            [.text(batch), .integer(time.milliseconds)])
    }

    /// The records of a patient that wait for us, and do not rest after a failure.
    func dueRecords(of patient: KnownPatient, now: WireTime) throws(LedgerError) -> [NewRecord] {
        try records(
            run(
                """
                SELECT r.facility, r.patient_reference, r.context_reference, r.display, r.hi_type,
                    p.state, p.is_alone, p.problem
                FROM milaan_progress p JOIN milaan_record r
                ON p.facility = r.facility AND p.patient_reference = r.patient_reference
                AND p.context_reference = r.context_reference
                WHERE p.facility = ?1 AND p.address = ?2 AND p.patient_reference = ?3
                AND p.state = 'waiting' AND p.next_ask <= ?4
                ORDER BY r.recorded_at, r.context_reference
                """, values(patient) + [.integer(now.milliseconds)]))
    }

    // MARK: Requests for tokens

    /// Remembers that a linking token is asked for.
    func insertTokenRequest(
        facility: String, address: PatientAddress, now: WireTime
    ) throws(LedgerError) {
        try execute(
            "INSERT INTO milaan_token_request (facility, address, asked_at) VALUES (?1, ?2, ?3)",
            [.text(facility), person(address, facility), .integer(now.milliseconds)])
    }

    /// When a patient's token may be asked for again.
    ///
    /// - Parameters:
    ///   - patient: whose.
    ///   - most: how often it may be within 24 hours.
    ///   - now: the time.
    /// - Returns: nil where it may be now.
    /// - Throws: `LedgerError`.
    func nextTokenRequest(
        for patient: KnownPatient, perDay most: Int, now: WireTime
    ) throws(LedgerError) -> WireTime? {
        let rows = try run(
            """
            SELECT asked_at FROM milaan_token_request
            WHERE facility = ?1 AND address = ?2 AND asked_at > ?3
            ORDER BY asked_at DESC LIMIT ?4
            """,
            [
                .text(patient.facility), person(patient.address, patient.facility),
                .integer(now.adding(days: -1).milliseconds), .integer(Int64(most)),
            ])
        guard rows.count >= most, let first = rows.last else { return nil }
        return WireTime(milliseconds: first.integer(0)).adding(days: 1)
    }

    /// Batches whose answer is overdue, the oldest first; one whose message is still under way is not.
    func overdueBatches(max: Int, now: WireTime) throws(LedgerError) -> [String] {
        try run(
            """
            SELECT r.batch FROM milaan_progress r
            WHERE r.state = 'asked' AND r.next_ask <= ?1 AND NOT EXISTS (
                SELECT 1 FROM milaan_outbox o WHERE o.about = r.batch AND o.state = 'waiting')
            GROUP BY r.batch ORDER BY min(r.next_ask), r.batch LIMIT ?2
            """, [.integer(now.milliseconds), .integer(Int64(max))]
        ).map { $0.text(0) }
    }

    /// Patients with records that are due, who do not wait for a token: whoever was looked at longest ago comes first.
    func duePatients(max: Int, now: WireTime) throws(LedgerError) -> [KnownPatient] {
        try patients(
            run(
                """
                SELECT p.facility, p.address, p.patient_reference, p.claim
                FROM milaan_progress r JOIN milaan_patient p
                ON p.facility = r.facility AND p.address = r.address
                AND p.patient_reference = r.patient_reference
                WHERE r.state = 'waiting' AND r.next_ask <= ?1 AND NOT EXISTS (
                    SELECT 1 FROM milaan_quest q WHERE q.facility = p.facility
                    AND q.address = p.address AND q.deadline > ?1)
                GROUP BY p.facility, p.address, p.patient_reference, p.claim
                ORDER BY min(r.looked_at), p.patient_reference, p.address LIMIT ?2
                """, [.integer(now.milliseconds), .integer(Int64(max))]))
    }

    /// Remembers that a patient's records were looked at.
    func setLooked(at patient: KnownPatient, now: WireTime) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_progress SET looked_at = ?4
            WHERE facility = ?1 AND address = ?2 AND patient_reference = ?3 AND state = 'waiting'
            """, values(patient) + [.integer(now.milliseconds)])
    }

    /// Whether a message about a quest or a batch has still to be sent.
    func isWaiting(about id: String) throws(LedgerError) -> Bool {
        try !run(
            "SELECT 1 FROM milaan_outbox WHERE about = ?1 AND state = 'waiting' LIMIT 1",
            [.text(id)]
        ).isEmpty
    }

    /// Shows among the dead what arrived and led to nothing, without its body: nobody can wake it.
    func giveUp(about id: String, problem: String, now: WireTime) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_outbox SET state = 'dead', body = '', link_token = NULL, problem = ?2,
                next_try = ?3
            WHERE about = ?1 AND state = 'sent'
            """, [.text(id), .text(problem), .integer(now.milliseconds)])
    }
}
