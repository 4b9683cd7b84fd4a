internal import ABDM
internal import TestSupport
internal import Testing

@Suite("Requests that are answered in groups")
struct RequestGroupTests {
    #if DEBUG
        private static let hospitals = 5
    #else
        private static let hospitals = 250
    #endif
    /// Of each hospital; with ten seeds a hundred thousand in an optimised build.
    private static let requests = 40

    @Test(
        "are answered as each by itself, byte for byte, whatever the group and wherever it is cut",
        arguments: 0..<10 as Range<UInt64>)
    func sameAnswers(seed: UInt64) throws {
        var discovery = RandomDiscovery(random: SplitMix64(seed: seed))
        var refused = 0
        var matches = 0
        for _ in 0..<Self.hospitals {
            let hospital = discovery.hospital()
            let rule = discovery.rule().matchRule
            var alone = try Desk(hospital, rule: rule)
            var together = try Desk(hospital, rule: rule)
            var left = Self.requests
            while left > 0 {
                let count = min(left, Int.random(in: 1...Self.requests, using: &discovery.random))
                left -= count
                let bodies = bodies(count, for: hospital, &discovery)
                let facility = discovery.pick([nil, nil, "HIP1", "HIP2", "HIP9", ""])
                let requestID = discovery.pick([nil, "from a header"])
                let explain = discovery.chance(0.3)
                let answers = together.ask(
                    all: bodies, facility: facility, requestID: requestID, explain: explain)
                try #require(answers.count == count)
                for (body, answer) in zip(bodies, answers) {
                    let expected = alone.ask(
                        body, facility: facility, requestID: requestID, explain: explain)
                    if expected.report.outcome == .badRequest { refused += 1 }
                    if expected.report.outcome == .match { matches += 1 }
                    guard answer.bytes == expected.bytes, answer.report == expected.report else {
                        Issue.record("\(hospital) \(String(decoding: body, as: UTF8.self))")
                        return
                    }
                }
            }
        }
        #expect(refused > 0 && matches > 0)
    }

    @Test("see the records that they were asked of, and nothing of a group before")
    func otherRecords() throws {
        var discovery = RandomDiscovery(random: SplitMix64(seed: 1))
        // Both snapshots hash alike, and their facilities have the same numbers.
        let hospitals = [discovery.hospital(), discovery.hospital()]
        let rule = discovery.rule().matchRule
        var moving = try Desk(hospitals[0], rule: rule)
        for _ in 0..<20 {
            let hospital = discovery.pick(hospitals)
            try moving.move(to: hospital)
            var fresh = try Desk(hospital, rule: rule)
            let bodies = bodies(Discoverer.groupCount + 3, for: hospital, &discovery)
            let answers = moving.ask(all: bodies)
            for (body, answer) in zip(bodies, answers) {
                #expect(answer.bytes == fresh.ask(body).bytes, "\(hospital)")
            }
        }
    }

    @Test("are answered one by one where there is one, and not at all where there is none")
    func few() throws {
        var desk = try Desk(.family)
        let body = Array(
            #"{"transactionId":"t","patient":{"id":"asha@sbx","name":"Asha Verma","gender":"F"}}"#
                .utf8)
        #expect(desk.ask(all: []).isEmpty)
        #expect(desk.ask(all: [body]).map(\.bytes) == [desk.ask(body).bytes])
        // A group that is refused leaves nothing behind for the one after it.
        #expect(desk.ask(all: [[], [0x7B]]).map(\.report.outcome) == [.badRequest, .badRequest])
        #expect(
            desk.ask(all: [body, body]).map(\.bytes) == [
                desk.ask(body).bytes, desk.ask(body).bytes,
            ])
    }

    private func bodies(
        _ count: Int, for hospital: Hospital, _ discovery: inout RandomDiscovery
    ) -> [[UInt8]] {
        (0..<count).map { _ in
            let likely = discovery.chance(0.7) ? discovery.pick(hospital.patients) : nil
            let body = discovery.body(likely: likely).bytes
            // Now no JSON, now no request.
            guard discovery.chance(0.05) else { return body }
            return discovery.chance(0.5) ? Array(body.dropLast()) : Array("{}".utf8)
        }
    }
}
