internal import ABDM

// The queues of counters.
extension LedgerTables {
    func profile(
        _ row: LedgerRow, facility: String
    ) throws(LedgerError) -> QueuedProfile {
        let address = try address(row.text(4), facility, table: "milaan_profile")
        let text = try seal.open(row.text(6), table: "milaan_profile", row.text(0))
        guard
            let profile = StateText.profile(text, counter: row.text(1), address: address)
        else { throw .unreadable(table: "milaan_profile") }
        return QueuedProfile(
            id: row.text(0), facility: facility, day: row.text(2), number: Int(row.integer(3)),
            sharedAt: WireTime(milliseconds: row.integer(5)), profile: profile)
    }

    /// What an address shared last at a counter.
    func lastProfile(
        facility: String, counter: String, address: PatientAddress
    ) throws(LedgerError) -> QueuedProfile? {
        let rows = try run(
            """
            SELECT id, counter, day, number, address, shared_at, profile FROM milaan_profile
            WHERE facility = ?1 AND counter = ?2 AND address = ?3
            ORDER BY shared_at DESC LIMIT 1
            """, [.text(facility), .text(counter), person(address, facility)])
        guard let row = rows.first else { return nil }
        return try profile(row, facility: facility)
    }

    /// A profile by its id; nil where this facility has none of that id.
    func profile(id: String, facility: String) throws(LedgerError) -> QueuedProfile? {
        let rows = try run(
            """
            SELECT id, counter, day, number, address, shared_at, profile FROM milaan_profile
            WHERE id = ?1 AND facility = ?2
            """, [.text(id), .text(facility)])
        guard let row = rows.first else { return nil }
        return try profile(row, facility: facility)
    }

    /// The last number of a counter's queue; 0 before the first.
    ///
    /// Kept apart from the queue, which people leave: a number that was given is nobody else's that day.
    func lastNumber(
        facility: String, counter: String, day: String
    ) throws(LedgerError) -> Int {
        let rows = try run(
            """
            SELECT last_number FROM milaan_counter
            WHERE facility = ?1 AND counter = ?2 AND day = ?3
            """, [.text(facility), .text(counter), .text(day)])
        return Int(rows.first?.integer(0) ?? 0)
    }

    /// Gives a profile its place in a counter's queue, whose numbers go up by it.
    func enqueue(_ queued: QueuedProfile, now: WireTime) throws(LedgerError) {
        try execute(
            """
            INSERT INTO milaan_counter (facility, counter, day, last_number, given_at)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (facility, counter, day) DO UPDATE SET
                last_number = excluded.last_number, given_at = excluded.given_at
            WHERE excluded.last_number > milaan_counter.last_number
            """,
            [
                .text(queued.facility), .text(queued.profile.counter), .text(queued.day),
                .integer(Int64(queued.number)), .integer(now.milliseconds),
            ])
        try put(queued)
    }

    /// Puts a profile into its queue, or what was shared anew into its place.
    func put(_ queued: QueuedProfile) throws(LedgerError) {
        let text = seal.seal(StateText.text(queued.profile), queued.id)
        try execute(
            """
            INSERT INTO milaan_profile
                (id, facility, counter, day, number, address, shared_at, profile)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (id) DO UPDATE SET profile = excluded.profile
            """,
            [
                .text(queued.id), .text(queued.facility), .text(queued.profile.counter),
                .text(queued.day), .integer(Int64(queued.number)),
                person(queued.profile.address, queued.facility),
                .integer(queued.sharedAt.milliseconds),
                .text(text),
            ])
    }

    /// A counter's queue of a day, in the order of its numbers.
    func queue(
        facility: String, counter: String, day: String
    ) throws(LedgerError) -> [QueuedProfile] {
        let rows = try run(
            """
            SELECT id, counter, day, number, address, shared_at, profile FROM milaan_profile
            WHERE facility = ?1 AND counter = ?2 AND day = ?3 ORDER BY number
            """, [.text(facility), .text(counter), .text(day)])
        var profiles: [QueuedProfile] = []
        for row in rows { profiles.append(try profile(row, facility: facility)) }
        return profiles
    }
}
