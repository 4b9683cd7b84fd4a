internal import Index
import Gateway
import TestSupport
import Testing

@Suite("Faults of another server")
struct HTTPFaultTests {
    @Test("nobody listens: no connection, and nothing was sent")
    func nobodyListens() throws {
        let port = try #require(ResponderServer { _ in .drop }).port
        let client = try testClient()
        let error = try outcome(client, HTTPCall(.get, "http://127.0.0.1:\(port)/")).error
        #expect(error == .couldNotConnect)
        #expect(error?.mayHaveArrived == false)
    }

    @Test("a connection that ends before the answer may have carried the request")
    func dropAfterRequest() throws {
        let server = try #require(ResponderServer { _ in .drop })
        let client = try testClient()
        let error = try outcome(client, HTTPCall(.post, server.url, body: [1])).error
        #expect(error == .connectionLost(wasSent: true))
        #expect(error?.mayHaveArrived == true)
        #expect(server.requests.count == 1)
    }

    @Test("a kept connection that ends without an answer does not make the client send again")
    func noSecondSending() throws {
        let server = try #require(
            ResponderServer { request in
                request.target == "/second" ? .drop : .reply(status: 200)
            })
        let client = try testClient()
        _ = try outcome(client, HTTPCall(.post, server.url + "/first", body: [1])).get()
        let error = try outcome(client, HTTPCall(.post, server.url + "/second", body: [2])).error
        #expect(error == .connectionLost(wasSent: true))
        #expect(server.requests.map(\.target) == ["/first", "/second"])
        // The client is as good as before.
        _ = try outcome(client, HTTPCall(.post, server.url + "/third", body: [3])).get()
        #expect(server.requests.count == 3)
    }

    @Test("a kept connection that the other side closed meanwhile is replaced by a new one")
    func closedBetweenCalls() throws {
        let server = try #require(
            ResponderServer { _ in
                .sendAndClose(Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8))
            })
        let client = try testClient()
        for index in 1...3 {
            let answer = try outcome(client, HTTPCall(.post, server.url, body: [1])).get()
            #expect(answer.status == 200)
            // Before that the client may take the connection for one that is good.
            let closing = WorkThread { () -> Bool in
                waitUntil { server.closedCount == index }
                return true
            }
            #expect(closing?.join() == true)
        }
        #expect(server.requests.count == 3)
        #expect(server.acceptedCount == 3)
    }

    @Test("a connection that is cut as soon as it is made gives an error, and the next call works")
    func dropAtAccept() throws {
        let server = try #require(ResponderServer(dropsAtAccept: 1) { _ in .reply(status: 200) })
        let client = try testClient()
        let error = try outcome(client, HTTPCall(.post, server.url, body: [1])).error
        // Which of them depends on how far it was when the reset came.
        let possible: [TransportError] = [
            .couldNotConnect, .connectionLost(wasSent: false), .connectionLost(wasSent: true),
        ]
        #expect(error.map(possible.contains) == true)
        #expect(server.requests.isEmpty)
        _ = try outcome(client, HTTPCall(.post, server.url, body: [1])).get()
    }

    @Test("an answer that does not come in time times out after sending")
    func slowAnswer() throws {
        let server = try #require(ResponderServer { _ in .stall })
        let client = try testClient(wholeMilliseconds: 200)
        let error = try outcome(client, HTTPCall(.post, server.url, body: [1])).error
        #expect(error == .timedOut(wasSent: true))
        #expect(server.requests.count == 1)
    }

    @Test("a call whose turn does not come in time times out before sending")
    func noTurnInTime() throws {
        let server = try #require(ResponderServer { _ in .stall })
        let client = try testClient(wholeMilliseconds: 300, concurrentMax: 1)
        let results = ThreadLock<[TransportError?]>([])
        let thread = try #require(
            WorkThread {
                for _ in 0..<2 {
                    client.send(HTTPCall(.post, server.url, body: [1])) { result in
                        results.withLock { $0.append(result.error) }
                    }
                }
                waitUntil { results.withLock { $0.count == 2 } }
                return true
            })
        _ = thread.join()
        #expect(results.withLock { $0.contains(.timedOut(wasSent: true)) })
        #expect(results.withLock { $0.contains(.timedOut(wasSent: false)) })
        #expect(server.requests.count == 1)
    }

    @Test("an answer that says that it is too large is not read")
    func declaredTooLarge() throws {
        let server = try #require(
            ResponderServer { _ in .reply(status: 200, body: String(repeating: "x", count: 1001)) })
        let client = try testClient(answerBytesMax: 1000)
        #expect(try outcome(client, HTTPCall(.get, server.url)).error == .tooLarge)
    }

    @Test("an answer that turns out to be too large is given up", arguments: [1000, 1001])
    func chunkedTooLarge(bytes: Int) throws {
        let body = String(repeating: "x", count: bytes)
        let text =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + String(bytes, radix: 16) + "\r\n" + body + "\r\n0\r\n\r\n"
        let server = try #require(ResponderServer { _ in .sendAndClose(Array(text.utf8)) })
        let client = try testClient(answerBytesMax: 1000)
        let result = try outcome(client, HTTPCall(.get, server.url))
        #expect(result.error == (bytes > 1000 ? .tooLarge : nil))
    }

    @Test("a head that is too large is given up")
    func headTooLarge() throws {
        let lines = (0..<2000).map { "X-\($0): " + String(repeating: "y", count: 50) }
        let server = try #require(ResponderServer { _ in .reply(status: 200, headers: lines) })
        let client = try testClient()
        #expect(try outcome(client, HTTPCall(.get, server.url)).error == .tooLarge)
    }

    @Test("an answer that ends too soon is a lost connection")
    func truncatedAnswer() throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
        let server = try #require(ResponderServer { _ in .sendAndClose(Array(text.utf8)) })
        let client = try testClient()
        #expect(
            try outcome(client, HTTPCall(.get, server.url)).error == .connectionLost(wasSent: true))
    }

    @Test("what is no HTTP is said to be none")
    func notHTTP() throws {
        let server = try #require(
            ResponderServer { _ in .sendAndClose(Array("220 mail.example ESMTP\r\n".utf8)) })
        let client = try testClient()
        #expect(try outcome(client, HTTPCall(.get, server.url)).error == .malformedAnswer)
    }

    @Test("stopping ends what is under way and what waits, and later calls too")
    func stopping() throws {
        let server = try #require(ResponderServer { _ in .stall })
        let client = try testClient(concurrentMax: 1)
        let results = ThreadLock<[TransportError?]>([])
        for _ in 0..<3 {
            client.send(HTTPCall(.post, server.url, body: [1])) { result in
                results.withLock { $0.append(result.error) }
            }
        }
        let thread = try #require(
            WorkThread {
                waitUntil { !server.requests.isEmpty }
                client.stop()
                client.stop()
                return true
            })
        _ = thread.join()
        let errors = results.withLock { $0 }
        #expect(errors.count == 3)
        #expect(errors.contains(.stopped(wasSent: true)))
        #expect(errors.filter { $0 == .stopped(wasSent: false) }.count == 2)
        let late = try outcome(client, HTTPCall(.get, server.url)).error
        #expect(late == .stopped(wasSent: false))
    }
}
