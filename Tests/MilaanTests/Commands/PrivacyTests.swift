import Foundation
import TestSupport
import Testing

@Suite("Privacy")
struct PrivacyTests {
    /// What the sample's people are known by: every value of the columns that tell who somebody is,
    /// and of the requests' members, each in the spellings that a program might make of it.
    private static let secrets: Set<String> = {
        var values: Set<String> = []
        let rows = (try? CSVTable(file: SampleHospital.patients)) ?? CSVTable(text: "")
        let columns = [
            "id", "name", "mobile", "abha_address", "abha_number", "mr_number", "address",
        ]
        for row in rows.rows {
            for column in columns { values.insert(row[column] ?? "") }
        }
        let contexts = (try? CSVTable(file: SampleHospital.careContexts)) ?? CSVTable(text: "")
        for row in contexts.rows { values.insert(row["reference"] ?? "") }
        values.formUnion([
            "Kavita Anil Deshmukh", "farhan.qureshi@abdm", "Farhan Qureshi", "SH-2099-0001",
            "sunita.devi85@sbx", "9447055128", "9812345670",
        ])
        for value in values {
            values.insert(value.lowercased())
            let digits = value.filter(\.isNumber)
            if digits.count >= 10 { values.insert(String(digits.suffix(10))) }
            for word in value.split(separator: " ") where word.count >= 4 {
                values.insert(String(word))
            }
        }
        return values.filter { $0.count >= 4 }
    }()

    private func found(in text: String) -> [String] {
        Self.secrets.filter { text.contains($0) }.sorted()
    }

    @Test("the secrets that are looked for are really there")
    func secretsAreKnown() throws {
        #expect(Self.secrets.count > 300)
        let folder = try ProgramFolder()
        #expect(found(in: try folder.text(SampleHospital.patients)).count > 200)
        for secret in ["Kavita Deshmukh", "9822014471", "kavita.deshmukh@sbx", "S001"] {
            #expect(Self.secrets.contains(secret))
        }
    }

    @Test("a whole session of a server leaves nobody's name, number or address in log and metrics")
    func session() throws {
        let server = try ProgramServer(
            SampleHospital.source, environment: ["MILAAN_SERVER_REQUEST_SECONDS": "1"])
        try server.waitUntilReady()
        let folder = try ProgramFolder()
        var bodies: [String] = []
        for name in ["match", "ambiguous", "no-match"] {
            bodies.append(try folder.text(SampleHospital.request(name)))
        }
        let match = bodies[0]
        bodies += [
            match.replacing("verifiedIdentifiers", with: "kavita.deshmukh@sbx"),
            match.replacing(#""F""#, with: "9822014471"),
            match.replacing(#""Kavita Anil Deshmukh""#, with: #"["Kavita Anil Deshmukh"]"#),
            match.replacing("}", with: ""), match.replacing("1988", with: #""Deshmukh""#),
            "Kavita Anil Deshmukh", String(repeating: match, count: 3000),
        ]
        var statuses: [Int: Int] = [:]
        for body in bodies {
            for path in ["/v1/discover", "/v1/discover?explain=true", "/v1/discover/batch"] {
                statuses[try server.post(path, body).status, default: 0] += 1
            }
        }
        let strange = [
            "/kavita.deshmukh@sbx", "/v1/discover?explain=Kavita", "/v1/discover?name=Deshmukh",
        ]
        for path in strange { statuses[try server.post(path, match).status, default: 0] += 1 }
        statuses[
            try server.post("/v1/discover", match, headers: ["X-HIP-ID: 9822014471"]).status,
            default: 0] += 1
        // Left half-sent, for the server to give up.
        let half = try HTTPConnection(port: server.port)
        half.send("POST /v1/discover HTTP/1.1\r\nHost: x\r\nKavita: 9822014471\r\nx")
        for status in [200, 400, 404, 413] { #expect(statuses[status] != nil, "\(statuses)") }

        #expect(half.isEndedSilently())
        let metrics = try server.get("/metrics").text
        #expect(metrics.contains("match"))
        #expect(found(in: metrics) == [])
        server.process.send(StopSignal.terminate.number)
        #expect(try server.process.end() == .exit(0))
        #expect(server.process.output.isEmpty)
        let log = server.process.errors
        #expect(log.contains("loaded 60 patients"))
        #expect(found(in: log) == [], "\(log)")
    }

    @Test("import and discover say nothing of anybody on the error stream")
    func offline() throws {
        let folder = try ProgramFolder()
        let database = "sqlite:" + folder.file("x.sqlite")
        let requests = ["match", "ambiguous", "no-match"].map(SampleHospital.request)
        let input = try requests.map { try folder.text($0) }.joined(separator: " ")
        // A column under a wrong name makes every row a bad one.
        let swapped = try folder.write(
            "swapped.csv",
            folder.text(SampleHospital.patients)
                .replacing("name,gender,birth_date", with: "birth_date,name,gender"))
        let runs = [
            try MilaanProgram.run(["import", "--database", database] + SampleHospital.source),
            try MilaanProgram.run(["discover", "--database", database], input: input),
            try MilaanProgram.run(["explain", "--database", database], input: input),
            try MilaanProgram.run([
                "discover", "--patients", swapped, "--rejects", folder.file("rejects.csv"),
            ]),
        ]
        for run in runs { #expect(found(in: run.errors) == [], "\(run.errors)") }
        #expect(runs[3].end == .exit(1))
        let report = try folder.text("rejects.csv")
        #expect(report.count > 1000)
        #expect(found(in: report) == [])
    }
}
