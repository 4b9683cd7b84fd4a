internal import ABDM

/// A patient whose address a facility knows.
struct KnownPatient {
    var facility: String
    var address: PatientAddress
    var patientReference: String
    var claim: PatientClaim
}

// Whose address is whose, and the tokens that patients have given us.
extension LedgerTables {
    // MARK: Addresses

    /// Remembers that an address is a patient's, so that what is recorded later can be linked too.
    ///
    /// Where that is known already, nothing is lost: neither what only the earlier claim said, nor the better proof,
    /// nor who answers for it.
    ///
    /// - Parameters:
    ///   - patient: whose address it is.
    ///   - proof: how that is known.
    ///   - vouchedBy: the operator who answers for it; nil where nobody has to.
    ///   - now: the time.
    /// - Throws: `LedgerError`.
    func insert(
        _ patient: KnownPatient, proof: ContextLink.Proof, vouchedBy: String? = nil, now: WireTime
    ) throws(LedgerError) {
        let earlier = try patients(facility: patient.facility, address: patient.address)
        var whole = patient.claim
        for other in earlier { whole = whole.completed(by: other.claim) }
        let claim = seal.seal(
            StateText.text(whole), place(patient.facility, patient.address.text))
        try execute(
            """
            INSERT INTO milaan_patient
                (facility, address, patient_reference, proof, since, claim, vouched_by)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (facility, address, patient_reference) DO UPDATE SET
                claim = excluded.claim,
                proof = CASE WHEN excluded.proof = 'password' THEN excluded.proof
                    ELSE milaan_patient.proof END,
                vouched_by = COALESCE(excluded.vouched_by, milaan_patient.vouched_by)
            """,
            [
                .text(patient.facility), person(patient.address, patient.facility),
                .text(patient.patientReference), .text(proof.rawValue),
                .integer(now.milliseconds), .text(claim),
                vouchedBy.map { .text(seal.seal($0, place(patient.facility, "vouched by"))) }
                    ?? .null,
            ])
        guard earlier.contains(where: { $0.patientReference != patient.patientReference }) else {
            return
        }
        // One address is one person, whichever record it is asked for.
        try execute(
            "UPDATE milaan_patient SET claim = ?3 WHERE facility = ?1 AND address = ?2",
            [.text(patient.facility), person(patient.address, patient.facility), .text(claim)])
    }

    /// The addresses of a patient.
    func patients(
        facility: String, patientReference: String
    ) throws(LedgerError) -> [KnownPatient] {
        try patients(
            run(
                """
                SELECT facility, address, patient_reference, claim FROM milaan_patient
                WHERE facility = ?1 AND patient_reference = ?2 ORDER BY since, address
                """, [.text(facility), .text(patientReference)]))
    }

    /// The patients of an address.
    func patients(
        facility: String, address: PatientAddress
    ) throws(LedgerError) -> [KnownPatient] {
        try patients(
            run(
                """
                SELECT facility, address, patient_reference, claim FROM milaan_patient
                WHERE facility = ?1 AND address = ?2 ORDER BY since, patient_reference
                """, [.text(facility), person(address, facility)]))
    }

    func patients(_ rows: [LedgerRow]) throws(LedgerError) -> [KnownPatient] {
        var patients: [KnownPatient] = []
        for row in rows {
            let address = try address(row.text(1), row.text(0), table: "milaan_patient")
            let text = try seal.open(
                row.text(3), table: "milaan_patient", place(row.text(0), address.text))
            guard let claim = StateText.claim(text) else {
                throw .unreadable(table: "milaan_patient")
            }
            patients.append(
                KnownPatient(
                    facility: row.text(0), address: address, patientReference: row.text(2),
                    claim: claim))
        }
        return patients
    }

    /// Forgets an address at a facility: who it belongs to, what it may link and what it has linked.
    ///
    /// Desks that show a profile of it are told that it is gone.
    func forget(
        _ address: PatientAddress, facility: String, now: WireTime
    ) throws(LedgerError) {
        let values: [LedgerValue] = [.text(facility), person(address, facility)]
        try execute("DELETE FROM milaan_patient WHERE facility = ?1 AND address = ?2", values)
        try execute("DELETE FROM milaan_token WHERE facility = ?1 AND address = ?2", values)
        try execute("DELETE FROM milaan_token_request WHERE facility = ?1 AND address = ?2", values)
        try execute(
            "DELETE FROM milaan_authentication WHERE facility = ?1 AND address = ?2", values)
        try execute("DELETE FROM milaan_quest WHERE facility = ?1 AND address = ?2", values)
        // That a transaction was decided stays known; not whose it was, nor what was found.
        try execute(
            """
            UPDATE milaan_offer SET address = '', patient = '', is_taken = 1
            WHERE facility = ?1 AND address = ?2
            """, values)
        try execute("DELETE FROM milaan_attempt WHERE facility = ?1 AND address = ?2", values)
        try execute("DELETE FROM milaan_link WHERE facility = ?1 AND address = ?2", values)
        try execute("DELETE FROM milaan_progress WHERE facility = ?1 AND address = ?2", values)
        try insertLeft(address, facility: facility, now: now)
        try execute("DELETE FROM milaan_profile WHERE facility = ?1 AND address = ?2", values)
    }

    // MARK: Linking tokens

    func token(
        facility: String, address: PatientAddress
    ) throws(LedgerError) -> LinkingToken? {
        let rows = try run(
            """
            SELECT token, expires_at, is_single_use FROM milaan_token
            WHERE facility = ?1 AND address = ?2
            """, [.text(facility), person(address, facility)])
        guard let row = rows.first else { return nil }
        let text = try seal.open(
            row.text(0), table: "milaan_token", place(facility, address.text))
        return LinkingToken(
            facility: facility, address: address, text: text,
            expires: WireTime(milliseconds: row.integer(1)), isSingleUse: row.integer(2) != 0)
    }

    func put(_ token: LinkingToken) throws(LedgerError) {
        let text = seal.seal(token.text, place(token.facility, token.address.text))
        try execute(
            """
            INSERT INTO milaan_token (facility, address, token, expires_at, is_single_use)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (facility, address) DO UPDATE SET token = excluded.token,
                expires_at = excluded.expires_at, is_single_use = excluded.is_single_use
            """,
            [
                .text(token.facility), person(token.address, token.facility), .text(text),
                .integer(token.expires.milliseconds), .integer(token.isSingleUse ? 1 : 0),
            ])
    }

    func deleteToken(facility: String, address: PatientAddress) throws(LedgerError) {
        try execute(
            "DELETE FROM milaan_token WHERE facility = ?1 AND address = ?2",
            [.text(facility), person(address, facility)])
    }

    // MARK: Quests

    func quest(
        facility: String, address: PatientAddress
    ) throws(LedgerError) -> TokenQuest? {
        try run(
            """
            SELECT facility, address, id, version, deadline, tries FROM milaan_quest
            WHERE facility = ?1 AND address = ?2
            """, [.text(facility), person(address, facility)]
        ).first.map { (row) throws(LedgerError) in try quest(row) }
    }

    func quest(id: String) throws(LedgerError) -> TokenQuest? {
        try run(
            "SELECT facility, address, id, version, deadline, tries FROM milaan_quest WHERE id = ?1",
            [.text(id)]
        ).first.map { (row) throws(LedgerError) in try quest(row) }
    }

    func put(_ quest: TokenQuest) throws(LedgerError) {
        try execute(
            """
            INSERT INTO milaan_quest (facility, address, id, version, deadline, tries)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (facility, address) DO UPDATE SET id = excluded.id,
                version = excluded.version, deadline = excluded.deadline, tries = excluded.tries
            """,
            [
                .text(quest.facility), person(quest.address, quest.facility), .text(quest.id),
                .text(quest.version.rawValue), .integer(quest.deadline.milliseconds),
                .integer(Int64(quest.tries)),
            ])
    }

    func deleteQuest(id: String) throws(LedgerError) {
        try execute("DELETE FROM milaan_quest WHERE id = ?1", [.text(id)])
    }

    private func quest(_ row: LedgerRow) throws(LedgerError) -> TokenQuest {
        var quest = TokenQuest(
            id: row.text(2), facility: row.text(0),
            address: try address(row.text(1), row.text(0), table: "milaan_quest"),
            version: WireVersion(rawValue: row.text(3)) ?? .gateway,
            deadline: WireTime(milliseconds: row.integer(4)))
        quest.tries = Int(row.integer(5))
        return quest
    }
}
