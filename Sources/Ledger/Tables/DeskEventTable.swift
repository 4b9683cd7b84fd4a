internal import ABDM

// What happened to the queues, in its order: a desk that was away asks for what is behind a number.
extension LedgerTables {
    func insert(
        _ kind: DeskEvent.Kind, _ queued: QueuedProfile, now: WireTime
    ) throws(LedgerError) {
        try execute(
            """
            INSERT INTO milaan_desk_event (facility, counter, profile, kind, happened_at)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """,
            [
                .text(queued.facility), .text(queued.profile.counter), .text(queued.id),
                .text(kind.rawValue), .integer(now.milliseconds),
            ])
    }

    /// Says of every profile of an address that it is gone, for desks that still show it; to be done before it is.
    func insertLeft(
        _ address: PatientAddress, facility: String, now: WireTime
    ) throws(LedgerError) {
        try execute(
            """
            INSERT INTO milaan_desk_event (facility, counter, profile, kind, happened_at)
            SELECT facility, counter, id, 'left', CAST(?3 AS BIGINT) FROM milaan_profile
            WHERE facility = ?1 AND address = ?2 ORDER BY shared_at, id
            """, [.text(facility), person(address, facility), .integer(now.milliseconds)])
    }

    /// The last event's number; 0 before the first.
    func lastDeskEvent() throws(LedgerError) -> Int64 {
        try run("SELECT max(id) FROM milaan_desk_event").first?.integer(0) ?? 0
    }

    /// What happened at all counters behind a number.
    func deskEvents(after id: Int64, max: Int) throws(LedgerError) -> [DeskEvent] {
        try deskEvents(
            run(
                """
                SELECT e.id, e.kind, e.facility, e.counter, e.profile, p.id, p.counter, p.day,
                    p.number, p.address, p.shared_at, p.profile
                FROM milaan_desk_event e LEFT JOIN milaan_profile p ON p.id = e.profile
                WHERE e.id > ?1 AND (p.id IS NOT NULL OR e.kind = 'left')
                ORDER BY e.id LIMIT ?2
                """, [.integer(id), .integer(Int64(max))]))
    }

    /// What happened at one counter of a day behind a number; whoever has seen nothing need not hear who left.
    func deskEvents(
        facility: String, counter: String, day: String, after id: Int64, max: Int
    ) throws(LedgerError) -> [DeskEvent] {
        try deskEvents(
            run(
                """
                SELECT e.id, e.kind, e.facility, e.counter, e.profile, p.id, p.counter, p.day,
                    p.number, p.address, p.shared_at, p.profile
                FROM milaan_desk_event e LEFT JOIN milaan_profile p ON p.id = e.profile
                WHERE e.facility = ?1 AND e.counter = ?2 AND e.id > ?4
                    AND (p.day = ?3 OR e.kind = 'left' AND ?4 > 0)
                ORDER BY e.id LIMIT ?5
                """,
                [
                    .text(facility), .text(counter), .text(day), .integer(id),
                    .integer(Int64(max)),
                ]))
    }

    private func deskEvents(_ rows: [LedgerRow]) throws(LedgerError) -> [DeskEvent] {
        var events: [DeskEvent] = []
        for row in rows {
            events.append(
                DeskEvent(
                    id: row.integer(0), facility: row.text(2), counter: row.text(3),
                    happening: try happening(row)))
        }
        return events
    }

    private func happening(_ row: LedgerRow) throws(LedgerError) -> DeskEvent.Happening {
        let kind = DeskEvent.Kind(rawValue: row.text(1)) ?? .profile
        if kind == .left { return .left(profileID: row.text(4)) }
        let queued = try profile(LedgerRow(cells: Array(row.cells[5...])), facility: row.text(2))
        return kind == .registered ? .registered(queued) : .profile(queued)
    }
}

extension LedgerBook {
    /// What happened behind a number; only where the end is, where none is said.
    func deskEvents(after id: Int64?, max: Int) throws(LedgerError) -> LedgerReply {
        guard let id else { return .deskEvents([], through: try tables.lastDeskEvent()) }
        let events = try tables.deskEvents(after: id, max: max)
        let last = try tables.lastDeskEvent()
        return .deskEvents(events, through: Self.through(events, after: id, max: max, last))
    }

    /// The same of one counter today; all of it where there was never such a number.
    func deskEvents(
        facility: String, counter: String, day: String, after id: Int64, max: Int
    ) throws(LedgerError) -> LedgerReply {
        let last = try tables.lastDeskEvent()
        let id = id > last ? 0 : id
        let events = try tables.deskEvents(
            facility: facility, counter: counter, day: day, after: id, max: max)
        return .deskEvents(events, through: Self.through(events, after: id, max: max, last))
    }

    /// Up to which number nothing is missing.
    private static func through(
        _ events: [DeskEvent], after id: Int64, max: Int, _ last: Int64
    ) -> Int64 {
        if events.count == max, let end = events.last { return end.id }
        return Swift.max(id, last)
    }
}
