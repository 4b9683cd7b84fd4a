internal import Gateway
internal import Glibc
internal import Index
internal import JSON
internal import Ledger
@testable import MatchServer
internal import TestSupport
internal import Testing

@Suite("The live stream of a counter")
struct StreamRouteTests {
    private func share(
        _ number: Int, counter: String = "C1", of under: ConversationUnderTest,
        address: String? = nil
    ) throws {
        let body = """
            {"requestId":"s-\(number)","timestamp":"2022-05-10T14:19:12.993Z","profile":{"hipCode":\
            "\(counter)","patient":{"healthId":"\(address ?? "p\(number)@sbx")","name":\
            "Person \(number)","gender":"F","yearOfBirth":1984}}}
            """
        #expect(try under.post("/v0.5/patients/profile/share", body).status == 202)
    }

    private func open(
        _ under: ConversationUnderTest, counter: String = "C1", headers: String = ""
    ) throws -> EventStreamClient {
        try EventStreamClient(
            port: under.server.port, target: "/v1/counters/\(counter)/profiles/stream",
            headers: "X-HIP-ID: HIP1\r\n" + headers)
    }

    private func list(_ under: ConversationUnderTest) throws -> [JSONTree] {
        let reply = try requestOnce(
            port: under.server.port,
            "GET /v1/counters/C1/profiles HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1")
        return try JSONTree(parsing: reply.body)["profiles"]?.elements ?? []
    }

    @Test("begins with today's queue and goes on with what happens, in the words of the list")
    func live() throws {
        let under = try ConversationUnderTest()
        try share(1, of: under)
        let stream = try open(under)
        #expect(stream.status == 200)
        #expect(stream.head.contains("content-type: text/event-stream"))
        let first = try #require(try stream.next())
        #expect(first.kind == "profile")
        #expect(try JSONTree(parsing: Array(first.data.utf8)) == list(under).first)
        try share(2, counter: "C2", of: under)
        try share(3, of: under)
        let second = try #require(try stream.next())
        #expect(try JSONTree(parsing: Array(second.data.utf8)) == list(under).last)
        let numbers = try (#require(Int(first.id)), #require(Int(second.id)))
        #expect(numbers.0 < numbers.1)
        let id = try #require(try JSONTree(parsing: Array(first.data.utf8))["id"]?.text)
        let body = "{\"patientReference\":\"P-9\"}"
        let reply = try requestOnce(
            port: under.server.port,
            "POST /v1/profiles/\(id)/register HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)", body: body
        )
        #expect(reply.status == 200)
        let third = try #require(try stream.next())
        #expect(third.kind == "registered")
        #expect(third.data == first.data)
    }

    @Test("a client that comes back gets what it has missed, once and in order")
    func resumes() throws {
        let under = try ConversationUnderTest()
        let away = try open(under)
        try share(0, of: under)
        let seen = try #require(try away.next())
        // More than a page of the ledger, and than what is kept.
        for number in 1...130 { try share(number, of: under) }
        let stream = try open(under, headers: "Last-Event-ID: \(seen.id)\r\n")
        var ids: [Int] = []
        for _ in 1...130 {
            let event = try #require(try stream.next())
            ids.append(try #require(Int(event.id)))
        }
        let last = try #require(Int(seen.id))
        #expect(ids == ids.sorted() && Set(ids).count == 130)
        #expect(ids.allSatisfy { $0 > last })
        try share(131, of: under)
        #expect(try stream.next()?.data.contains("Person 131") == true)
        // Who never went away has had the same.
        for id in ids { #expect(try away.next()?.id == "\(id)") }
    }

    @Test("a patient who leaves is told by the profile's id alone, and kept nowhere any longer")
    func leaving() throws {
        let under = try ConversationUnderTest()
        try share(1, of: under)
        let stream = try open(under)
        let first = try #require(try stream.next())
        try share(2, of: under)
        let second = try #require(try stream.next())
        try share(3, of: under)
        let third = try #require(try stream.next())
        let counter = DeskCounter(facility: "HIP1", counter: "C1")
        func kept() throws -> String {
            guard
                case .bytes(let bytes, _) = under.service.streams.news(
                    of: counter, after: try #require(Int64(first.id)))
            else { return "" }
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(try kept().contains("Person 2"))
        let notice = """
            {"requestId":"n","timestamp":"2022-05-10T14:19:12.993Z","notification":{"status":\
            "DEACTIVATED","patient":{"id":"p2@sbx"}}}
            """
        #expect(try under.post("/v0.5/patients/status/notify", notice).status == 202)
        // Something comes in any case.
        try share(4, of: under)
        let left = try #require(try stream.next())
        #expect(left.kind == "left")
        let id = try #require(try JSONTree(parsing: Array(second.data.utf8))["id"]?.text)
        #expect(left.data == "{\"id\":\"\(id)\"}")
        #expect(try !kept().contains("Person 2") && kept().contains("Person 3"))
        #expect(try list(under).count == 3)
        // Who was away and has the row still is told too, and who comes anew sees nothing of it.
        let back = try open(under, headers: "Last-Event-ID: \(second.id)\r\n")
        #expect(try back.next() == third)
        #expect(try back.next() == left)
        let fresh = try open(under)
        #expect(try fresh.next() == first)
        #expect(try fresh.next() == third)
        #expect(try fresh.next()?.data.contains("Person 4") == true)
    }

    @Test("what another server wrote into the same ledger comes too")
    func otherServer() throws {
        let folder = try ProgramFolder()
        let place = LedgerPlace.sqlite(path: folder.file("ledger.sqlite"))
        try withExtendedLifetime(folder) {
            let one = try ConversationUnderTest(ledger: place, idPrefix: "one-")
            let other = try ConversationUnderTest(ledger: place, idPrefix: "other-")
            let stream = try open(one)
            try share(1, of: other)
            #expect(try stream.next()?.data.contains("Person 1") == true)
        }
    }

    @Test("gives signs of life, and is not ended for having nothing to say")
    func heartbeat() throws {
        let under = try ConversationUnderTest(server: { $0.requestSeconds = 1 })
        let stream = try open(under)
        for _ in 0..<4 { #expect(try stream.next(skippingComments: false)?.isComment == true) }
        try share(1, of: under)
        #expect(try stream.next() != nil)
    }

    @Test("ends properly when the server goes down, and no other begins")
    func drain() throws {
        let under = try ConversationUnderTest()
        let streams = try (0..<20).map { _ in try open(under) }
        try share(1, of: under)
        for stream in streams { #expect(try stream.next() != nil) }
        under.server.drain(timeoutSeconds: 20)
        for stream in streams { #expect(try stream.next() == nil) }
        #expect(under.service.streams.count == 0)
    }

    @Test("ends when the server goes down, though the ledger stands still")
    func drainWithoutLedger() throws {
        let gate = LedgerGate()
        let under = try ConversationUnderTest(gate: gate)
        try share(1, of: under)
        gate.shut()
        // What it has missed is asked of the ledger, which says nothing.
        let stream = try open(under, headers: "Last-Event-ID: 1\r\n")
        #expect(ServerUnderTest.eventually { under.service.streams.count == 1 })
        let draining = WorkThread {
            under.server.drain(timeoutSeconds: 60)
            return true
        }
        #expect(try stream.next() == nil)
        #expect(draining?.join() == true)
        gate.open()
    }

    @Test("ends when the server goes down before its first event, though the ledger stands still")
    func endBetweenTurns() throws {
        let gate = LedgerGate()
        let under = try ConversationUnderTest(gate: gate)
        defer { gate.open() }
        gate.shut()
        let streams = under.service.streams
        let noConnection = unsafe OpaquePointer(bitPattern: 8)
        let connection = try unsafe #require(noConnection)
        // Its turns are taken by the test; set aside, which it may not be, it would touch a connection that is none.
        let stream = unsafe DeskStream(
            DeskCounter(facility: "HIP1", counter: "C1"), after: 1, of: streams, connection,
            ServerShared(
                configuration: ServerConfiguration(port: 0, threads: 1),
                snapshots: CurrentSnapshot(), conversation: under.service,
                log: ServerLog { _ in }))
        defer { streams.close(stream) }
        #expect(streams.open(stream, limit: 1))
        var bytes = [UInt8](repeating: 0, count: 64)
        #expect(unsafe bytes.withUnsafeMutableBytes { unsafe stream.read(into: $0) } > 0)
        streams.end()
        #expect(unsafe bytes.withUnsafeMutableBytes { unsafe stream.read(into: $0) } == -1)
    }

    @Test("a client that has seen more than this ledger ever had begins anew")
    func otherLedger() throws {
        let under = try ConversationUnderTest()
        try share(1, of: under)
        let stream = try open(under, headers: "Last-Event-ID: 5000\r\n")
        #expect(try stream.next()?.data.contains("Person 1") == true)
        try share(2, of: under)
        #expect(try stream.next()?.data.contains("Person 2") == true)
    }

    @Test("a client that has gone is noticed, and one that takes nothing keeps nobody waiting")
    func goneClients() throws {
        let under = try ConversationUnderTest(server: { $0.requestSeconds = 1 })
        do {
            let gone = try open(under)
            #expect(gone.status == 200)
            #expect(under.service.streams.count == 1)
        }
        #expect(ServerUnderTest.eventually { under.service.streams.count == 0 })
        let slow = try EventStreamClient(
            port: under.server.port, target: "/v1/counters/C1/profiles/stream",
            headers: "X-HIP-ID: HIP1\r\n", receiveBytes: 4096)
        let quick = try open(under)
        for number in 0..<300 {
            try share(number, of: under)
            #expect(try quick.next()?.data.contains("Person \(number)") == true)
        }
        // It gets all of it, unless it was cut for taking nothing.
        var count = 0
        var wasCut = false
        while count < 300, !wasCut {
            do { if try slow.next() != nil { count += 1 } } catch { wasCut = true }
        }
        #expect(wasCut || count == 300)
        try share(300, of: under)
        #expect(try quick.next() != nil)
    }

    @Test("two thousand are open at a time, on the threads that there are")
    func many() throws {
        var limit = rlimit()
        _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, 16_384)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        try #require(limit.rlim_cur >= 4200, "too few files may be open")
        let under = try ConversationUnderTest(server: { $0.requestSeconds = 120 })
        let before = Self.threads()
        let streams = try (0..<2000).map { try open(under, counter: "C\($0 % 10)") }
        #expect(under.service.streams.count == 2000)
        // Other tests have threads too; a thread for each stream would be two thousand.
        #expect(Self.threads() < before + 200)
        for counter in 0..<10 { try share(counter, counter: "C\(counter)", of: under) }
        for (index, stream) in streams.enumerated() {
            #expect(try stream.next()?.data.contains("Person \(index % 10)") == true)
        }
    }

    @Test("more than half of the connections are not for streams")
    func limit() throws {
        let under = try ConversationUnderTest(server: { $0.connectionsMax = 4 })
        let streams = try (0..<2).map { _ in try open(under) }
        #expect(streams.map(\.status) == [200, 200])
        #expect(try open(under).status == 503)
    }

    @Test("a client that can send no header names the facility in the query, for this route only")
    func facilityInQuery() throws {
        let under = try ConversationUnderTest()
        func open(_ query: String, headers: String = "") throws -> EventStreamClient {
            try EventStreamClient(
                port: under.server.port, target: "/v1/counters/C1/profiles/stream" + query,
                headers: headers)
        }
        let streams = try [
            open("?hip=HIP1"), open("?hip=H%49P1"),
            open("?hip=HIP1", headers: "X-HIP-ID: HIP1\r\n"),
        ]
        #expect(streams.map(\.status) == [200, 200, 200])
        try share(1, of: under)
        for stream in streams { #expect(try stream.next()?.data.contains("Person 1") == true) }
        func refusal(_ target: String, _ headers: String = "") throws -> String {
            let reply = try requestOnce(
                port: under.server.port, "GET \(target) HTTP/1.1\r\nHost: x" + headers)
            let message = try JSONTree(parsing: reply.body)["error"]?["message"]?.text
            return "\(reply.status) \(message ?? "")"
        }
        let path = "/v1/counters/C1/profiles/stream"
        #expect(
            try refusal(path + "?hip=HIP2", "\r\nX-HIP-ID: HIP1")
                == "400 query parameter hip differs from the header X-HIP-ID")
        #expect(
            try refusal(path + "?hip=HIP9")
                == "400 query parameter hip is not a facility of this server")
        #expect(
            try refusal(path + "?hip=HIP1", "\r\nX-HIP-ID: HIP9")
                == "400 header X-HIP-ID is not a facility of this server")
        #expect(
            try refusal(path)
                == "400 header X-HIP-ID is missing, and so is the query parameter hip")
        #expect(
            try refusal(path + "?hip=HIP1&hip=HIP1")
                == "400 query parameter hip must be there once")
        #expect(try refusal(path + "?hop=HIP1") == "400 query only knows hip")
        #expect(
            try refusal("/v1/counters/C1/profiles?hip=HIP1") == "400 header X-HIP-ID: is missing")
    }

    @Test("a request that names no facility, or another's, is refused; HEAD has no body")
    func refusals() throws {
        let under = try ConversationUnderTest()
        let head = "/v1/counters/C1/profiles/stream HTTP/1.1\r\nHost: x"
        #expect(try requestOnce(port: under.server.port, "GET " + head).status == 400)
        #expect(
            try requestOnce(port: under.server.port, "GET \(head)\r\nX-HIP-ID: HIP9").status == 400)
        let reply = try requestOnce(
            port: under.server.port, "HEAD \(head)\r\nX-HIP-ID: HIP1", hasBody: false)
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "text/event-stream")
    }

    private static func threads() -> Int {
        guard let folder = unsafe opendir("/proc/self/task") else { return 0 }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        return count
    }
}
