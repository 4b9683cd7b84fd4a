internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Decisions beside their slow twin")
struct DecisionOracleTests {
    @Test(
        "random hospitals, requests and rules are decided alike",
        arguments: 0..<12 as Range<UInt64>)
    func agrees(seed: UInt64) throws {
        var discovery = RandomDiscovery(random: SplitMix64(seed: seed))
        var outcomes: [String: Int] = [:]
        for _ in 0..<100 {
            let hospital = discovery.hospital()
            let rule = discovery.rule()
            let oracle = DecisionOracle(patients(of: hospital), rule: rule)
            var desk = try Desk(hospital, rule: rule.matchRule)
            for _ in 0..<20 {
                let likely = discovery.chance(0.7) ? discovery.pick(hospital.patients) : nil
                let body = discovery.body(likely: likely)
                let facility = discovery.chance(0.8) ? "HIP1" : "HIP2"
                let expected = oracle.decide(OracleRequest(body), facility: facility)
                let answer = desk.ask(
                    body.bytes, facility: facility, explain: discovery.chance(0.1))
                let reply = try answer.tree()
                let context: Comment = "\(rule) \(hospital) \(body)"
                #expect(decision(in: reply) == expected, context)
                let references = reply["patient"]?["careContexts"]?.elements?.count ?? 0
                #expect(references == expected.careContexts.count, context)
                outcomes[expected.outcome, default: 0] += 1
            }
        }
        // Every branch is walked, and more than once.
        for outcome in [
            "match", "ambiguous", "noMatch", "noVerifiedIdentifier", "tooManyCandidates",
        ] {
            #expect(outcomes[outcome, default: 0] > 5, "\(outcome): \(outcomes)")
        }
    }

    private func patients(of hospital: Hospital) -> [OraclePatient] {
        hospital.patients.map { row in
            let facility = row["hip_id"] ?? Hospital.defaultFacility
            return OraclePatient(
                row, defaultFacility: Hospital.defaultFacility,
                careContexts: hospital.careContexts
                    .filter { $0["patient_id"] == row["id"] && $0["hip_id"] == facility }
                    .compactMap { $0["reference"] })
        }
    }

    private func decision(in reply: JSONTree) -> OracleDecision {
        let patient = reply["patient"]
        var decision = OracleDecision(outcome: reply["outcome"]?.text ?? "")
        decision.reference = patient?["referenceNumber"]?.text
        decision.careContexts = Set(
            patient?["careContexts"]?.elements?.compactMap { $0["referenceNumber"]?.text } ?? [])
        decision.matchedBy = Set(patient?["matchedBy"]?.elements?.compactMap(\.text) ?? [])
        return decision
    }
}
