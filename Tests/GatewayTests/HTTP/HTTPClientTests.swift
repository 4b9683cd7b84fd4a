internal import Index
import Gateway
import TestSupport
import Testing

@Suite("Calls to another server")
struct HTTPClientTests {
    @Test("a POST arrives with its headers and body, and its answer comes back")
    func postArrives() throws {
        let server = try #require(
            ResponderServer { request in
                .reply(
                    status: 202, headers: ["X-Trace: 1"], body: "{\"echo\":\(request.body.count)}")
            })
        let client = try testClient()
        let body = Array("{\"name\":\"Asha\"}".utf8)
        let call = HTTPCall(
            .post, server.url + "/v0.5/links?x=1",
            headers: [
                HTTPHeader("Content-Type", "application/json"), HTTPHeader("X-CM-ID", "sbx"),
                HTTPHeader("X-Empty", ""),
            ], body: body)
        let answer = try outcome(client, call).get()
        #expect(answer.status == 202)
        #expect(answer.isSuccess)
        #expect(answer.retryAfterSeconds == nil)
        #expect(String(decoding: answer.body, as: UTF8.self) == "{\"echo\":\(body.count)}")
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.target == "/v0.5/links?x=1")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["x-cm-id"] == "sbx")
        #expect(request.headers["x-empty"] == "")
        #expect(request.headers["expect"] == nil)
        #expect(request.body == body)
    }

    @Test("each method is sent as it is called", arguments: HTTPMethod.allCases)
    func methods(method: HTTPMethod) throws {
        let server = try #require(ResponderServer { _ in .reply(status: 200) })
        let client = try testClient()
        let body: [UInt8] = method == .get ? [] : [0, 1, 2, 255]
        _ = try outcome(client, HTTPCall(method, server.url + "/x", body: body)).get()
        #expect(server.requests.first?.method == method.rawValue)
        #expect(server.requests.first?.body == body)
    }

    @Test("a body of three megabytes arrives whole")
    func largeBodyArrives() throws {
        let server = try #require(ResponderServer { _ in .reply(status: 200) })
        let client = try testClient()
        var random = SplitMix64(seed: 3)
        let body = (0..<(3 << 20)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        _ = try outcome(client, HTTPCall(.post, server.url, body: body)).get()
        #expect(server.requests.first?.body == body)
    }

    @Test(
        "every status is an answer, with what it says of trying again",
        arguments: [
            (200, [], nil), (302, ["Location: /elsewhere"], nil), (401, [], nil),
            (429, ["Retry-After: 7"], 7), (500, [], nil), (503, ["Retry-After: 120"], 120),
        ] as [(Int, [String], Int?)])
    func statuses(status: Int, headers: [String], retryAfter: Int?) throws {
        let server = try #require(
            ResponderServer { _ in .reply(status: status, headers: headers, body: "why") })
        let client = try testClient()
        let answer = try outcome(client, HTTPCall(.post, server.url, body: [1])).get()
        #expect(answer.status == status)
        #expect(answer.retryAfterSeconds == retryAfter)
        #expect(answer.body == Array("why".utf8))
        #expect(server.requests.count == 1, "a redirect is not followed")
    }

    @Test("calls one after the other share a connection")
    func connectionsAreKept() throws {
        let server = try #require(ResponderServer { _ in .reply(status: 200) })
        let client = try testClient()
        for index in 0..<20 {
            _ = try outcome(client, HTTPCall(.post, server.url + "/\(index)", body: [1])).get()
        }
        #expect(server.requests.count == 20)
        #expect(server.acceptedCount == 1)
    }

    @Test("many calls at a time keep to the destination's limit, and all are answered")
    func concurrencyIsLimited() throws {
        let server = try #require(
            ResponderServer { _ in .replyLate(milliseconds: 5, status: 200) })
        let client = try testClient(concurrentMax: 4)
        let answered = ThreadLock(0)
        let count = 100
        let thread = try #require(
            WorkThread {
                let done = ThreadLock(0)
                for index in 0..<count {
                    client.send(HTTPCall(.post, server.url + "/\(index)", body: [1])) { result in
                        if case .success(let answer) = result, answer.status == 200 {
                            answered.withLock { $0 += 1 }
                        }
                        done.withLock { $0 += 1 }
                    }
                }
                // A call behind all the others: first come, first served.
                _ = try? client.sendAndWait(HTTPCall(.get, server.url))
                waitUntil { done.withLock { $0 == count } }
                return true
            })
        #expect(thread.join() == true)
        #expect(answered.withLock { $0 } == count)
        #expect(server.busiestCount <= 4)
        #expect(server.acceptedCount <= 4)
        #expect(Set(server.requests.map(\.target)).count == count + 1)
    }

    @Test("a call for which there is no room fails at once, and the others do not")
    func waitingIsLimited() throws {
        let server = try #require(
            ResponderServer { _ in .replyLate(milliseconds: 50, status: 200) })
        let client = try testClient(concurrentMax: 1, waitingMax: 2)
        let results = ThreadLock<[Result<HTTPAnswer, TransportError>]>([])
        for _ in 0..<10 {
            client.send(HTTPCall(.post, server.url, body: [1])) { result in
                results.withLock { $0.append(result) }
            }
        }
        let thread = try #require(
            WorkThread {
                waitUntil { results.withLock { $0.count == 10 } }
                return true
            })
        _ = thread.join()
        let refused = results.withLock { $0.filter { $0.error == .tooManyWaiting } }.count
        #expect(refused >= 1)
        #expect(server.requests.count == 10 - refused)
    }

    @Test(
        "what cannot be sent is refused before anything is",
        arguments: [
            (HTTPCall(.get, "ftp://127.0.0.1/x"), .url),
            (HTTPCall(.get, "file:///etc/hostname"), .url),
            (HTTPCall(.get, "http://user:word@127.0.0.1/"), .url),
            (HTTPCall(.get, "http://127.0.0.1/a b"), .url),
            (HTTPCall(.get, "http://127.0.0.1/\r\nX: y"), .url),
            (HTTPCall(.get, "http:///x"), .url),
            (HTTPCall(.get, "127.0.0.1"), .url),
            (HTTPCall(.get, "http://a/" + String(repeating: "x", count: 9000)), .url),
            (HTTPCall(.get, "http://a/", headers: [HTTPHeader("A B", "c")]), .headerName),
            (HTTPCall(.get, "http://a/", headers: [HTTPHeader("", "c")]), .headerName),
            (HTTPCall(.get, "http://a/", headers: [HTTPHeader("A:", "c")]), .headerName),
            (HTTPCall(.get, "http://a/", headers: [HTTPHeader("A", "b\r\nC: d")]), .headerValue),
            (HTTPCall(.get, "http://a/", headers: [HTTPHeader("A", "b\0")]), .headerValue),
            (HTTPCall(.get, "http://a/", body: [1]), .body),
        ] as [(HTTPCall, HTTPCallFlaw)])
    func flawsAreRefused(call: HTTPCall, flaw: HTTPCallFlaw) throws {
        let client = try testClient()
        let error = try outcome(client, call).error
        #expect(error == .malformedCall(flaw))
        #expect(error?.mayHaveArrived == false)
    }

    @Test("limits that make no sense make no client")
    func limitsAreChecked() {
        #expect(throws: HTTPClientError.unsoundLimits) {
            try HTTPClient(HTTPClientLimits(concurrentMax: 0))
        }
        #expect(throws: HTTPClientError.unsoundLimits) {
            try HTTPClient(HTTPClientLimits(wholeMilliseconds: 0))
        }
    }

    @Test("neither a call nor an answer shows its contents when it is printed")
    func descriptionsAreSilent() {
        let call = HTTPCall(
            .post, "https://gw.example/v1/people?mobile=9800000001",
            headers: [HTTPHeader("Authorization", "Bearer secret")], body: Array("Asha".utf8))
        let answer = HTTPAnswer(status: 200, body: Array("Asha".utf8))
        var dumped = ""
        dump(call, to: &dumped)
        dump(answer, to: &dumped)
        let text = "\(call) \(answer) \(String(reflecting: call)) \(dumped)"
        for word in ["9800000001", "secret", "Asha", "people", "65, 115"] {
            #expect(!text.contains(word))
        }
        #expect("\(call)" == "POST https://gw.example")
    }
}
