import Index
import Ingest
import Matcher
import TestSupport
import Testing

@Suite("Loading files")
struct FileLoadTests {
    @Test("random tables become what a plain dictionary holds", arguments: 0..<30 as Range<UInt64>)
    func randomTables(seed: UInt64) throws {
        let folder = try ScratchFolder()
        let hospital = RandomHospital(seed: seed, rows: 60)
        var random = SplitMix64(seed: seed &+ 1)
        let newline = Bool.random(using: &random) ? "\n" : "\r\n"
        let patients = try folder.write(
            "patients.csv", hospital.patients.csv(newline: newline, &random))
        let contexts = try folder.write(
            "contexts.csv", hospital.contexts.csv(newline: newline, &random))
        let loaded = try Loaded(patients: patients, careContexts: contexts)
        #expect(loaded.counts.rejectedByReason == [:])
        #expect(loaded.hospital == hospital.expected)
        #expect(loaded.counts.patients == 60)
        #expect(loaded.counts.careContexts == hospital.contexts.rows.count)
        #expect(loaded.position == "file:patients.csv")
    }

    @Test("the same tables as JSON lines are the same image", arguments: 0..<30 as Range<UInt64>)
    func jsonLines(seed: UInt64) throws {
        let folder = try ScratchFolder()
        let hospital = RandomHospital(seed: seed, rows: 60)
        var random = SplitMix64(seed: seed &+ 2)
        // One is known by its name, the other by its first byte.
        let patients = try folder.write("patients.ndjson", hospital.patients.ndjson(&random))
        let contexts = try folder.write("contexts", hospital.contexts.ndjson(&random))
        let loaded = try Loaded(patients: patients, careContexts: contexts)
        #expect(loaded.counts.rejectedByReason == [:])
        #expect(loaded.hospital == hospital.expected)
    }

    @Test("a byte order mark is no part of the first name", arguments: ["csv", "ndjson"])
    func byteOrderMark(form: String) throws {
        let folder = try ScratchFolder()
        let text = form == "csv" ? "id,name\nP1,Asha\n" : "{\"id\":\"P1\",\"name\":\"Asha\"}\n"
        let file = try folder.write("patients", [0xEF, 0xBB, 0xBF] + Array(text.utf8))
        let loaded = try Loaded(patients: file)
        #expect(
            loaded.hospital == [PlainKey(facility: "HIP1", id: "P1"): PlainPatient(name: "asha")])
    }

    @Test("numbers and truth values of JSON are taken as texts would be")
    func jsonNumbers() throws {
        let folder = try ScratchFolder()
        let patients = try folder.write(
            "p.ndjson",
            """
            {"id":17,"yob":1985,"mobile":9848022338,"abha_number":1234567890123,"unknown":[{}]}

            {"id":"18","mobile":9.848022338e9,"name":null}
            """)
        let contexts = try folder.write(
            "c.jsonl", #"{"patient_id":17,"reference":4,"linked":true}"#)
        let loaded = try Loaded(patients: patients, careContexts: contexts)
        let first = PlainPatient(
            birthDate: .yearOnly(1985), mobile: 919_848_022_338, abhaNumber: 1_234_567_890_123,
            contexts: [PlainContext(reference: "4", display: "4", isLinked: true)])
        #expect(
            loaded.hospital == [
                PlainKey(facility: "HIP1", id: "17"): first,
                PlainKey(facility: "HIP1", id: "18"): PlainPatient(mobile: 919_848_022_338),
            ])
    }

    @Test(
        "a header that cannot be used stops the load and says why",
        arguments: [
            ("", "has no header"), ("\n", "has no header"),
            ("name,yob\nAsha,1980\n", "no column 'id'"),
            ("id,name,id\n1,a,2\n", "'id' twice"), ("id,x\"y\n", "misplaced quote"),
            ("id,name\rP1,a\r", "carriage return"),
        ])
    func headers(text: String, words: String) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("patients.csv", text)
        let error = try #require(failure(of: .files(patients: file, careContexts: nil)))
        guard case .unusableFile(_, let problem) = error.failure else {
            Issue.record("\(error)")
            return
        }
        #expect(problem.contains(words))
    }

    @Test("a file that is missing, and a folder, are told apart from a bad file")
    func missingFile() throws {
        let folder = try ScratchFolder()
        let missing = folder.path + "/none.csv"
        #expect(
            failure(of: .files(patients: missing, careContexts: nil))?.failure
                == .cannotOpen(file: missing, code: 2))
        #expect(
            failure(of: .files(patients: folder.path, careContexts: nil))?.failure
                == .cannotRead(file: folder.path, code: 21))
    }

    @Test("a file that ends inside quotes stops the load and says how far it came")
    func endsInsideQuotes() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("p.csv", "id,name\n1,a\n2,\"x\ny\"\n3,\"b\n4,c\n")
        let error = try #require(failure(of: .files(patients: file, careContexts: nil)))
        #expect(error.failure == .endsInsideQuotes(file: file, line: 5))
        #expect(error.counts.patients == 2)
        #expect(error.description.contains("after 2 patients"))
    }

    @Test("a row beyond all measure stops the load instead of the machine")
    func endlessRow() throws {
        let folder = try ScratchFolder()
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 17 << 20)
        for (name, start) in [("p.csv", "id,name\n1,"), ("p.ndjson", "{\"id\":\"")] {
            let file = try folder.write(name, Array(start.utf8) + long)
            let line = name == "p.csv" ? 2 : 1
            #expect(
                failure(of: .files(patients: file, careContexts: nil))?.failure
                    == .rowTooLong(file: file, line: line))
        }
    }

    @Test(
        "names in a header are exact but for blanks around them; what is nearly one is named",
        arguments: [
            (" id ,\tname", []), ("id,name,Name,NAME", []), ("id,shoe size", []),
            ("id,Birth Date,abha-number,\u{A0}mobile", ["birth_date", "abha_number", "mobile"]),
            ("id,birthDate,ABHA_ADDRESS", ["birth_date", "abha_address"]),
        ])
    func headerNames(header: String, fields: [String]) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("p.csv", header + "\n")
        let warnings = try Loaded(patients: file).counts.warnings
        #expect(warnings.count == fields.count, "\(warnings)")
        for (warning, field) in zip(warnings, fields) {
            #expect(warning.contains("looks like '\(field)' but"), "\(warning)")
        }
    }

    @Test("a required column that is there under another case is pointed at")
    func requiredInAnotherCase() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("p.csv", "name,ID\nAsha,1\n")
        #expect(
            failure(of: .files(patients: file, careContexts: nil))?.failure
                == .unusableFile(
                    file: file, problem: "has no column 'id' (column 2, 'ID', looks like it)"))
    }

    @Test("rows longer than the window are read all the same")
    func longRows() throws {
        let folder = try ScratchFolder()
        let address = String(repeating: "lane, ", count: 400_000)
        let file = try folder.write("p.csv", "id,address\n1,\"\(address)\"\n2,x\n")
        #expect(try Loaded(patients: file).hospital.count == 2)
    }

    @Test("a sample cut after any byte never traps, in either form")
    func everyPrefix() throws {
        let folder = try ScratchFolder()
        let samples = [
            "\u{FEFF}id,name,mobile\r\n1,\"a\"\"b\",98\r\n2,\"x\ny\",9848022338\r\n3,é,\r\n",
            "{\"id\":\"1\",\"name\":\"\\u00e9\"}\r\n{\"id\":2,\"yob\":1980}\n",
        ]
        for sample in samples {
            let bytes = Array(sample.utf8)
            for count in 0...bytes.count {
                let file = try folder.write("cut", bytes[..<count])
                if let error = failure(of: .files(patients: file, careContexts: nil)) {
                    #expect(error.counts.patients <= 2)
                } else {
                    #expect(try Loaded(patients: file).counts.rows <= 3)
                }
            }
        }
    }
}
