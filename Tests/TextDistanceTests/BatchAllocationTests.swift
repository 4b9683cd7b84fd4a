internal import AllocationCount
internal import TestSupport
internal import Testing
internal import TextDistance

private let isOptimised: Bool = {
    #if DEBUG
        false
    #else
        true
    #endif
}()

@Suite("Batch memory", .enabled(if: isOptimised, "only an optimised build promises it"))
struct BatchAllocationTests {
    @Test("preparing and comparing names allocates nothing", arguments: LanePath.available)
    func comparesWithoutAllocating(path: LanePath) {
        var random = SplitMix64(seed: 1)
        let patterns = [0, 12, 16, 17, 33, 64].map { random.laneName(length: $0) }
        let list = random.laneNames(count: 200, lengths: laneEdgeLengths, near: patterns[1])
        let names = list.blocks(.byLength)
        var batch = BatchPattern(path: path)
        var results = [UInt16](repeating: 0, count: names.count)
        var span = results.mutableSpan
        var before: UInt64 = 0
        var sum = 0
        for round in 0..<3 {
            if round == 1 { before = allocation_count() }
            for index in 0..<patterns.count {
                let pattern = patterns[index]
                batch.prepare(pattern.span)
                for limit in 0..<4 {
                    batch.distances(to: names, limit: limit * limit * limit, into: &span)
                    sum += Int(span[0])
                }
            }
        }
        let after = allocation_count()
        #expect(sum > 0)
        #expect(after - before == 0)
    }
}
