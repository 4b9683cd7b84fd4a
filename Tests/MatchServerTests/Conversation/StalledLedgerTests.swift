@testable import MatchServer
internal import TestSupport
internal import Testing

private let discover = """
    {"requestId":"d-1","timestamp":"2022-05-25T01:09:02.330549","transactionId":"t-1","patient":\
    {"id":"asha.verma@sbx","name":"Asha Verma","gender":"F","yearOfBirth":1984,\
    "verifiedIdentifiers":[{"type":"MOBILE","value":"9848022338"}]}}
    """
private let discoverPath = "/v0.5/care-contexts/discover"

@Suite("A ledger that stalls")
struct StalledLedgerTests {
    @Test("is no reason to hang: the gateway is told to come again, and then taken in once")
    func comesAgain() throws {
        let gate = LedgerGate()
        let under = try ConversationUnderTest(gate: gate) { configuration in
            configuration.stallMilliseconds = 200
        }
        gate.shut()
        let reply = try under.post(discoverPath, discover)
        #expect(reply.status == 503)
        #expect(reply.headers["retry-after"] == "1")
        let desk = try requestOnce(
            port: under.server.port,
            "GET /v1/counters/C1/profiles HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1")
        #expect(desk.status == 503)
        gate.open()
        #expect(
            ServerUnderTest.eventually {
                (try? under.post(discoverPath, discover).status) == 202
            })
        _ = try under.body("/v0.5/care-contexts/on-discover")
        #expect(under.sent("/v0.5/care-contexts/on-discover").count == 1)
    }

    @Test("does not keep a server from going down")
    func drains() throws {
        let gate = LedgerGate()
        let under = try ConversationUnderTest(gate: gate) { configuration in
            configuration.stallMilliseconds = 500
        }
        gate.shut()
        let waiting = WorkThread { (try? under.post(discoverPath, discover).status) != 202 }
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections > 0 })
        under.server.drain(timeoutSeconds: 0)
        gate.open()
        #expect(waiting?.join() == true)
    }

    @Test("a gateway that stalls does not hold up what goes to another one")
    func otherBases() throws {
        let under = try ConversationUnderTest(faults: [.stall]) { configuration in
            configuration.heldMax = 2
            configuration.concurrentMax = 1
        }
        for number in 0..<4 {
            let body = discover.replacing("d-1", with: "d-\(number)")
                .replacing("t-1", with: "t-\(number)")
            #expect(try under.post(discoverPath, body).status == 202)
        }
        let v3 = "/api/v3/hip/patient/care-context/discover"
        for number in 0..<4 {
            let reply = try under.post(
                v3, discover.replacing("t-1", with: "u-\(number)"),
                headers: "REQUEST-ID: \(CallbackStamp.id("r-\(number)"))\r\n"
                    + "TIMESTAMP: \(CallbackStamp.now)\r\n")
            #expect(reply.status == 202)
        }
        #expect(
            ServerUnderTest.eventually {
                under.sent("/v3/patient/care-context/on-discover").count == 4
            })
    }

    @Test("the sender holds no more than it may; the rest waits in the ledger, and is sent too")
    func window() throws {
        let slow = [ResponderAction](
            repeating: .replyLate(milliseconds: 300, status: 202), count: 3)
        let under = try ConversationUnderTest(faults: slow) { configuration in
            configuration.heldMax = 2
            configuration.concurrentMax = 1
        }
        for number in 0..<8 {
            let body = discover.replacing("d-1", with: "d-\(number)")
                .replacing("t-1", with: "t-\(number)")
            #expect(try under.post(discoverPath, body).status == 202)
            #expect(under.service.outbox.heldCount <= 2)
        }
        #expect(
            ServerUnderTest.eventually {
                under.sent("/v0.5/care-contexts/on-discover").count == 8
            })
    }
}
