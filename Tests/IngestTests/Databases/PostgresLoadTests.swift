import Ingest
import Matcher
import TestSupport
import Testing

@Suite("Loading from PostgreSQL", .needsPostgres)
struct PostgresLoadTests {
    @Test("random tables become what a plain dictionary holds", arguments: 0..<5 as Range<UInt64>)
    func randomTables(seed: UInt64) throws {
        let hospital = RandomHospital(seed: seed, rows: 60)
        let schema = try TestSchema(
            "random\(seed)",
            hospital.patients.sql("patients") + hospital.contexts.sql("care_contexts"))
        let loaded = try Loaded(schema.source())
        #expect(loaded.counts.rejectedByReason == [:])
        #expect(loaded.hospital == hospital.expected)
        #expect(loaded.position.contains("/"))
    }

    @Test("every usual type of column gives the value that a file would")
    func columnTypes() throws {
        let schema = try TestSchema(
            "types",
            """
            CREATE TYPE sex AS ENUM ('female', 'male');
            CREATE DOMAIN phone AS bigint;
            CREATE TABLE patients (
                id integer, name varchar(40), gender sex, birth_date date, yob smallint,
                mobile phone, abha_address char(40), abha_number bigint, mr_number uuid);
            INSERT INTO patients VALUES
                (1, 'Asha', 'female', '1980-05-12', 1981, 9848022338, 'asha@sbx', 1234567890123,
                 '123e4567-e89b-12d3-a456-426614174000'),
                (2, NULL, NULL, NULL, 1981, NULL, NULL, NULL, NULL),
                (3, NULL, NULL, 'infinity', NULL, NULL, NULL, NULL, NULL),
                (4, NULL, NULL, '0044-03-15 BC', NULL, NULL, NULL, NULL, NULL);
            CREATE TABLE care_contexts (
                patient_id bigint, reference integer, date timestamptz, linked boolean);
            INSERT INTO care_contexts VALUES (1, 7, '2024-02-28 20:00:00+00', true);
            """)
        let loaded = try Loaded(schema.source(nil, ""), LoadOptions(rejectsMax: 2))
        let first = PlainPatient(
            name: "asha", gender: .female, birthDate: .day(year: 1980, month: 5, day: 12),
            mobile: 919_848_022_338, abhaAddress: "asha@sbx", abhaNumber: 1_234_567_890_123,
            contexts: [
                // Past half past six in the evening of UTC it is tomorrow in India.
                PlainContext(
                    reference: "7", display: "7", date: .day(year: 2024, month: 2, day: 29),
                    isLinked: true)
            ])
        #expect(
            loaded.hospital == [
                PlainKey(facility: "HIP1", id: "1"): first,
                PlainKey(facility: "HIP1", id: "2"): PlainPatient(birthDate: .yearOnly(1981)),
            ])
        #expect(
            loaded.counts.rejectedByReason == [
                RejectReason(
                    source: .patients, field: "birth_date", reason: "is an infinite date"): 1,
                RejectReason(
                    source: .patients, field: "birth_date",
                    reason: "is not in the years 1850 to 2100"): 1,
            ])
        #expect(loaded.counts.rejected == 2)
        #expect(try Loaded(schema.source(), LoadOptions(badValues: .drop)).hospital.count == 4)
    }

    @Test("birth dates may be timestamps, and wrong numbers are refused by their row")
    func timestampsAndNumbers() throws {
        let schema = try TestSchema(
            "timestamps",
            """
            CREATE TABLE patients (id numeric, birth_date timestamp, mobile numeric);
            INSERT INTO patients VALUES (1, '1980-05-12 23:59:59', 9848022338),
                (2, NULL, 98480.5);
            """)
        let loaded = try Loaded(schema.source())
        #expect(
            loaded.hospital == [
                PlainKey(facility: "HIP1", id: "1"): PlainPatient(
                    birthDate: .day(year: 1980, month: 5, day: 12), mobile: 919_848_022_338)
            ])
        #expect(
            loaded.counts.rejectedByReason == [
                RejectReason(
                    source: .patients, field: "mobile",
                    reason: "is a number with a fraction"): 1
            ])
    }

    @Test(
        "a column of a type that no field can be read from is named with its type",
        arguments: [
            ("mobile", "jsonb"), ("mobile", "integer[]"), ("name", "text[]"), ("name", "bytea"),
            ("gender", "json"), ("birth_date", "interval"), ("mobile", "double precision"),
            ("abha_number", "int8range"), ("name", "point"),
        ])
    func unreadableType(column: String, type: String) throws {
        let name = "unreadable\(UInt32.random(in: 0 ... .max))"
        let schema = try TestSchema(name, "CREATE TABLE people (id text, \(column) \(type))")
        let mapping = DatabaseMapping(
            patients: TableMapping(
                table: "people", columns: ["id": ["id"], column: [column]]))
        #expect(
            failure(of: schema.source(mapping))?.failure
                == .mapping(
                    problem: "the table 'people' has the column '\(column)' of type \(type), "
                        + "which no field can be read from"))
        let others = DatabaseMapping(
            patients: TableMapping(table: "people", columns: ["id": ["id"]]))
        #expect(failure(of: schema.source(others)) == nil)
    }

    @Test("values that are no number and no day say so")
    func notFinite() throws {
        let schema = try TestSchema(
            "notfinite",
            """
            CREATE TABLE patients (id text, mobile numeric, birth_date timestamp);
            INSERT INTO patients VALUES ('1', 'NaN', NULL), ('2', 1e30, NULL),
                ('3', NULL, '-infinity');
            CREATE TABLE care_contexts (patient_id text, reference text, date date);
            INSERT INTO care_contexts VALUES ('1', 'V1', 'infinity'), ('1', 'V2', '0044-03-15 BC');
            """)
        let loaded = try Loaded(schema.source(), LoadOptions(rejectsMax: 9))
        let reasons = loaded.counts.rejectedByReason.keys.map { "\($0.field) \($0.reason)" }
        #expect(
            reasons.sorted() == [
                "birth_date is an infinite date", "date is an infinite date",
                "date is not in the years 1 to 9999", "mobile is not a finite number",
                "mobile is too large a number",
            ])
    }

    @Test("a mapping reaches schemas, mixed case and names in several columns")
    func mapping() throws {
        let schema = try TestSchema(
            "mapped",
            #"""
            CREATE TABLE "Patient ""Master""" ("UHID" text, "First Name" text, middle text,
                "LAST" char(10), "select" text, mobile text);
            INSERT INTO "Patient ""Master""" VALUES ('7', 'Asha', '', 'Rao', 'f', 'not mapped'),
                ('8', NULL, NULL, NULL, NULL, NULL);
            CREATE TABLE visits (uhid text, visit_no integer);
            INSERT INTO visits VALUES ('7', 12);
            """#)
        let mapping = DatabaseMapping(
            patients: TableMapping(
                table: #"mapped."Patient ""Master""""#,
                columns: [
                    "id": ["UHID"], "name": ["First Name", "middle", "LAST"], "gender": ["select"],
                ]),
            careContexts: TableMapping(
                table: "mapped.visits",
                columns: ["patient_id": ["uhid"], "reference": ["visit_no"]]))
        let loaded = try Loaded(schema.source(mapping))
        #expect(
            loaded.hospital == [
                PlainKey(facility: "HIP1", id: "7"): PlainPatient(
                    name: "asha rao", gender: .female,
                    contexts: [PlainContext(reference: "12", display: "12")]),
                PlainKey(facility: "HIP1", id: "8"): PlainPatient(),
            ])
    }

    @Test("without a mapping, columns and the care contexts' table may be missing, but not the id")
    func missing() throws {
        let schema = try TestSchema(
            "missing", "CREATE TABLE patients (id text); INSERT INTO patients VALUES ('1')")
        #expect(try Loaded(schema.source()).hospital.count == 1)
        try schema.execute("ALTER TABLE patients RENAME id TO uhid")
        #expect(
            failure(of: schema.source())?.failure
                == .mapping(problem: "the table 'patients' has no column 'id' (for id)"))
        try schema.execute("DROP TABLE patients")
        #expect(
            failure(of: schema.source())?.failure
                == .mapping(problem: "the database has no table 'patients'"))
    }

    @Test(
        "with a mapping nothing that it names may be missing",
        arguments: [
            (["id": ["id"], "mobile": ["phone"]], "patients", "no column 'phone' (for mobile)"),
            (["id": ["id"], "name": ["id", "last"]], "patients", "no column 'last' (for name)"),
            (["id": ["id"]], "nobody", "no table 'nobody'"),
            (["id": ["id"]], "a..b", "no name of a table"),
            (["name": ["id"]], "patients", "patients.columns.id: is missing"),
            (["id": ["id", "id"]], "patients", "can be joined"),
            (["id": ["id"], "shoe": ["id"]], "patients", "'shoe' is no field"),
        ])
    func missingWithMapping(columns: [String: [String]], table: String, words: String) throws {
        let schema = try TestSchema(
            "strict\(UInt32.random(in: 0 ... .max))", "CREATE TABLE patients (id text)")
        let mapping = DatabaseMapping(patients: TableMapping(table: table, columns: columns))
        let error = try #require(failure(of: schema.source(mapping)))
        #expect(error.description.contains(words), "\(error)")
    }

    @Test("a mapping without care contexts reads none, and one with a missing table is an error")
    func careContextsWithMapping() throws {
        let schema = try TestSchema(
            "onlypatients",
            """
            CREATE TABLE patients (id text); INSERT INTO patients VALUES ('1');
            CREATE TABLE care_contexts (patient_id text, reference text);
            INSERT INTO care_contexts VALUES ('1', 'V1')
            """)
        let patients = TableMapping(table: "patients", columns: ["id": ["id"]])
        #expect(
            try Loaded(schema.source(DatabaseMapping(patients: patients))).counts.careContexts == 0)
        let both = DatabaseMapping(
            patients: patients,
            careContexts: TableMapping(
                table: "visits", columns: ["patient_id": ["a"], "reference": ["b"]]))
        #expect(
            failure(of: schema.source(both))?.failure
                == .mapping(problem: "the database has no table 'visits'"))
    }

    @Test("a role that may only read can load, and one that may not is told so")
    func rights() throws {
        let schema = try TestSchema(
            "rights",
            """
            CREATE TABLE patients (id text); INSERT INTO patients VALUES ('1');
            DO $$ BEGIN CREATE ROLE milaan_reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL;
            END $$;
            GRANT USAGE ON SCHEMA rights TO milaan_reader;
            """)
        let source = schema.source(nil, "user=milaan_reader")
        let error = try #require(failure(of: source))
        #expect(error.description.contains("42501"), "\(error)")
        try schema.execute("GRANT SELECT ON patients TO milaan_reader")
        #expect(try Loaded(source).hospital.count == 1)
    }

    @Test("a server that ends the session half-way stops the load, which says how far it came")
    func killed() throws {
        let schema = try TestSchema(
            "killed",
            """
            CREATE VIEW patients AS SELECT CASE WHEN n = 50000
                THEN pg_terminate_backend(pg_backend_pid())::text ELSE 'P' || n END AS id
            FROM generate_series(1, 100000) n
            """)
        let error = try #require(failure(of: schema.source()))
        guard case .database(let message) = error.failure else {
            Issue.record("\(error)")
            return
        }
        #expect(message.contains("lost"))
        #expect((1..<100_000).contains(error.counts.patients))
        #expect(error.description.contains("stopped after \(error.counts.patients) patients"))
    }

    @Test("a query that fails half-way stops the load without repeating a value")
    func failingQuery() throws {
        let schema = try TestSchema(
            "failing",
            """
            CREATE VIEW patients AS SELECT ('secret' || n)::text AS id,
                CASE WHEN n = 5000 THEN 'secret'::text::integer ELSE 1980 END AS yob
            FROM generate_series(1, 6000) n
            """)
        let error = try #require(failure(of: schema.source()))
        #expect(error.description.contains("22P02"))
        #expect(!error.description.contains("secret"))
    }

    @Test("what is written while the load runs is not seen, in either table")
    func concurrentWriter() async throws {
        let schema = try TestSchema(
            "moment",
            """
            CREATE TABLE base (id text); INSERT INTO base VALUES ('1'), ('2');
            CREATE TABLE care_contexts (patient_id text, reference text);
            INSERT INTO care_contexts VALUES ('1', 'V1');
            CREATE FUNCTION wait() RETURNS void LANGUAGE plpgsql VOLATILE AS $$ BEGIN
                WHILE NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'moment_done')
                LOOP PERFORM pg_stat_clear_snapshot(), pg_sleep(0.02); END LOOP; END $$;
            CREATE VIEW patients AS SELECT id, wait()::text AS name FROM base;
            """)
        let loading = Task.detached {
            try Loaded(schema.source(nil, "application_name=moment_load"))
        }
        // The load waits inside its first table until somebody is called `moment_done`.
        var isWaiting = false
        while !isWaiting { isWaiting = try schema.isReading("moment_load") }
        try schema.execute(
            """
            INSERT INTO base VALUES ('3'); DELETE FROM base WHERE id = '2';
            INSERT INTO care_contexts VALUES ('1', 'V2')
            """)
        let done = try schema.session("moment_done")
        let loaded = try await loading.value
        _ = consume done
        #expect(Set(loaded.hospital.keys.map(\.id)) == ["1", "2"])
        #expect(loaded.counts.careContexts == 1)
    }

    @Test("a server that cannot be reached is told without the password")
    func unreachable() throws {
        let url = try DatabaseURL(parsing: "postgres://asha:geheim@/none?host=/tmp/nobody-is-here")
        let error = try #require(failure(of: .database(url, nil)))
        #expect(error.description.contains("cannot connect"))
        #expect(!error.description.contains("geheim"))
        #expect(error.counts == LoadCounts())
    }
}
