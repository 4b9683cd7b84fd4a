internal import ABDM
internal import Matcher

// New records on their way to being linked, and the tries whose answers are awaited.
extension LedgerTables {
    // MARK: Records

    /// Writes a record down; one that is there already stays as it is.
    func insert(
        _ record: NewRecord, facility: String, now: WireTime
    ) throws(LedgerError) {
        let context = record.context
        let display = seal.seal(
            context.display, place(facility, context.patientReference + context.reference))
        _ = try run(
            """
            INSERT INTO milaan_record (facility, patient_reference, context_reference, display,
                hi_type, state, is_alone, batch, recorded_at, problem)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, '', ?7, '') ON CONFLICT DO NOTHING
            """,
            [
                .text(facility), .text(context.patientReference), .text(context.reference),
                .text(display), .integer(Int64(context.hiType.rawValue)),
                .text(record.state.rawValue), .integer(now.milliseconds),
            ])
    }

    func records(
        facility: String, patientReference: String
    ) throws(LedgerError) -> [NewRecord] {
        try records(
            run(
                """
                SELECT facility, patient_reference, context_reference, display, hi_type, state,
                    is_alone
                FROM milaan_record WHERE facility = ?1 AND patient_reference = ?2
                ORDER BY recorded_at, context_reference
                """, [.text(facility), .text(patientReference)]))
    }

    func records(batch: String) throws(LedgerError) -> [NewRecord] {
        try records(
            run(
                """
                SELECT facility, patient_reference, context_reference, display, hi_type, state,
                    is_alone
                FROM milaan_record WHERE batch = ?1 ORDER BY context_reference
                """, [.text(batch)]))
    }

    /// What a batch asks for, and for whom.
    func setBatch(
        _ batch: String, _ contexts: [OfferedContext], facility: String
    ) throws(LedgerError) {
        for context in contexts {
            _ = try run(
                """
                UPDATE milaan_record SET state = 'asked', batch = ?4
                WHERE facility = ?1 AND patient_reference = ?2 AND context_reference = ?3
                """,
                [
                    .text(facility), .text(context.patientReference), .text(context.reference),
                    .text(batch),
                ])
        }
    }

    func setState(
        batch: String, _ state: NewRecord.State, isAlone: Bool, problem: String
    ) throws(LedgerError) {
        _ = try run(
            """
            UPDATE milaan_record SET state = ?2, is_alone = ?3, problem = ?4 WHERE batch = ?1
            """,
            [
                .text(batch), .text(state.rawValue), .integer(isAlone ? 1 : 0), .text(problem),
            ])
    }

    /// Turns a patient's waiting records down, as their token was.
    func refuseWaiting(
        facility: String, patientReference: String, problem: String
    ) throws(LedgerError) {
        _ = try run(
            """
            UPDATE milaan_record SET state = 'refused', problem = ?3
            WHERE facility = ?1 AND patient_reference = ?2 AND state = 'waiting'
            """, [.text(facility), .text(patientReference), .text(problem)])
    }

    private func records(_ rows: [LedgerRow]) throws(LedgerError) -> [NewRecord] {
        var records: [NewRecord] = []
        for row in rows {
            let display = try seal.open(
                row.text(3), table: "milaan_record",
                place(row.text(0), row.text(1) + row.text(2)))
            records.append(
                NewRecord(
                    context: OfferedContext(
                        patientReference: row.text(1), reference: row.text(2), display: display,
                        hiType: HealthInformationType(rawValue: UInt8(clamping: row.integer(4)))
                            ?? .notStated),
                    state: NewRecord.State(rawValue: row.text(5)) ?? .refused,
                    isAlone: row.integer(6) != 0))
        }
        return records
    }

    // MARK: Tries

    /// Remembers under which request id something is asked for, before it is.
    func insertTry(
        requestID: String, facility: String, subject: String, person: LedgerValue, now: WireTime
    ) throws(LedgerError) {
        _ = try run(
            """
            INSERT INTO milaan_try (facility, request_id, subject, tried_at, person)
            VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING
            """,
            [
                .text(facility), .text(requestID),
                .text(seal.seal(subject, place(facility, requestID))),
                .integer(now.milliseconds), person,
            ])
    }

    /// What a try was about; nil for one that we never made.
    func subject(ofTry requestID: String, facility: String) throws(LedgerError) -> String? {
        let rows = try run(
            "SELECT subject FROM milaan_try WHERE facility = ?1 AND request_id = ?2",
            [.text(facility), .text(requestID)])
        guard let row = rows.first else { return nil }
        return try seal.open(row.text(0), table: "milaan_try", place(facility, requestID))
    }
}
