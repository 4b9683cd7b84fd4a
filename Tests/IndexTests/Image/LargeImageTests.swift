internal import Index
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Large images")
struct LargeImageTests {
    #if DEBUG
        static let rows = 20_000
    #else
        static let rows = 200_000
    #endif

    @Test("agree with a plain dictionary", arguments: [7] as [UInt64])
    func many(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var twin = PlainIndex()
        for row in 0..<Self.rows {
            var patient = PlainPatient(id: "p\(row)")
            patient.mobile = random.key(.mobile, of: Self.rows / 2).value
            patient.number = random.key(.abhaNumber, of: Self.rows * 2).value
            patient.facility = row % 7 == 0 ? "F2" : ""
            _ = twin.append(patient)
        }
        let image = try image(of: twin.patients, seed: seed)
        twin = twin.inRowOrder()
        for _ in 0..<Self.rows / 4 {
            let key = random.key(
                Bool.random(using: &random) ? .mobile : .abhaNumber, of: Self.rows * 2)
            let facility = Bool.random(using: &random) ? "HIP1" : "F2"
            let rows = image.find(key, in: facility)
            guard rows != twin.find(key, in: facility) else { continue }
            Issue.record("\(key) \(facility) \(rows)")
        }
    }
}
