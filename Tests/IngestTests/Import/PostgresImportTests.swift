import Ingest
import Postgres
import TestSupport
import Testing

@Suite("Importing files into PostgreSQL", .needsPostgres)
struct PostgresImportTests {
    /// What stops an import; nil if nothing does.
    private func failure(_ patients: String, _ contexts: String? = nil, into schema: TestSchema)
        -> LoadError?
    {
        do throws(LoadError) {
            _ = try importFiles(
                patients: patients, careContexts: contexts,
                into: .postgres(conninfo: schema.conninfo))
            return nil
        } catch {
            return error
        }
    }

    private func texts(_ sql: String, in schema: TestSchema) throws -> [[String?]] {
        var connection = try PostgresConnection(schema.conninfo)
        let rows = try connection.query(sql)
        return (0..<rows.rowCount).map { row in
            (0..<rows.columnCount).map { rows.text(row: row, column: $0) }
        }
    }

    @Test(
        "what was imported loads as the files do, also when it is imported twice",
        arguments: 0..<10 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        let folder = try ScratchFolder()
        let schema = try TestSchema("import_random\(seed)")
        let hospital = RandomHospital(seed: seed, rows: 60)
        var random = SplitMix64(seed: seed)
        let patients = try folder.write("p.csv", hospital.patients.csv(&random))
        let contexts = try folder.write("c.ndjson", hospital.contexts.ndjson(&random))
        for _ in 0..<2 {
            let result = try importFiles(
                patients: patients, careContexts: contexts,
                into: .postgres(conninfo: schema.conninfo))
            #expect(result.isKept)
            #expect(result.counts.patients == 60)
            let loaded = try Loaded(schema.source())
            #expect(loaded.counts.rejectedByReason == [:])
            #expect(loaded.counts.careContexts == hospital.contexts.rows.count)
            #expect(loaded.hospital == hospital.expected)
        }
    }

    @Test("values are written as they stand, without white space at their ends")
    func rawValues() throws {
        let folder = try ScratchFolder()
        let schema = try TestSchema("import_raw")
        let patients = try folder.write(
            "p.csv", "id,name,mobile,city,gender\n 1 ,  Smt. \\N'ASHA ,98XXXXX767,x, \n")
        #expect(failure(patients, into: schema) == nil)
        #expect(
            try texts("SELECT hip_id, id, name, mobile, gender FROM patients", in: schema) == [
                ["HIP1", "1", "Smt. \\N'ASHA", "98XXXXX767", nil]
            ])
    }

    @Test("a second import updates what it names and leaves the rest")
    func secondImport() throws {
        let folder = try ScratchFolder()
        let schema = try TestSchema("import_second")
        let first = try folder.write("1.csv", "id,name,yob\n1,Asha,1980\n2,Ravi,\n")
        let second = try folder.write("2.csv", "id,name\n1,Usha\n3,Mina\n")
        let contexts = try folder.write("c.csv", "patient_id,reference,display\n2,V1,a\n")
        // Of two rows of one key the last one stays, and a patient may be there from before.
        let again = try folder.write(
            "d.csv", "patient_id,reference,display\n2,V1,z\n2,V1,b\n3,V1,c\n")
        #expect(failure(first, contexts, into: schema) == nil)
        #expect(failure(second, again, into: schema) == nil)
        #expect(
            try Loaded(schema.source()).hospital == [
                PlainKey(facility: "HIP1", id: "1"): PlainPatient(name: "usha"),
                PlainKey(facility: "HIP1", id: "2"): PlainPatient(
                    name: "ravi", contexts: [PlainContext(reference: "V1", display: "b")]),
                PlainKey(facility: "HIP1", id: "3"): PlainPatient(
                    name: "mina", contexts: [PlainContext(reference: "V1", display: "c")]),
            ])
    }

    @Test("an import counts, reports and keeps what one into SQLite does")
    func refusals() throws {
        let folder = try ScratchFolder()
        let schema = try TestSchema("import_refusals")
        let patients = try folder.write(
            "p.csv", "id,gender\n1,f\n1,m\n2,secret\n,f\n3,\"a\"b\n")
        let contexts = try folder.write(
            "c.csv", "patient_id,reference,date\n1,V1,2024\n2,V2,x\n9,V3,2024-01-01\n,V4,\n")
        for (badValues, allowed) in [(BadValues.refuse, 6), (.refuse, 7), (.drop, 7)] {
            var results: [ImportResult] = []
            var reports: [[String]] = []
            let databases = [
                DatabaseURL.sqlite(path: folder.path + "/h-\(badValues).sqlite"),
                .postgres(conninfo: schema.conninfo),
            ]
            for (number, database) in databases.enumerated() {
                results.append(
                    try importFiles(
                        patients: patients, careContexts: contexts, into: database,
                        options: LoadOptions(
                            rejectsMax: allowed, rejectsPath: folder.path + "/r\(number).csv",
                            badValues: badValues)))
                reports.append(try folder.lines("r\(number).csv").sorted())
            }
            #expect(results[0].counts == results[1].counts)
            #expect(results.map(\.isKept) == [allowed == 7, allowed == 7])
            #expect(reports[0] == reports[1])
            if !results[1].isKept {
                #expect(
                    try texts("SELECT to_regclass('patients')", in: schema) == [[nil]],
                    "a table of an import that is not kept is there")
            } else {
                #expect(
                    try Loaded(schema.source()).hospital
                        == Loaded(.database(databases[0], nil)).hospital)
                try schema.execute("DROP TABLE patients, care_contexts")
            }
        }
    }

    @Test("an import that stops half-way keeps nothing, and the next one works")
    func halfWay() throws {
        let folder = try ScratchFolder()
        let schema = try TestSchema("import_half")
        let whole = try folder.write("p.csv", "id\n1\n")
        #expect(failure(whole, into: schema) == nil)
        let cut = try folder.write("cut.csv", "id,name\n2,a\n3,\"b\n")
        let error = try #require(failure(cut, into: schema))
        #expect(error.failure == .endsInsideQuotes(file: cut, line: 3))
        #expect(error.counts.patients == 1)
        #expect(try Loaded(schema.source()).hospital.keys.map(\.id) == ["1"])
        #expect(failure(try folder.write("q.csv", "id\n4\n"), into: schema) == nil)
        #expect(Set(try Loaded(schema.source()).hospital.keys.map(\.id)) == ["1", "4"])
    }

    @Test("a session that the server ends half-way keeps nothing and says so")
    func killed() throws {
        let folder = try ScratchFolder()
        let schema = try TestSchema(
            "import_killed",
            """
            CREATE FUNCTION kill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
            """)
        #expect(failure(try folder.write("p.csv", "id\n1\n"), into: schema) == nil)
        try schema.execute(
            """
            CREATE TRIGGER kill BEFORE INSERT ON patients FOR EACH ROW
            WHEN (NEW.id = '3') EXECUTE FUNCTION kill()
            """)
        let error = try #require(
            failure(try folder.write("q.csv", "id\n2\n3\n4\n"), into: schema))
        #expect(
            error.description == "the connection to PostgreSQL was lost (stopped after 3 patients, "
                + "0 care contexts and 0 refused rows; nothing of them is kept)")
        #expect(try texts("SELECT id FROM patients", in: schema) == [["1"]])
    }

    @Test("a connection that is lost during the commit is told of as such")
    func lostCommit() throws {
        let folder = try ScratchFolder()
        let schema = try TestSchema(
            "import_commit",
            """
            CREATE FUNCTION kill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
            """)
        let file = try folder.write("p.csv", "id\n1\n")
        #expect(failure(file, into: schema) == nil)
        try schema.execute(
            """
            CREATE CONSTRAINT TRIGGER kill AFTER UPDATE ON patients INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION kill()
            """)
        let error = try #require(failure(file, into: schema))
        #expect(error.failure == .commitUnknown)
        #expect(error.description.contains("whether the rows are kept is not known"))
        #expect(!error.description.contains("nothing of them"))
    }

    @Test("imports at the same time wait for each other, and each is whole")
    func atOnce() throws {
        let schema = try TestSchema("import_at_once")
        let folder = try ScratchFolder()
        let threads = try (0..<4).map { number in
            let rows = (0..<500).map { "\($0),name \(number)" }.shuffled()
            let path = try folder.write(
                "\(number).csv", "id,name\n" + rows.joined(separator: "\n") + "\n")
            let conninfo = schema.conninfo + " application_name=at_once"
            return try #require(
                WorkThread {
                    do throws(LoadError) {
                        _ = try importFiles(
                            patients: path, careContexts: nil, into: .postgres(conninfo: conninfo),
                            options: LoadOptions())
                        return nil as String?
                    } catch {
                        return "\(error)"
                    }
                })
        }
        for thread in threads { #expect(thread.join() == .some(nil)) }
        #expect(
            try texts("SELECT count(*), count(DISTINCT name) FROM patients", in: schema) == [
                ["500", "1"]
            ])
    }

    @Test("an import that another one keeps waiting for too long says why it stops")
    func waitsTooLong() throws {
        let schema = try TestSchema("import_busy")
        let folder = try ScratchFolder()
        let file = try folder.write("p.csv", "id\n1\n")
        var other = try PostgresConnection(schema.conninfo)
        try other.execute(
            """
            BEGIN; SELECT pg_advisory_xact_lock(1296649281::bigint << 32 | oid::bigint)
            FROM pg_namespace WHERE nspname = 'import_busy'
            """)
        let hasty = schema.conninfo.replacing(
            "search_path=", with: "lock_timeout=50 -c search_path=")
        do throws(LoadError) {
            _ = try importFiles(
                patients: file, careContexts: nil, into: .postgres(conninfo: hasty))
            Issue.record("two imports ran at the same time")
        } catch {
            #expect(
                error.failure
                    == .database(message: "another import into this database is running"))
        }
        try other.rollback()
        #expect(failure(file, into: schema) == nil)
    }

    @Test(
        "a table that is not as imports make it is left alone, and what is different is named",
        arguments: [
            ("CREATE TABLE patients (id text, hip_id text)", "it has no column 'name'"),
            ("ALTER TABLE patients ADD \"Shoe Size\" text", "its column 'Shoe Size' is none"),
            (
                "ALTER TABLE patients ALTER yob TYPE integer USING NULL",
                "its column 'yob' is of type integer, not text"
            ),
            (
                "ALTER TABLE patients ALTER name TYPE varchar(9)",
                "its column 'name' is of type character varying(9), not text"
            ),
            (
                "ALTER TABLE patients DROP CONSTRAINT patients_pkey",
                "it has no primary key or unique index on (hip_id, id)"
            ),
            ("CREATE VIEW patients AS SELECT 1 AS id", "it is not a table"),
            (
                "ALTER TABLE care_contexts DROP COLUMN linked",
                "care_contexts: it has no column 'linked'"
            ),
        ])
    func otherTable(change: String, words: String) throws {
        let name = "import_other\(UInt32.random(in: 0 ... .max))"
        let schema = try TestSchema(name)
        let folder = try ScratchFolder()
        let file = try folder.write("p.csv", "id\n1\n")
        if !change.hasPrefix("CREATE") { #expect(failure(file, into: schema) == nil) }
        try schema.execute(change)
        let before = try texts("SELECT * FROM patients", in: schema)
        let error = try #require(failure(file, into: schema))
        #expect(error.description.hasPrefix("cannot import into the table \(name)."))
        #expect(error.description.contains(words), "\(error)")
        #expect(try texts("SELECT * FROM patients", in: schema) == before)
    }

    @Test("names that need quotes are quoted, and no other table is touched")
    func quotedSchema() throws {
        let name = "Old \"Import\""
        let quoted = "\"Old \"\"Import\"\"\""
        var connection = try PostgresConnection(ThrowawayCluster.conninfo())
        try connection.execute(
            """
            DROP SCHEMA IF EXISTS \(quoted) CASCADE; CREATE SCHEMA \(quoted);
            CREATE TABLE \(quoted).milaan_patients AS SELECT 7 AS number
            """)
        // A backslash keeps libpq from splitting the options at the blank.
        let path = "\"" + name.replacing("\"", with: "\"\"").replacing(" ", with: "\\\\ ") + "\""
        let conninfo = try ThrowawayCluster.conninfo() + " options='-c search_path=\(path)'"
        let folder = try ScratchFolder()
        let file = try folder.write("p.csv", "id\n1\n")
        for _ in 0..<2 {
            _ = try importFiles(
                patients: file, careContexts: nil, into: .postgres(conninfo: conninfo))
        }
        let tables = try connection.query(
            """
            SELECT string_agg(relname || ':' || reltuples::text, ',' ORDER BY relname)
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = $1 AND relkind = 'r'
            """, [name])
        #expect(
            tables.text(row: 0, column: 0)?.replacing(/:-?\d+/, with: "")
                == "care_contexts,milaan_patients,patients")
        let number = try connection.query("SELECT number FROM \(quoted).milaan_patients")
        #expect(number.text(row: 0, column: 0) == "7")
    }

    @Test("a role that may not write is told so, and where there is no schema that is said too")
    func rights() throws {
        let schema = try TestSchema(
            "import_rights",
            """
            DO $$ BEGIN CREATE ROLE milaan_no_writer LOGIN; EXCEPTION WHEN duplicate_object THEN NULL;
            END $$;
            GRANT USAGE ON SCHEMA import_rights TO milaan_no_writer;
            """)
        let folder = try ScratchFolder()
        let file = try folder.write("p.csv", "id\n1\n")
        for (conninfo, words) in [
            (schema.conninfo + " user=milaan_no_writer", "42501"),
            (try ThrowawayCluster.conninfo() + " options='-c search_path=nowhere'", "no schema"),
        ] {
            do throws(LoadError) {
                _ = try importFiles(
                    patients: file, careContexts: nil, into: .postgres(conninfo: conninfo))
                Issue.record("an import without rights went well")
            } catch {
                #expect(error.description.contains(words), "\(error)")
                #expect(error.counts == LoadCounts())
            }
        }
    }
}
