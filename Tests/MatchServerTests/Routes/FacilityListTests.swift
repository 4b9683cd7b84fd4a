internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("The list of facilities")
struct FacilityListTests {
    @Test("agrees with a set", arguments: 0..<20 as Range<UInt64>)
    func agreesWithSet(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func name() -> String {
            String(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    ["A", "B", "C"].randomElement(using: &random) ?? "A"
                }.joined())
        }
        let names = (0..<Int.random(in: 0...20, using: &random)).map { _ in name() }
        let list = FacilityList(names)
        let any = FacilityList(nil)
        for _ in 0..<100 {
            let asked = name()
            let isListed = list.permits(asked.utf8.span)
            let isAnything = any.permits(asked.utf8.span)
            #expect(isListed == Set(names).contains(asked))
            #expect(isAnything)
        }
    }
}
