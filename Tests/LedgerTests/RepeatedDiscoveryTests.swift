internal import ABDM
internal import JSON
internal import Ledger
internal import TestSupport
internal import Testing

@Suite("Discoveries that come again")
struct RepeatedDiscoveryTests {
    private static func stranger(_ request: String, _ transaction: String) -> String {
        discoverBody(request, transaction: transaction, id: "nobody@sbx", name: "Tara Walker")
    }

    private func code(_ reply: LedgerReply) throws -> Int? {
        try reply.entries.first?.tree()["error"]?["code"]?.number
    }

    @Test("the same request is answered once, also where it found nobody")
    func sameRequest() throws {
        let desk = try ConversationDesk()
        let first = try desk.post(discoverPath, Self.stranger("r", "t"))
        #expect(try code(first) == 3404)
        let entry = try #require(first.entries.first)
        #expect(try desk.post(discoverPath, Self.stranger("r", "t")) == .repeated)
        // Not even with another content: what was answered stays answered.
        #expect(try desk.post(discoverPath, discoverBody("r", transaction: "t")) == .repeated)
        _ = try desk.perform(
            .settle(OutboxSettlement(id: entry.id, outcome: .dead(problem: "400"))))
        #expect(try desk.post(discoverPath, Self.stranger("r", "t")) == .repeated)
        #expect(try desk.perform(.claim(max: 9)).entries.map(\.message) == [entry.message])
    }

    @Test("a transaction is decided once: under another request id it is a duplicate")
    func sameTransaction() throws {
        let desk = try ConversationDesk()
        #expect(try code(desk.post(discoverPath, Self.stranger("r1", "t"))) == 3404)
        #expect(try code(desk.post(discoverPath, Self.stranger("r2", "t"))) == 3409)
        // Whoever was found would have been found under a transaction of their own.
        #expect(try code(desk.post(discoverPath, discoverBody("r3", transaction: "t"))) == 3409)
        #expect(
            try code(desk.post(initPath, initBody("i", transaction: "t", contexts: ["V-1"])))
                == 3407)
        // Another facility's transactions are its own.
        let other = try desk.post(
            discoverPath, discoverBody("r4", transaction: "t"), facility: "HIP2")
        #expect(try code(other) == nil)
    }

    @Test("a transaction stays decided when its patient opts out, and offers nothing any more")
    func afterOptingOut() throws {
        let desk = try ConversationDesk()
        #expect(try code(desk.post(discoverPath, discoverBody("r1", transaction: "t"))) == nil)
        _ = try desk.post(statusPath, leaveBody("s"))
        #expect(try code(desk.post(discoverPath, discoverBody("r2", transaction: "t"))) == 3409)
        #expect(
            try code(desk.post(initPath, initBody("i", transaction: "t", contexts: ["V-1"])))
                == 3407)
    }
}
