/// The tables of a ledger, version by version.
///
/// A version that was ever released is never changed: what is new is a version more. Nothing is dropped.
enum LedgerSchema {
    /// The newest version.
    static let version = 1

    /// Brings the tables to the newest version, in one transaction.
    static func migrate(_ database: any LedgerDatabase) throws(LedgerError) {
        try database.begin()
        do throws(LedgerError) {
            try database.runScript(
                "CREATE TABLE IF NOT EXISTS milaan_ledger (version BIGINT NOT NULL)")
            let rows = try database.run("SELECT max(version) FROM milaan_ledger")
            let found = Int(rows.first?.integer(0) ?? 0)
            guard found <= version else { throw .newerSchema(found: found, known: version) }
            for next in found..<version {
                try database.runScript(script(of: next + 1, identity: database.identityColumn))
                _ = try database.run(
                    "INSERT INTO milaan_ledger (version) VALUES (?1)", [.integer(Int64(next + 1))])
            }
            try database.commit()
        } catch {
            database.rollback()
            throw error
        }
    }

    private static func script(of version: Int, identity: String) -> String {
        switch version {
        case 1: first(identity)
        default: preconditionFailure("there is no such version of the ledger")
        }
    }

    private static func first(_ identity: String) -> String {
        """
        CREATE TABLE milaan_outbox (
            id \(identity), base TEXT NOT NULL, path TEXT NOT NULL, facility TEXT NOT NULL,
            consent_manager TEXT, body TEXT NOT NULL, state TEXT NOT NULL,
            attempts BIGINT NOT NULL, next_try BIGINT NOT NULL, created_at BIGINT NOT NULL,
            problem TEXT, subject TEXT, link_token TEXT, about TEXT, person TEXT, use_by BIGINT);
        CREATE INDEX milaan_outbox_due ON milaan_outbox (state, next_try);
        CREATE INDEX milaan_outbox_about ON milaan_outbox (about);
        CREATE INDEX milaan_outbox_person ON milaan_outbox (facility, person);
        CREATE TABLE milaan_inbound (
            facility TEXT NOT NULL, path TEXT NOT NULL, request_id TEXT NOT NULL,
            received_at BIGINT NOT NULL, answer BIGINT,
            PRIMARY KEY (facility, path, request_id));
        CREATE INDEX milaan_inbound_age ON milaan_inbound (received_at);
        CREATE TABLE milaan_offer (
            facility TEXT NOT NULL, transaction_id TEXT NOT NULL, address TEXT NOT NULL,
            expires_at BIGINT NOT NULL, is_taken BIGINT NOT NULL, patient TEXT NOT NULL,
            PRIMARY KEY (facility, transaction_id));
        CREATE INDEX milaan_offer_age ON milaan_offer (expires_at);
        CREATE TABLE milaan_attempt (
            link_reference TEXT PRIMARY KEY, facility TEXT NOT NULL, address TEXT NOT NULL,
            patient_reference TEXT NOT NULL, created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL, attempts_left BIGINT NOT NULL, status TEXT NOT NULL,
            otp_hash TEXT NOT NULL, linking TEXT NOT NULL);
        CREATE INDEX milaan_attempt_age ON milaan_attempt (created_at);
        CREATE TABLE milaan_password (mobile TEXT NOT NULL, sent_at BIGINT NOT NULL);
        CREATE INDEX milaan_password_mobile ON milaan_password (mobile, sent_at);
        CREATE INDEX milaan_password_age ON milaan_password (sent_at);
        CREATE TABLE milaan_link (
            facility TEXT NOT NULL, address TEXT NOT NULL, patient_reference TEXT NOT NULL,
            context_reference TEXT NOT NULL, proof TEXT NOT NULL, linked_at BIGINT NOT NULL,
            PRIMARY KEY (facility, address, patient_reference, context_reference));
        CREATE TABLE milaan_patient (
            facility TEXT NOT NULL, address TEXT NOT NULL, patient_reference TEXT NOT NULL,
            proof TEXT NOT NULL, since BIGINT NOT NULL, claim TEXT NOT NULL, vouched_by TEXT,
            PRIMARY KEY (facility, address, patient_reference));
        CREATE INDEX milaan_patient_reference ON milaan_patient (facility, patient_reference);
        CREATE TABLE milaan_try (
            facility TEXT NOT NULL, request_id TEXT NOT NULL, subject TEXT NOT NULL,
            tried_at BIGINT NOT NULL, person TEXT, PRIMARY KEY (facility, request_id));
        CREATE INDEX milaan_try_age ON milaan_try (tried_at);
        CREATE INDEX milaan_try_person ON milaan_try (facility, person);
        CREATE TABLE milaan_quest (
            facility TEXT NOT NULL, address TEXT NOT NULL, id TEXT NOT NULL, version TEXT NOT NULL,
            deadline BIGINT NOT NULL, tries BIGINT NOT NULL, PRIMARY KEY (facility, address));
        CREATE INDEX milaan_quest_id ON milaan_quest (id);
        CREATE TABLE milaan_token_request (
            facility TEXT NOT NULL, address TEXT NOT NULL, asked_at BIGINT NOT NULL);
        CREATE INDEX milaan_token_request_address
            ON milaan_token_request (facility, address, asked_at);
        CREATE INDEX milaan_token_request_age ON milaan_token_request (asked_at);
        CREATE TABLE milaan_token (
            facility TEXT NOT NULL, address TEXT NOT NULL, token TEXT NOT NULL,
            expires_at BIGINT NOT NULL, is_single_use BIGINT NOT NULL,
            PRIMARY KEY (facility, address));
        CREATE TABLE milaan_record (
            facility TEXT NOT NULL, patient_reference TEXT NOT NULL,
            context_reference TEXT NOT NULL, display TEXT NOT NULL, hi_type BIGINT NOT NULL,
            recorded_at BIGINT NOT NULL,
            PRIMARY KEY (facility, patient_reference, context_reference));
        CREATE TABLE milaan_progress (
            facility TEXT NOT NULL, address TEXT NOT NULL, patient_reference TEXT NOT NULL,
            context_reference TEXT NOT NULL, state TEXT NOT NULL, is_alone BIGINT NOT NULL,
            batch TEXT NOT NULL, problem TEXT NOT NULL, asks BIGINT NOT NULL DEFAULT 0,
            next_ask BIGINT NOT NULL DEFAULT 0, looked_at BIGINT NOT NULL DEFAULT 0,
            PRIMARY KEY (facility, address, patient_reference, context_reference));
        CREATE INDEX milaan_progress_record
            ON milaan_progress (facility, patient_reference, context_reference);
        CREATE INDEX milaan_progress_batch ON milaan_progress (batch);
        CREATE INDEX milaan_progress_due ON milaan_progress (state, next_ask);
        CREATE TABLE milaan_profile (
            id TEXT PRIMARY KEY, facility TEXT NOT NULL, counter TEXT NOT NULL,
            day TEXT NOT NULL, number BIGINT NOT NULL, address TEXT NOT NULL,
            shared_at BIGINT NOT NULL, profile TEXT NOT NULL,
            UNIQUE (facility, counter, day, number));
        CREATE TABLE milaan_counter (
            facility TEXT NOT NULL, counter TEXT NOT NULL, day TEXT NOT NULL,
            last_number BIGINT NOT NULL, given_at BIGINT NOT NULL,
            PRIMARY KEY (facility, counter, day));
        CREATE INDEX milaan_counter_age ON milaan_counter (given_at);
        CREATE INDEX milaan_profile_address
            ON milaan_profile (facility, counter, address, shared_at);
        CREATE TABLE milaan_authentication (
            facility TEXT NOT NULL, address TEXT NOT NULL, id TEXT NOT NULL, profile TEXT NOT NULL,
            mode TEXT, state TEXT NOT NULL, transaction_id TEXT NOT NULL, modes TEXT NOT NULL,
            hint TEXT NOT NULL, deadline BIGINT NOT NULL, problem BIGINT NOT NULL,
            PRIMARY KEY (facility, address));
        CREATE INDEX milaan_authentication_id ON milaan_authentication (id);
        CREATE INDEX milaan_authentication_transaction
            ON milaan_authentication (facility, transaction_id);
        CREATE TABLE milaan_desk_event (
            id \(identity), facility TEXT NOT NULL, counter TEXT NOT NULL, profile TEXT NOT NULL,
            kind TEXT NOT NULL, happened_at BIGINT NOT NULL);
        CREATE INDEX milaan_desk_event_counter ON milaan_desk_event (facility, counter, id);
        CREATE INDEX milaan_desk_event_age ON milaan_desk_event (happened_at);
        CREATE TABLE milaan_invitation (
            facility TEXT NOT NULL, patient_reference TEXT NOT NULL, quiet_until BIGINT NOT NULL,
            PRIMARY KEY (facility, patient_reference));
        """
    }
}
