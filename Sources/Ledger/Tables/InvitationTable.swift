internal import ABDM

// Whom ABDM has been asked to tell of a new record, so that nobody is told twice in a short time.
extension LedgerTables {
    /// Whether a patient is left alone at a moment.
    func isQuiet(
        facility: String, patientReference: String, now: WireTime
    ) throws(LedgerError) -> Bool {
        let rows = try run(
            """
            SELECT quiet_until FROM milaan_invitation
            WHERE facility = ?1 AND patient_reference = ?2
            """, [.text(facility), .text(patientReference)])
        guard let row = rows.first else { return false }
        return row.integer(0) > now.milliseconds
    }

    /// Leaves a patient alone until a moment.
    func setQuiet(
        facility: String, patientReference: String, until: WireTime
    ) throws(LedgerError) {
        try execute(
            """
            INSERT INTO milaan_invitation (facility, patient_reference, quiet_until)
            VALUES (?1, ?2, ?3)
            ON CONFLICT (facility, patient_reference) DO UPDATE SET quiet_until = excluded.quiet_until
            """, [.text(facility), .text(patientReference), .integer(until.milliseconds)])
    }
}
