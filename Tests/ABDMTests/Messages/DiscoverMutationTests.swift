internal import ABDM
internal import JSON
internal import TestSupport
internal import Testing

@Suite("Damaged discover bodies")
struct DiscoverMutationTests {
    private static let bodies = [
        #"{"requestId":"r","timestamp":"2026-05-25T01:09:02","transactionId":"t","patient":{"id":"asha@sbx","#
            + #""name":"Asha Verma","gender":"F","yearOfBirth":1985,"verifiedIdentifiers":[{"type":"MOBILE","#
            + #""value":"+91-9800000001"},{"type":"HEALTH_ID","value":"asha@sbx"}],"unverifiedIdentifiers":null}}"#,
        #"{"transactionId":"t","patient":{"id":"91111122223331@abdm","verifiedIdentifiers":[{"type":"#
            + #""ABHA_NUMBER","value":"91-1111-2222-3331"},{"type":"ABHA_ADDRESS","value":""}],"#
            + #""unverifiedIdentifiers":[{"type":"MR","value":"MR-7"}],"name":"रवि Ravi\u0301 S/O Lal","#
            + #""gender":"M","yearOfBirth":"1980"}}"#,
    ]

    @Test(
        "never trap, and are answered by a decision or an error in valid JSON",
        arguments: 0..<8 as Range<UInt64>)
    func damaged(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var desk = try Desk(.family)
        var refused = 0
        let rounds = 1500
        for _ in 0..<rounds {
            var body = Array(
                Self.bodies[Int.random(in: 0..<Self.bodies.count, using: &random)].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { damage(&body, &random) }
            let answer = desk.ask(body, explain: Bool.random(using: &random))
            let reply = try answer.tree()
            if answer.report.outcome == .badRequest {
                refused += 1
                #expect(reply.members?.count == 1)
                #expect(reply["error"]?["code"] == .integer(3400))
            } else {
                #expect(reply["outcome"]?.text == answer.report.outcome.rawValue)
                #expect((reply["patient"] == nil) == (reply["error"] != nil))
            }
        }
        // Both ends are met: damage to the text between quotes leaves a sound body.
        #expect(refused > rounds / 10 && refused < rounds * 9 / 10, "\(refused)")
    }

    private func damage(_ body: inout [UInt8], _ random: inout SplitMix64) {
        let place = Int.random(in: 0..<body.count, using: &random)
        let interesting = Array("\"\\{}[]:,09nut- \u{0}".utf8) + [0xC3, 0xFF]
        switch Int.random(in: 0..<6, using: &random) {
        case 0: body[place] = UInt8.random(in: .min ... .max, using: &random)
        case 1: body[place] = UInt8.random(in: 0x61...0x7A, using: &random)
        case 2:
            body.insert(
                interesting[Int.random(in: 0..<interesting.count, using: &random)], at: place)
        case 3: body.remove(at: place)
        case 4: body.swapAt(place, Int.random(in: 0..<body.count, using: &random))
        default:
            let end = min(body.count, place + Int.random(in: 1...20, using: &random))
            body.insert(contentsOf: Array(body[place..<end]), at: place)
        }
    }
}
