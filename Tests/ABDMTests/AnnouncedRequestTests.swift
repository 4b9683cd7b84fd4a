internal import TestSupport
internal import Testing

@Suite("A request that was announced with the one before")
struct AnnouncedRequestTests {
    #if DEBUG
        private static let hospitals = 5
        private static let pairs = 1
    #else
        private static let hospitals = 250
        private static let pairs = 20
    #endif
    /// Of each hospital; with ten seeds a hundred thousand in an optimised build.
    private static let requests = 40

    @Test("is answered as one that was not, byte for byte", arguments: 0..<10 as Range<UInt64>)
    func sameAnswers(seed: UInt64) throws {
        var discovery = RandomDiscovery(random: SplitMix64(seed: seed))
        for _ in 0..<Self.hospitals {
            let hospital = discovery.hospital()
            let rule = discovery.rule().matchRule
            var alone = try Desk(hospital, rule: rule)
            var announced = try Desk(hospital, rule: rule)
            let bodies = bodies(Self.requests, for: hospital, &discovery)
            for (index, body) in bodies.enumerated() {
                let next = index + 1 < bodies.count ? bodies[index + 1] : nil
                let expected = alone.ask(body)
                let answer = announced.ask(body, next: next)
                guard answer.bytes != expected.bytes else { continue }
                Issue.record("\(hospital) \(String(decoding: body, as: UTF8.self))")
                return
            }
        }
    }

    @Test(
        "may be another one than comes, for another facility, or of other records",
        arguments: 0..<10 as Range<UInt64>)
    func wrongAnnouncements(seed: UInt64) throws {
        var discovery = RandomDiscovery(random: SplitMix64(seed: seed))
        for _ in 0..<Self.pairs {
            // Both snapshots hash alike, and their facilities have the same numbers.
            let hospitals = [discovery.hospital(), discovery.hospital()]
            let rule = discovery.rule().matchRule
            var announced = try Desk(hospitals[0], rule: rule)
            var first = try Desk(hospitals[0], rule: rule)
            var second = try Desk(hospitals[1], rule: rule)
            for _ in 0..<40 {
                let isFirst = discovery.chance(0.5)
                let hospital = hospitals[isFirst ? 0 : 1]
                try announced.move(to: hospital)
                let bodies = bodies(2, for: hospital, &discovery)
                let facility = discovery.chance(0.7) ? "HIP1" : "HIP2"
                let expected =
                    isFirst
                    ? first.ask(bodies[0], facility: facility)
                    : second.ask(bodies[0], facility: facility)
                let answer = announced.ask(bodies[0], facility: facility, next: bodies[1])
                #expect(answer.bytes == expected.bytes, "\(hospital)")
            }
        }
    }

    private func bodies(
        _ count: Int, for hospital: Hospital, _ discovery: inout RandomDiscovery
    ) -> [[UInt8]] {
        (0..<count).map { _ in
            let likely = discovery.chance(0.7) ? discovery.pick(hospital.patients) : nil
            let body = discovery.body(likely: likely).bytes
            return discovery.chance(0.05) ? Array(body.dropLast()) : body
        }
    }
}
