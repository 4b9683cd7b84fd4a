import Ingest
import Matcher
import Testing

@Suite("Refused rows")
struct RejectsTests {
    /// Loads a patient file and gives the lines of the report behind its header.
    private func rejects(
        _ text: [UInt8], contexts: String? = nil, name: String = "p.csv",
        _ options: LoadOptions = LoadOptions()
    ) throws -> (report: [String], loaded: Loaded) {
        let folder = try ScratchFolder()
        let patients = try folder.write(name, text)
        let careContexts = try contexts.map { try folder.write("c.csv", $0) }
        var options = options
        options.rejectsPath = folder.path + "/rejects.csv"
        let loaded = try Loaded(patients: patients, careContexts: careContexts, options)
        let lines = try folder.lines("rejects.csv")
        #expect(lines.first == "source,line,field,reason")
        #expect(lines.count - 1 == loaded.counts.rejected)
        return (Array(lines.dropFirst()), loaded)
    }

    @Test(
        "every reason is told with the row's first line and its field, and never with a value",
        arguments: [
            ("id,name\n1,a\n1,b\n", "patients,3,id,is the id of a row before"),
            ("id,name\n,b\n", "patients,2,id,is missing"),
            ("id,name\n-,b\n", "patients,2,id,is missing"),
            ("id,name\n1\n", "patients,2,,\"has 1 field, the header 2\""),
            ("id,name\n1,a,b\n", "patients,2,,\"has 3 fields, the header 2\""),
            ("id,name\n1,a\"b\n", "patients,2,,has a quote inside an unquoted field"),
            ("id,name\n1,\"a\"b\n", "patients,2,,has text behind a closing quote"),
            ("id,name\n1,a\rb\n", "patients,2,,has a carriage return outside quotes"),
            (
                "id,gender\n1,secret\n",
                "patients,2,gender,\"is not one of M, F, O, U, T, D or their words\""
            ),
            ("id,birth_date\n1,2014-13-01\n", "patients,2,birth_date,is not a day of the calendar"),
            ("id,birth_date\n1,secret\n", "patients,2,birth_date,is not a date"),
            ("id,yob\n1,85\n", "patients,2,yob,is not a year"),
            ("id,yob\n1,1700\n", "patients,2,yob,is not in the years 1850 to 2100"),
            ("id,mobile\n1,secret\n", "patients,2,mobile,is not a phone number"),
            ("id,abha_number\n1,12\n", "patients,2,abha_number,does not have 14 digits"),
            (
                "id,abha_address\n1,secret\n",
                "patients,2,abha_address,\"does not end in @sbx, @abdm or @ndhm\""
            ),
            ("id,name\n1,a\u{0}b\n", "patients,2,name,holds a NUL byte"),
        ])
    func reasons(text: String, line: String) throws {
        let (report, loaded) = try rejects(Array(text.utf8))
        #expect(report == [line])
        #expect(loaded.hasTooManyRejects)
    }

    @Test("a row that is not UTF-8 is refused, with the field where it is one")
    func malformedUTF8() throws {
        let text =
            Array("id,name,shoe\n1,".utf8) + [0xC3, 0x28] + Array(",4\n2,a,".utf8) + [0xFF]
            + Array("\n3,a,\n".utf8)
        let (report, loaded) = try rejects(text)
        #expect(
            report == ["patients,2,name,is not valid UTF-8", "patients,3,,is not valid UTF-8"])
        #expect(loaded.counts.patients == 1)
    }

    @Test("line numbers count the line feeds inside of quoted fields, blank lines and CRLF")
    func lineNumbers() throws {
        let text = "id,name\r\n1,\"a\r\nb\nc\"\r\n\r\n,x\r\n2,\"\n\n\"\r\n,\"y\n\"\r\n,z"
        let (report, loaded) = try rejects(Array(text.utf8))
        #expect(
            report == [
                "patients,6,id,is missing", "patients,10,id,is missing",
                "patients,12,id,is missing",
            ])
        #expect(loaded.counts.patients == 2)
        #expect(
            loaded.counts.rejectedByReason == [
                RejectReason(source: .patients, field: "id", reason: "is missing"): 3
            ])
    }

    @Test("JSON lines that cannot be taken are refused by their line")
    func jsonLines() throws {
        let text = """
            {"id":"1"}

            {"id":
            [1]
            {"id":"2","name":"a","name":"b"}
            {"id":"3","name":{"first":"a"}}
            {"id":"4","yob":1980.5}
            {"name":"b"}
            {"id":"5","name":"\\u0000"}
            {"id":"6"}
            """
        let (report, loaded) = try rejects(Array(text.utf8), name: "p.ndjson")
        #expect(report.count == 7)
        #expect(report.first?.contains("patients,3,,\"is not JSON") == true)
        #expect(
            report.dropFirst() == [
                "patients,4,,is not a JSON object", "patients,5,name,is given twice",
                "patients,6,name,is neither a text nor a whole number",
                "patients,7,yob,is neither a text nor a whole number",
                "patients,8,id,is missing", "patients,9,name,holds a NUL byte",
            ])
        #expect(loaded.counts.patients == 2)
    }

    @Test("care contexts of nobody, without a reference or with wrong values are refused")
    func careContexts() throws {
        let contexts = """
            patient_id,reference,hip_id,hi_type,date,linked
            1,V1,,,,
            9,V2,,,,
            1,V3,HIP9,,,
            1,,,,,
            ,V4,,,,
            1,V5,,secret,,
            1,V6,,,secret,
            1,V7,,,,secret
            """
        let (report, loaded) = try rejects(Array("id\n1\n".utf8), contexts: contexts)
        #expect(
            report == [
                "care_contexts,3,patient_id,names no patient of the facility",
                "care_contexts,4,patient_id,names no patient of the facility",
                "care_contexts,5,reference,is missing", "care_contexts,6,patient_id,is missing",
                "care_contexts,7,hi_type,is not a health information type of ABDM",
                "care_contexts,8,date,is not a date",
                "care_contexts,9,linked,is neither true nor false",
            ])
        #expect(loaded.counts.careContexts == 1)
        #expect(!report.contains { $0.contains("secret") })
    }

    @Test("masked and short mobiles are counted, and their rows are kept")
    func unusableValues() throws {
        let text = "id,mobile\n1,98XXXXX767\n2,12345\n3,9848022338\n4,\n"
        let (report, loaded) = try rejects(Array(text.utf8))
        #expect(report == [])
        #expect(loaded.counts.patients == 4)
        let unusable = loaded.counts.unusableValues
        #expect(unusable.count == 1)
        #expect(unusable.first?.field == "mobile")
        #expect(unusable.first?.count == 2)
        #expect(!loaded.hasTooManyRejects)
    }

    @Test("a day that its month does not have is counted, and the row is kept with the year")
    func dayNotInMonth() throws {
        let (report, loaded) = try rejects(Array("id,birth_date\n1,2014-02-29\n".utf8))
        #expect(report == [])
        #expect(loaded.hospital.values.map(\.birthDate) == [.yearOnly(2014)])
        #expect(loaded.counts.unusableValues.map(\.field) == ["birth_date"])
    }

    @Test("when wrong values are dropped the rows are kept, unless the value tells whose they are")
    func dropping() throws {
        let long = String(repeating: "x", count: 256)
        let text =
            "id,hip_id,gender,birth_date,yob\n1,,secret,2014-02-29,2014\n\(long),,,,\n2,\(long),,,\n"
        let (report, loaded) = try rejects(
            Array(text.utf8), LoadOptions(badValues: .drop))
        #expect(
            report == [
                "patients,3,id,is longer than 255 bytes",
                "patients,4,hip_id,is longer than 255 bytes",
            ])
        #expect(
            loaded.hospital == [
                PlainKey(facility: "HIP1", id: "1"): PlainPatient(birthDate: .yearOnly(2014))
            ])
        #expect(loaded.counts.unusableValues.map(\.field) == ["gender", "birth_date"])
    }

    @Test(
        "as many refused rows as allowed are allowed, and no more",
        arguments: [(2, false), (1, true)])
    func rejectsMax(allowed: Int, isTooMany: Bool) throws {
        let (_, loaded) = try rejects(
            Array("id\n1\n1\n1\n".utf8), LoadOptions(rejectsMax: allowed))
        #expect(loaded.hasTooManyRejects == isTooMany)
        #expect(loaded.counts.patients == 1)
    }

    @Test("a report that cannot be written stops the load before it begins")
    func unwritableReport() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("p.csv", "id\n1\n")
        let error = failure(
            of: .files(patients: file, careContexts: nil),
            LoadOptions(rejectsPath: folder.path + "/none/rejects.csv"))
        #expect(error?.failure == .rejectsUnwritable(code: 2))
    }
}
