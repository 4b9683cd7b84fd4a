internal import ABDM
internal import Matcher

// New records on their way to being linked, and the tries whose answers are awaited.
extension LedgerTables {
    // MARK: Records

    // What a facility wrote down stays; how far it has come is known for each address by itself, and forgotten with it.

    /// Writes a record down; one that is there already stays as it is.
    func insert(
        _ context: OfferedContext, facility: String, now: WireTime
    ) throws(LedgerError) {
        let display = seal.seal(
            context.display, place(facility, context.patientReference + context.reference))
        try execute(
            """
            INSERT INTO milaan_record (facility, patient_reference, context_reference, display,
                hi_type, recorded_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING
            """,
            [
                .text(facility), .text(context.patientReference), .text(context.reference),
                .text(display), .integer(Int64(context.hiType.rawValue)),
                .integer(now.milliseconds),
            ])
    }

    /// Lets every record of a patient's that has not begun its way to an address begin it: what is linked is there
    /// already.
    func begin(_ patient: KnownPatient) throws(LedgerError) {
        try execute(
            """
            INSERT INTO milaan_progress (facility, address, patient_reference, context_reference,
                state, is_alone, batch, problem)
            SELECT r.facility, CAST(?2 AS TEXT), r.patient_reference, r.context_reference,
                CASE WHEN EXISTS (
                    SELECT 1 FROM milaan_link l WHERE l.facility = r.facility AND l.address = ?2
                    AND l.patient_reference = r.patient_reference
                    AND l.context_reference = r.context_reference)
                THEN 'linked' ELSE 'waiting' END, 0, '', ''
            FROM milaan_record r WHERE r.facility = ?1 AND r.patient_reference = ?3
            ON CONFLICT DO NOTHING
            """, values(patient))
    }

    /// How far a patient's records have come with one address; those that have not begun wait.
    func records(
        facility: String, patientReference: String, address: PatientAddress
    ) throws(LedgerError) -> [NewRecord] {
        try records(
            run(
                """
                SELECT r.facility, r.patient_reference, r.context_reference, r.display, r.hi_type,
                    COALESCE(p.state, 'waiting'), COALESCE(p.is_alone, 0), COALESCE(p.problem, '')
                FROM milaan_record r LEFT JOIN milaan_progress p
                ON p.facility = r.facility AND p.patient_reference = r.patient_reference
                AND p.context_reference = r.context_reference AND p.address = ?3
                WHERE r.facility = ?1 AND r.patient_reference = ?2
                ORDER BY r.recorded_at, r.context_reference
                """, [.text(facility), .text(patientReference), person(address, facility)]))
    }

    func records(batch: String) throws(LedgerError) -> [NewRecord] {
        try records(
            run(
                """
                SELECT r.facility, r.patient_reference, r.context_reference, r.display, r.hi_type,
                    p.state, p.is_alone, p.problem
                FROM milaan_progress p JOIN milaan_record r
                ON p.facility = r.facility AND p.patient_reference = r.patient_reference
                AND p.context_reference = r.context_reference
                WHERE p.batch = ?1 ORDER BY r.context_reference
                """, [.text(batch)]))
    }

    /// What a batch asks for, and for whom.
    func setBatch(
        _ batch: String, _ contexts: [OfferedContext], of patient: KnownPatient
    ) throws(LedgerError) {
        for context in contexts {
            try execute(
                """
                UPDATE milaan_progress SET state = 'asked', batch = ?5
                WHERE facility = ?1 AND address = ?2 AND patient_reference = ?3
                AND context_reference = ?4
                """,
                [
                    .text(patient.facility), person(patient.address, patient.facility),
                    .text(context.patientReference), .text(context.reference), .text(batch),
                ])
        }
    }

    func setState(
        batch: String, _ state: NewRecord.State, isAlone: Bool, problem: String
    ) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_progress SET state = ?2, is_alone = ?3, problem = ?4
            WHERE batch = ?1 AND state <> 'linked'
            """,
            [
                .text(batch), .text(state.rawValue), .integer(isAlone ? 1 : 0), .text(problem),
            ])
    }

    /// Turns a patient's waiting records down, as their token was.
    func refuseWaiting(_ patient: KnownPatient, problem: String) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_progress SET state = 'refused', problem = ?4
            WHERE facility = ?1 AND address = ?2 AND patient_reference = ?3 AND state = 'waiting'
            """, values(patient) + [.text(problem)])
    }

    /// Lets all records of a patient's that were turned down try again; what the problem was stays known.
    func wake(_ patient: KnownPatient) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_progress SET state = 'waiting', is_alone = 0, batch = '', asks = 0, next_ask = 0
            WHERE facility = ?1 AND address = ?2 AND patient_reference = ?3 AND state = 'refused'
            """, values(patient))
    }

    /// The same for one record, with every address of its patient.
    func wake(_ key: ContextKey, facility: String) throws(LedgerError) {
        try execute(
            """
            UPDATE milaan_progress SET state = 'waiting', is_alone = 0, batch = '', asks = 0, next_ask = 0
            WHERE facility = ?1 AND patient_reference = ?2 AND context_reference = ?3
            AND state = 'refused'
            """, [.text(facility), .text(key.patientReference), .text(key.reference)])
    }

    /// What finds the progress of a patient's records with one address.
    func values(_ patient: KnownPatient) -> [LedgerValue] {
        [
            .text(patient.facility), person(patient.address, patient.facility),
            .text(patient.patientReference),
        ]
    }

    func records(_ rows: [LedgerRow]) throws(LedgerError) -> [NewRecord] {
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
                    isAlone: row.integer(6) != 0, problem: row.text(7)))
        }
        return records
    }

    // MARK: Tries

    /// Remembers under which request id something is asked for, before it is.
    func insertTry(
        requestID: String, facility: String, subject: String, person: LedgerValue, now: WireTime
    ) throws(LedgerError) {
        try execute(
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
