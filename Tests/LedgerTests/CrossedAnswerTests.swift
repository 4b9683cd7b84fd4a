internal import ABDM
internal import Ledger
internal import TestSupport
internal import Testing

@Suite("Answers that cross with what happened meanwhile")
struct CrossedAnswerTests {
    /// Two records are asked for together, and the patient links one of them with a password before ABDM answers.
    private func crossed() throws -> (desk: RecordDesk, link: OutboxEntry) {
        let desk = try RecordDesk(.gateway)
        let link = try desk.authenticate(try desk.record(["V-1", "B"]).1)
        _ = try desk.confirm(["V-1"])
        #expect(try desk.linked() == ["V-1"])
        return (desk, try #require(link.first))
    }

    @Test("that one of two is linked already says nothing of the other one")
    func alreadyLinked() throws {
        let (desk, link) = try crossed()
        _ = try desk.answer(link, onAddLinkedAlready, on: onAdd)
        #expect(try desk.linked() == ["V-1"])
        let states = try desk.record(["V-1", "B"]).0.map(\.state)
        #expect(states == [.linked, .waiting])
    }

    @Test("what is linked stays so when the rest of its batch is turned down")
    func turnedDown() throws {
        let (desk, link) = try crossed()
        _ = try desk.answer(
            link, "\"acknowledgement\":null,\"error\":{\"code\":1500,\"message\":\"something\"}",
            on: onAdd)
        let records = try desk.record(["V-1", "B"]).0
        #expect(records.map(\.state) == [.linked, .waiting])
        #expect(records[1].problem.hasPrefix("1500"))
    }
}
