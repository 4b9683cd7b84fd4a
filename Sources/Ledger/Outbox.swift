public import ABDM

/// A message of the outbox that is due: whoever has it sends it.
public struct OutboxEntry: Equatable, Sendable {
    /// Its number.
    public var id: Int64
    /// What to send, but for what is fresh at every try.
    public var message: OutboundMessage
    /// How many tries have been made before this one.
    public var attempts: Int
    /// When it is of no use any more, and not sent; nil for never.
    public var useBy: WireTime?

    /// Whether it is of use at a moment.
    public func isOfUse(at time: WireTime) -> Bool { useBy.map { time < $0 } ?? true }
}

/// What became of a try.
public struct OutboxSettlement: Equatable, Sendable {
    /// How a try ended.
    public enum Outcome: Equatable, Sendable {
        /// The message has arrived; its body is forgotten.
        case sent
        /// It is tried again at a moment.
        case again(WireTime, problem: String)
        /// Nobody tries again until a person asks for it.
        case dead(problem: String)
        /// A request of ours was turned down; what it was about goes another way.
        case refused(GatewayRefusal, problem: String)
    }

    /// The message's number.
    public var id: Int64
    /// How the try ended.
    public var outcome: Outcome

    /// A settlement from its parts.
    ///
    /// - Parameters:
    ///   - id: the message's number.
    ///   - outcome: its problems are codes and statuses, never anything of a message.
    public init(id: Int64, outcome: Outcome) {
        self.id = id
        self.outcome = outcome
    }
}

/// A message as an operator sees it: never its body.
public struct OutboxLine: Equatable, Sendable {
    /// Where a message stands.
    public enum State: String, CaseIterable, Sendable {
        /// It waits for its next try, or is being tried.
        case waiting
        /// It has arrived.
        case sent
        /// Nobody tries any more.
        case dead
    }

    /// Its number.
    public var id: Int64
    /// Where it goes.
    public var destination: GatewayPath
    /// The facility that speaks.
    public var facility: String
    /// Where it stands.
    public var state: State
    /// How many tries have been made.
    public var attempts: Int
    /// When it was written.
    public var createdAt: WireTime
    /// When it is tried next; of one that is not, when it ended.
    public var nextTry: WireTime
    /// Why the last try failed; empty where none has.
    public var problem: String
}

// The table behind it.
extension LedgerTables {
    /// Longer than any wait between two tries.
    private static let waitMaxMilliseconds: Int64 = 3_700_000

    /// Writes a message down, for its writer to send: others leave it alone until the lease is over.
    ///
    /// - Parameters:
    ///   - message: what to send.
    ///   - now: the time.
    ///   - leasedUntil: when others may take it.
    ///   - about: the quest or the batch of records that it asks for; nil for any other message.
    ///   - address: the patient with whom it goes when they leave; nil where it stays.
    ///   - useBy: when it is of no use any more; nil for never.
    /// - Returns: what its writer sends.
    /// - Throws: `LedgerError`.
    func insert(
        _ message: OutboundMessage, now: WireTime, leasedUntil: WireTime, about: String? = nil,
        for address: PatientAddress? = nil, useBy: WireTime? = nil
    ) throws(LedgerError) -> OutboxEntry {
        let body = seal.seal(message.body, outboxPlace(message))
        let rows = try run(
            """
            INSERT INTO milaan_outbox (base, path, facility, consent_manager, body, state,
                attempts, next_try, created_at, subject, link_token, about, person,
                use_by)
            VALUES (?1, ?2, ?3, ?4, ?5, 'waiting', 0, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            RETURNING id
            """,
            [
                .text(message.destination.base.rawValue), .text(message.destination.path),
                .text(message.facility), message.consentManager.map { .text($0) } ?? .null,
                .text(body), .integer(leasedUntil.milliseconds), .integer(now.milliseconds),
                message.subject.map { .text(seal.seal($0, subjectPlace(message.facility))) }
                    ?? .null,
                message.linkToken.map { .text(seal.seal($0, outboxPlace(message))) } ?? .null,
                about.map { .text($0) } ?? .null,
                address.map { person($0, message.facility) } ?? .null,
                useBy.map { .integer($0.milliseconds) } ?? .null,
            ])
        return OutboxEntry(
            id: rows.first?.integer(0) ?? 0, message: message, attempts: 0, useBy: useBy)
    }

    /// Takes messages that are due, and leases them.
    func claim(
        max: Int, base: GatewayPath.Base?, now: WireTime, leasedUntil: WireTime
    ) throws(LedgerError) -> [OutboxEntry] {
        let rows = try run(
            """
            UPDATE milaan_outbox SET next_try = ?2 WHERE id IN (
                SELECT id FROM milaan_outbox
                WHERE state = 'waiting' AND (next_try <= ?1 OR next_try > ?4)
                    AND (CAST(?5 AS TEXT) = '' OR base = CAST(?5 AS TEXT))
                ORDER BY next_try LIMIT ?3)
            RETURNING id, base, path, facility, consent_manager, body, attempts, subject,
                link_token, use_by
            """,
            [
                .integer(now.milliseconds), .integer(leasedUntil.milliseconds),
                .integer(Int64(max)),
                // Nobody waits so long: the clock was set back since.
                .integer(now.adding(milliseconds: Self.waitMaxMilliseconds).milliseconds),
                .text(base?.rawValue ?? ""),
            ])
        var entries: [OutboxEntry] = []
        for row in rows { entries.append(try entry(row)) }
        return entries.sorted { $0.id < $1.id }
    }

    /// Ends a lease before its time.
    func giveBack(_ id: Int64, now: WireTime) throws(LedgerError) {
        try execute(
            "UPDATE milaan_outbox SET next_try = ?2 WHERE id = ?1 AND state = 'waiting'",
            [.integer(id), .integer(now.milliseconds)])
    }

    /// Makes every message that waits due.
    func recover(now: WireTime) throws(LedgerError) {
        try execute(
            "UPDATE milaan_outbox SET next_try = ?1 WHERE state = 'waiting' AND next_try > ?1",
            [.integer(now.milliseconds)])
    }

    /// Wakes dead messages, one or all; a password that has expired stays dead, and so does a desk's request for which
    /// nobody waits any more.
    ///
    /// - Parameters:
    ///   - id: the one; nil for all.
    ///   - now: the time.
    ///   - useBy: until when those are of use then that are not for ever.
    /// - Returns: how many.
    /// - Throws: `LedgerError`.
    func revive(_ id: Int64?, now: WireTime, useBy: WireTime) throws(LedgerError) -> Int {
        let rows = try run(
            """
            UPDATE milaan_outbox SET state = 'waiting', attempts = 0, next_try = ?1,
                use_by = CASE WHEN use_by IS NULL OR base = 'sms' OR subject IS NOT NULL THEN use_by
                    ELSE CAST(?3 AS BIGINT) END
            WHERE state = 'dead' AND body <> '' AND (use_by IS NULL OR use_by > ?1 OR (base <> 'sms' AND subject IS NULL))
                AND (CAST(?2 AS BIGINT) = 0 OR id = CAST(?2 AS BIGINT)) RETURNING id
            """, [.integer(now.milliseconds), .integer(id ?? 0), .integer(useBy.milliseconds)])
        return rows.count
    }

    func settle(_ settlement: OutboxSettlement, now: WireTime) throws(LedgerError) {
        let id = LedgerValue.integer(settlement.id)
        switch settlement.outcome {
        case .sent, .refused:
            try execute(
                """
                UPDATE milaan_outbox
                SET state = 'sent', body = '', link_token = NULL, attempts = attempts + 1, next_try = ?2
                WHERE id = ?1
                """, [id, .integer(now.milliseconds)])
        case .again(let time, let problem):
            try execute(
                """
                UPDATE milaan_outbox SET attempts = attempts + 1, next_try = ?2, problem = ?3
                WHERE id = ?1 AND state = 'waiting'
                """, [id, .integer(time.milliseconds), .text(problem)])
        case .dead(let problem):
            try execute(
                """
                UPDATE milaan_outbox SET state = 'dead', attempts = attempts + 1, problem = ?2,
                    next_try = ?3
                WHERE id = ?1 AND state = 'waiting'
                """, [id, .text(problem), .integer(now.milliseconds)])
        }
    }

    /// Forgets what has lain dead since before a moment.
    func purgeDead(before time: WireTime) throws(LedgerError) {
        try execute(
            "DELETE FROM milaan_outbox WHERE state = 'dead' AND next_try < ?1",
            [.integer(time.milliseconds)])
    }

    /// What an answer to a message is about, and who asked; nil where none is awaited.
    func subject(ofMessage id: Int64) throws(LedgerError) -> (subject: String, facility: String)? {
        let rows = try run(
            "SELECT subject, facility FROM milaan_outbox WHERE id = ?1", [.integer(id)])
        guard let row = rows.first, let subject = row.cells[0] else { return nil }
        let text = try seal.open(
            subject, table: "milaan_outbox", subjectPlace(row.text(1)))
        return (text, row.text(1))
    }

    // MARK: Patients who leave

    /// Destroys what is queued for a patient who leaves, and what we remember of having asked.
    ///
    /// - Returns: the numbers of the messages, which whoever holds one must not send any more.
    func cancel(
        _ address: PatientAddress, facility: String, now: WireTime
    ) throws(LedgerError) -> [Int64] {
        let whose: [LedgerValue] = [.text(facility), person(address, facility)]
        try execute("DELETE FROM milaan_try WHERE facility = ?1 AND person = ?2", whose)
        try execute(
            """
            UPDATE milaan_outbox SET subject = NULL, person = NULL
            WHERE facility = ?1 AND person = ?2 AND state = 'sent'
            """, whose)
        return try run(
            """
            UPDATE milaan_outbox SET state = 'dead', body = '', link_token = NULL, subject = NULL,
                person = NULL, next_try = ?3, problem = 'the patient left'
            WHERE facility = ?1 AND person = ?2 RETURNING id
            """, whose + [.integer(now.milliseconds)]
        ).map { $0.integer(0) }
    }

    /// Whom a message that waits is for, as its column has it.
    ///
    /// - Returns: nil where it does not wait any more; `.null` where it is for nobody who could leave.
    func personOfWaiting(message id: Int64) throws(LedgerError) -> LedgerValue? {
        let rows = try run(
            "SELECT person FROM milaan_outbox WHERE id = ?1 AND state = 'waiting'", [.integer(id)])
        guard let row = rows.first else { return nil }
        return row.cells[0].map { .text($0) } ?? .null
    }

    /// The messages that have not arrived, oldest first.
    func outboxLines(_ state: OutboxLine.State, max: Int) throws(LedgerError) -> [OutboxLine] {
        let rows = try run(
            """
            SELECT id, base, path, facility, attempts, created_at, next_try, problem
            FROM milaan_outbox WHERE state = ?1 ORDER BY id LIMIT ?2
            """, [.text(state.rawValue), .integer(Int64(max))])
        return rows.map { row in
            OutboxLine(
                id: row.integer(0), destination: destination(row.text(1), row.text(2)),
                facility: row.text(3), state: state, attempts: Int(row.integer(4)),
                createdAt: WireTime(milliseconds: row.integer(5)),
                nextTry: WireTime(milliseconds: row.integer(6)), problem: row.text(7))
        }
    }

    private func entry(_ row: LedgerRow) throws(LedgerError) -> OutboxEntry {
        var message = OutboundMessage(
            destination: destination(row.text(1), row.text(2)), facility: row.text(3),
            consentManager: row.cells[4], body: "")
        message.body = try seal.open(
            row.text(5), table: "milaan_outbox", outboxPlace(message))
        if let subject = row.cells[7] {
            message.subject = try seal.open(
                subject, table: "milaan_outbox", subjectPlace(message.facility))
        }
        if let token = row.cells[8] {
            message.linkToken = try seal.open(
                token, table: "milaan_outbox", outboxPlace(message))
        }
        return OutboxEntry(
            id: row.integer(0), message: message, attempts: Int(row.integer(6)),
            useBy: row.cells[9] == nil ? nil : WireTime(milliseconds: row.integer(9)))
    }

    private func destination(_ base: String, _ path: String) -> GatewayPath {
        // Only names of ours are written; another one is a later program's, whose messages wait for it.
        GatewayPath(GatewayPath.Base(rawValue: base) ?? .gateway, path)
    }

    private func subjectPlace(_ facility: String) -> String { place(facility, "subject") }

    private func outboxPlace(_ message: OutboundMessage) -> String {
        place(message.facility, message.destination.base.rawValue + message.destination.path)
    }
}
