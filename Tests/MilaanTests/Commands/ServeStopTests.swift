import TestSupport
import Testing

/// How an operator ends a program.
enum StopSignal: CaseIterable, Sendable {
    case terminate
    /// Ctrl-C.
    case interrupt

    var number: Int32 {
        switch self {
        case .terminate: 15
        case .interrupt: 2
        }
    }
}

@Suite("milaan serve, when it is told to stop")
struct ServeStopTests {
    private let folder: ProgramFolder

    init() throws { folder = try ProgramFolder() }

    @Test("ends with code 0", arguments: StopSignal.allCases)
    func idle(signal: StopSignal) throws {
        let server = try ProgramServer(SampleHospital.source)
        try server.waitUntilReady()
        server.process.send(signal.number)
        #expect(try server.process.end() == .exit(0))
        #expect(server.process.errors.contains(#""event":"stopped","cutConnections":0"#))
        #expect(server.process.output.isEmpty)
    }

    @Test(
        "answers the request that is in flight, and takes no other", arguments: StopSignal.allCases)
    func inFlight(signal: StopSignal) throws {
        let server = try ProgramServer(SampleHospital.source)
        try server.waitUntilReady()
        let body = try folder.text(SampleHospital.request("match"))
        let connection = try HTTPConnection(port: server.port)
        connection.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\nExpect: 100-continue\r\n\r\n")
        // The server has the headers: the request has begun.
        #expect(try connection.reply().status == 100)
        connection.send(String(body.dropLast(40)))
        server.process.send(signal.number)
        _ = try server.process.waitForErrors(containing: #""event":"draining""#)
        #expect(throws: ProgramFailure.self) { try server.process.end(withinSeconds: 0.2) }
        #expect(throws: HTTPConnection.Failure.self) { try server.get("/healthz") }
        connection.send(String(body.suffix(40)))
        let reply = try connection.reply()
        #expect(reply.status == 200)
        #expect(reply.text.contains(#""referenceNumber":"S001""#))
        #expect(try server.process.end() == .exit(0))
        #expect(server.process.errors.contains(#""event":"stopped","cutConnections":0"#))
    }

    @Test("waits no longer than it may for a request that does not come to its end")
    func cut() throws {
        let server = try ProgramServer(
            SampleHospital.source, environment: ["MILAAN_SERVER_DRAIN_SECONDS": "1"])
        try server.waitUntilReady()
        let connection = try HTTPConnection(port: server.port)
        connection.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n")
        #expect(try connection.reply().status == 100)
        server.process.send(StopSignal.terminate.number)
        #expect(try server.process.end() == .exit(0))
        #expect(server.process.errors.contains(#""event":"stopped","cutConnections":1"#))
        #expect(connection.isEndedSilently())
    }

    @Test("ends at once in the middle of a load", arguments: StopSignal.allCases)
    func whileLoading(signal: StopSignal) throws {
        let pipe = try NamedPipe(in: folder)
        let server = try ProgramServer(["--patients", pipe.path])
        try pipe.write("id,name\nA,Asha Rao\n")
        #expect(try server.get("/readyz").status == 503)
        server.process.send(signal.number)
        // The load itself never ends: it is the signal that ends the process.
        #expect(try server.process.end() == .exit(0))
        #expect(server.process.errors.contains(#""event":"draining""#))
        #expect(server.process.errors.contains(#""event":"stopped","cutConnections":0"#))
        #expect(!server.process.errors.contains("\nready\n"))
    }

    @Test("a second signal does not wait for what is in flight", arguments: StopSignal.allCases)
    func twice(signal: StopSignal) throws {
        let server = try ProgramServer(
            SampleHospital.source,
            environment: [
                "MILAAN_SERVER_DRAIN_SECONDS": "600", "MILAAN_SERVER_REQUEST_SECONDS": "600",
            ])
        try server.waitUntilReady()
        let connection = try unfinishedBatch(server)
        server.process.send(signal.number)
        _ = try server.process.waitForErrors(containing: #""event":"draining""#)
        #expect(throws: ProgramFailure.self) { try server.process.end(withinSeconds: 0.3) }
        server.process.send(signal.number)
        #expect(try server.process.end(withinSeconds: 30) == .exit(0))
        #expect(server.process.errors.contains(#""event":"stopped","cutConnections":1"#))
        withExtendedLifetime(connection) {}
    }

    @Test("a request that never comes to its end does not hold it for long")
    func abandoned() throws {
        let server = try ProgramServer(
            SampleHospital.source,
            environment: [
                "MILAAN_SERVER_DRAIN_SECONDS": "600", "MILAAN_SERVER_REQUEST_SECONDS": "600",
            ])
        try server.waitUntilReady()
        let connection = try HTTPConnection(port: server.port)
        connection.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n")
        #expect(try connection.reply().status == 100)
        server.process.send(StopSignal.terminate.number)
        #expect(try server.process.end(withinSeconds: 60) == .exit(0))
        #expect(server.process.errors.contains(#""event":"stopped","cutConnections":1"#))
        #expect(connection.isEndedSilently())
    }

    /// A batch whose reply is under way and is not read.
    private func unfinishedBatch(_ server: ProgramServer) throws -> HTTPConnection {
        let line = try folder.text(SampleHospital.request("match")).filter { $0 != "\n" }
        let body = String(repeating: line + "\n", count: 30_000)
        let connection = try HTTPConnection(port: server.port)
        connection.narrowReceiveBuffer()
        connection.send(
            "POST /v1/discover/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        try connection.waitForBytes()
        return connection
    }

    @Test("an import that is stopped leaves the database as it was", arguments: StopSignal.allCases)
    func whileImporting(signal: StopSignal) throws {
        let database = "sqlite:" + folder.file("x.sqlite")
        let sound = try folder.write("sound.csv", "id\nA\n")
        let first = try MilaanProgram.run([
            "import", "--database", database, "--patients", sound,
        ])
        #expect(first.end == .exit(0))
        let pipe = try NamedPipe(in: folder)
        let importing = try MilaanProgram.start([
            "import", "--database", database, "--patients", pipe.path,
        ])
        try pipe.write("id\nB\n")
        // The transaction has begun when its journal is there, or the whole table's lock.
        #expect(throws: ProgramFailure.self) { try importing.end(withinSeconds: 0.3) }
        importing.send(signal.number)
        #expect(try importing.end() == .signal(signal.number))
        let run = try MilaanProgram.run(["discover", "--database", database])
        #expect(run.end == .exit(0))
        #expect(run.errors.contains("loaded 1 patient and"))
    }
}
