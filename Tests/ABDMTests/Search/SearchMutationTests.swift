internal import ABDM
internal import JSON
internal import TestSupport
internal import Testing

@Suite("Damaged search bodies")
struct SearchMutationTests {
    private static let bodies = [
        #"{"name":"Asha Verma","gender":"F","yearOfBirth":1985,"district":"Pune","limit":5,"#
            + #""scoreMin":0}"#,
        #"{"limit":null,"name":"आशा \u0935र्मा S/O Lal @ Guddu","yearOfBirth":"1985"}"#,
    ]

    @Test(
        "never trap, and are answered by a list or an error in valid JSON",
        arguments: 0..<8 as Range<UInt64>)
    func damaged(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var desk = try SearchingDesk(.sameNames)
        var refused = 0
        let rounds = 1500
        for _ in 0..<rounds {
            var body = Array((Self.bodies.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...2, using: &random) { damage(&body, &random) }
            if try isRefused(desk.ask(body)) { refused += 1 }
        }
        // Both ends are met: damage to a name leaves a sound body, nearly everywhere else it does not.
        #expect(refused > rounds / 10 && rounds - refused > rounds / 20, "\(refused)")
    }

    @Test("of random bytes are refused", arguments: 0..<4 as Range<UInt64>)
    func noise(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var desk = try SearchingDesk(.sameNames)
        for _ in 0..<500 {
            let count = Int.random(in: 0...80, using: &random)
            let body = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let isRefused = try isRefused(desk.ask(body))
            #expect(isRefused)
        }
    }

    @Test("with any bytes for a name are answered or refused", arguments: 0..<4 as Range<UInt64>)
    func names(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var desk = try SearchingDesk(.sameNames)
        for _ in 0..<500 {
            let count = Int.random(in: 0...200, using: &random)
            let scalars = (0..<count).compactMap { _ -> Unicode.Scalar? in
                let ranges: [ClosedRange<UInt32>] = [
                    0x20...0x7E, 0x900...0x97F, 0x20...0x2FFF, 0x1F000...0x1FFFF,
                ]
                let range = ranges.randomElement(using: &random)
                let scalar = Unicode.Scalar(UInt32.random(in: range ?? 0x20...0x7E, using: &random))
                return scalar == "\"" || scalar == "\\" ? nil : scalar
            }
            let name = scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
            _ = try isRefused(desk.ask("{\"name\":\"\(name)\",\"scoreMin\":0}"))
        }
    }

    /// Whether a search was refused; holds the reply to one of its two shapes.
    private func isRefused(_ answer: SearchAnswer) throws -> Bool {
        let reply = try answer.tree()
        guard answer.report.isAnswered else {
            #expect(reply.members?.count == 1)
            #expect(reply["error"]?["code"] == .integer(3400))
            return true
        }
        #expect(reply.members?.count == 4)
        #expect((reply["patients"]?.elements?.count ?? .max) <= 100)
        return false
    }

    private func damage(_ body: inout [UInt8], _ random: inout SplitMix64) {
        let place = Int.random(in: 0..<body.count, using: &random)
        let interesting = Array("\"\\{}[]:,09nut- \u{0}".utf8) + [0xC3, 0xFF]
        switch Int.random(in: 0..<6, using: &random) {
        case 0: body[place] = UInt8.random(in: .min ... .max, using: &random)
        case 1: body[place] = UInt8.random(in: 0x61...0x7A, using: &random)
        case 2: body.insert(interesting.randomElement(using: &random) ?? 0, at: place)
        case 3: body.remove(at: place)
        case 4: body.swapAt(place, Int.random(in: 0..<body.count, using: &random))
        default:
            let end = min(body.count, place + Int.random(in: 1...20, using: &random))
            body.insert(contentsOf: Array(body[place..<end]), at: place)
        }
    }
}
