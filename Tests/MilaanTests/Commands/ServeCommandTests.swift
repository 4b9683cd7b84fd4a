import JSON
import TestSupport
import Testing

@Suite("milaan serve")
struct ServeCommandTests {
    private let folder: ProgramFolder

    init() throws { folder = try ProgramFolder() }

    private func body(_ name: String) throws -> String {
        try folder.text(SampleHospital.request(name))
    }

    @Test(
        "says where patients may come from, and what is answered", arguments: ["serve", "explain"])
    func sources(command: String) throws {
        let run = try MilaanProgram.run([command])
        #expect(run.end == .exit(2))
        #expect(
            run.errors == "milaan: needs --patients FILE, --database URL or --snapshot FILE\n")
        let help = try MilaanProgram.run(["serve", "--help"]).output
        #expect(help.contains("/v1/search") && help.contains("/v1/scan"))
    }

    @Test("listens on a free port, becomes ready, and answers the three requests of the sample")
    func sample() throws {
        let server = try ProgramServer(SampleHospital.source)
        try server.waitUntilReady()
        #expect(try server.get("/healthz").status == 200)
        let ready = try server.get("/readyz")
        #expect(ready.status == 200)
        #expect(ready.text == #"{"status":"ready","rows":60}"#)
        let outcomes = ["match": "match", "ambiguous": "ambiguous", "no-match": "noMatch"]
        for (name, outcome) in outcomes {
            let reply = try server.post(
                "/v1/discover", try body(name), headers: ["X-HIP-ID: HIP1"])
            #expect(reply.status == 200)
            let answer = try JSONTree(parsing: reply.body)
            #expect(answer["outcome"] == .string(outcome))
            #expect(
                answer["requestId"] == (try JSONTree(parsing: Array(body(name).utf8)))["requestId"])
            #expect(answer["explanation"] == nil)
            #expect((answer["patient"] != nil) == (outcome == "match"))
            let explained = try JSONTree(
                parsing: server.post("/v1/discover?explain=true", try body(name)).body)
            #expect(explained["outcome"] == .string(outcome))
            #expect(explained["explanation"]?["facility"] == .string("HIP1"))
        }
        let other = try server.post(
            "/v1/discover", try body("match"), headers: ["X-HIP-ID: HIP2"])
        #expect(
            try JSONTree(parsing: other.body)["patient"]?["referenceNumber"] == .string("R001"))
        let none = try server.post(
            "/v1/discover", try body("match"), headers: ["X-HIP-ID: HIP9"])
        #expect(try JSONTree(parsing: none.body)["outcome"] == .string("noMatch"))
        #expect(server.process.output.isEmpty)
    }

    @Test("a discover body may leave out what the description of the interface does not require")
    func describedBody() throws {
        let server = try ProgramServer(SampleHospital.source)
        try server.waitUntilReady()
        let schemas = try JSONTree(parsing: server.get("/openapi.json").body)["components"]?[
            "schemas"]
        let described = try #require(schemas?["DiscoverRequest"]?["properties"]?["patient"])
        guard case .array(let required) = described["required"],
            case .object(let properties) = described["properties"]
        else {
            Issue.record("the body's patient is not described")
            return
        }
        let whole = ["id": #""a@abdm""#, "name": #""Asha Rao""#, "gender": #""F""#]
        for name in properties.keys {
            var patient = whole
            for value in [nil, "null"] {
                patient[name] = value
                let members = patient.map { "\"\($0)\":\($1)" }.joined(separator: ",")
                let body = #"{"transactionId":"t","patient":{\#(members)}}"#
                let isRequired = required.contains(.string(name))
                #expect(
                    try server.post("/v1/discover", body).status == (isRequired ? 400 : 200),
                    "\(name): \(value ?? "missing")")
            }
        }
    }

    @Test("an explained reply is what the description of the interface says")
    func describedEvidence() throws {
        let server = try ProgramServer(SampleHospital.source)
        try server.waitUntilReady()
        let schemas = try JSONTree(parsing: server.get("/openapi.json").body)["components"]?[
            "schemas"]
        for name in ["match", "ambiguous", "no-match"] {
            let reply = try JSONTree(
                parsing: server.post("/v1/discover?explain=true", try body(name)).body)
            let faults = DescribedValue(schemas: try #require(schemas)).faults(
                of: reply, by: try #require(schemas?["Decision"]), at: name)
            #expect(faults == [])
        }
    }

    @Test("what the HTTP library answers by itself is described too")
    func libraryAnswers() throws {
        let server = try ProgramServer(SampleHospital.source)
        try server.waitUntilReady()
        let paths = try JSONTree(parsing: server.get("/openapi.json").body)["paths"]
        let long = String(repeating: "x", count: 70_000)
        let target = try server.get("/healthz?" + long)
        let header = try requestOnce(
            port: server.port, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + long)
        #expect([target.status, header.status] == [414, 431])
        for reply in [target, header] {
            #expect(paths?["/healthz"]?["get"]?["responses"]?["\(reply.status)"] != nil)
        }
    }

    @Test("a batch is answered line by line, as milaan discover answers it")
    func batch() throws {
        let hospital = try GeneratedHospital.shared.get()
        let server = try ProgramServer(hospital.source)
        try server.waitUntilReady()
        let requests = hospital.requests + "\r\nno request\r\n"
        let reply = try server.post("/v1/discover/batch", requests)
        #expect(reply.status == 200)
        let offline = try MilaanProgram.run(["discover"] + hospital.source, input: requests)
        #expect(offline.lines.count == 1501)
        #expect(reply.body == offline.bytes)
    }

    @Test("is alive but not ready while it loads, and serves what it then has loaded")
    func loading() throws {
        let pipe = try NamedPipe(in: folder)
        let server = try ProgramServer(["--patients", pipe.path])
        #expect(try server.get("/healthz").status == 200)
        #expect(try server.get("/readyz").status == 503)
        #expect(try server.post("/v1/discover", try body("match")).status == 503)
        try pipe.write("id,name\nA,Asha Rao\n")
        pipe.close()
        try server.waitUntilReady()
        #expect(try server.get("/readyz").text == #"{"status":"ready","rows":1}"#)
        let metrics = try server.get("/metrics")
        #expect(metrics.status == 200)
        #expect(try server.get("/openapi.json").status == 200)
    }

    @Test(
        "a load that fails ends it with code 1",
        arguments: [
            ("id,gender\nA,F\nB,purple\n", "1 row was refused"),
            ("name\nHUSH\n", "the load failed"),
        ])
    func failedLoad(patients: String, message: String) throws {
        let file = try folder.write("patients.csv", patients)
        let run = try MilaanProgram.run([
            "serve", "--listen", "127.0.0.1:0", "--patients", file,
        ])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(!run.errors.contains("HUSH"))
        #expect(!run.errors.contains("\nready\n"))
    }

    @Test("a port in use ends it with code 1 and words that a person understands")
    func portInUse() throws {
        let server = try ProgramServer(SampleHospital.source)
        let run = try MilaanProgram.run(
            ["serve", "--listen", "127.0.0.1:\(server.port)"] + SampleHospital.source)
        #expect(run.end == .exit(1))
        #expect(
            run.errors
                == "milaan: cannot serve: cannot listen on 127.0.0.1:\(server.port):"
                + " Address already in use\n")
        let nowhere = try MilaanProgram.run(
            ["serve", "--listen", "no host:0"] + SampleHospital.source)
        #expect(nowhere.end == .exit(1))
        #expect(nowhere.errors.contains("the host no host of server.listen is not known"))
    }

    @Test("a wrong configuration ends it with code 2 before it listens")
    func wrongConfiguration() throws {
        let file = try folder.write("milaan.json", #"{"server": {"idleSecond": 5}}"#)
        let run = try MilaanProgram.run(["serve", "--config", file] + SampleHospital.source)
        #expect(run.end == .exit(2))
        #expect(
            run.errors.hasSuffix("milaan.json: server.idleSecond is not a setting\n"))
        #expect(!run.errors.contains("listening"))
    }

    @Test("two servers serve two hospitals at one time")
    func two() throws {
        let hospital = try GeneratedHospital.shared.get()
        let one = try ProgramServer(SampleHospital.source)
        let two = try ProgramServer(hospital.source)
        #expect(one.port != two.port)
        try one.waitUntilReady()
        try two.waitUntilReady()
        #expect(try one.get("/readyz").text.contains(#""rows":60"#))
        #expect(try two.get("/readyz").text.contains(#""rows":2000"#))
        one.process.send(StopSignal.terminate.number)
        #expect(try one.process.end() == .exit(0))
        #expect(try two.get("/readyz").status == 200)
    }

    @Test("the limits and the facilities of the configuration hold")
    func limits() throws {
        let file = try folder.write(
            "milaan.json",
            """
            {"patients": "\(SampleHospital.patients)", "hip": "HIP2",
             "server": {"facilities": ["HIP1", "HIP2"], "discoverBytesMax": 2000,
                        "batchBytesMax": 4000, "threads": 1}}
            """)
        let server = try ProgramServer(["--config", file])
        try server.waitUntilReady()
        let body = try body("match")
        let reply = try server.post("/v1/discover", body)
        #expect(
            try JSONTree(parsing: reply.body)["patient"]?["referenceNumber"] == .string("R001"))
        let unknown = try server.post("/v1/discover", body, headers: ["X-HIP-ID: HIP9"])
        #expect(unknown.status == 400)
        let large = body + String(repeating: " ", count: 2000)
        #expect(try server.post("/v1/discover", large).status == 413)
        let largeBatch = String(repeating: "\n", count: 4001)
        #expect(try server.post("/v1/discover/batch", largeBatch).status == 413)
    }
}
