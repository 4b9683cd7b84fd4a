internal import ABDM

// Authentications that desks have begun: the last of each address.
extension LedgerTables {
    func put(_ authentication: DeskAuthentication) throws(LedgerError) {
        // ABDM's hint is a masked mobile: personal all the same.
        let hint = seal.seal(
            authentication.hint, place(authentication.facility, authentication.address.text))
        try execute(
            """
            INSERT INTO milaan_authentication (facility, address, id, profile, mode, state,
                transaction_id, modes, hint, deadline, problem)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ON CONFLICT (facility, address) DO UPDATE SET id = excluded.id,
                profile = excluded.profile, mode = excluded.mode, state = excluded.state,
                transaction_id = excluded.transaction_id, modes = excluded.modes,
                hint = excluded.hint, deadline = excluded.deadline, problem = excluded.problem
            """,
            [
                .text(authentication.facility),
                person(authentication.address, authentication.facility),
                .text(authentication.id), .text(authentication.profileID),
                authentication.mode.map { .text($0.rawValue) } ?? .null,
                .text(authentication.state.rawValue), .text(authentication.transactionID),
                .text(authentication.modes.joined(separator: " ")), .text(hint),
                .integer(authentication.deadline.milliseconds),
                .integer(Int64(authentication.problem)),
            ])
    }

    func authentication(id: String) throws(LedgerError) -> DeskAuthentication? {
        try authentication(
            run(
                """
                SELECT facility, address, id, profile, mode, state, transaction_id, modes, hint,
                    deadline, problem
                FROM milaan_authentication WHERE id = ?1
                """, [.text(id)]))
    }

    func authentication(
        facility: String, address: PatientAddress
    ) throws(LedgerError) -> DeskAuthentication? {
        try authentication(
            run(
                """
                SELECT facility, address, id, profile, mode, state, transaction_id, modes, hint,
                    deadline, problem
                FROM milaan_authentication WHERE facility = ?1 AND address = ?2
                """, [.text(facility), person(address, facility)]))
    }

    func authentication(
        facility: String, transactionID: String
    ) throws(LedgerError) -> DeskAuthentication? {
        guard !transactionID.isEmpty else { return nil }
        return try authentication(
            run(
                """
                SELECT facility, address, id, profile, mode, state, transaction_id, modes, hint,
                    deadline, problem
                FROM milaan_authentication WHERE facility = ?1 AND transaction_id = ?2
                """, [.text(facility), .text(transactionID)]))
    }

    private func authentication(_ rows: [LedgerRow]) throws(LedgerError) -> DeskAuthentication? {
        guard let row = rows.first else { return nil }
        let address = try address(row.text(1), row.text(0), table: "milaan_authentication")
        var authentication = DeskAuthentication(
            id: row.text(2), profileID: row.text(3), facility: row.text(0), address: address,
            mode: row.cells[4].flatMap { AuthenticationMode(rawValue: $0) },
            deadline: WireTime(milliseconds: row.integer(9)))
        authentication.state = DeskAuthentication.State(rawValue: row.text(5)) ?? .refused
        authentication.transactionID = row.text(6)
        authentication.modes = row.text(7).split(separator: " ").map { String($0) }
        authentication.hint = try seal.open(
            row.text(8), table: "milaan_authentication", place(row.text(0), address.text))
        authentication.problem = Int(row.integer(10))
        return authentication
    }
}
