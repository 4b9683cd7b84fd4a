import Foundation
import Gateway
import TestSupport
import Testing

@Suite("What every call carries")
struct CallStampTests {
    @Test("the time is what Foundation writes", arguments: 0..<20 as Range<UInt64>)
    func timestamps(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<50 {
            // 1900 to 2200.
            let seconds = Int64.random(in: -2_208_988_800...7_258_118_400, using: &random)
            let milliseconds = seconds * 1000 + Int64.random(in: 0..<1000, using: &random)
            let stamp = CallStamp(randomBits: (0, 0), unixMilliseconds: milliseconds)
            let date = try format.parse(stamp.timestamp)
            #expect(Int64((date.timeIntervalSince1970 * 1000).rounded()) == milliseconds)
            #expect(stamp.timestamp.utf8.count == 24)
        }
    }

    @Test(
        "days at the edges of years and centuries",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (1_795_255_200_587, "2026-11-21T10:00:00.587Z"),
        ] as [(Int64, String)])
    func edges(moment: Int64, text: String) {
        #expect(CallStamp(randomBits: (0, 0), unixMilliseconds: moment).timestamp == text)
    }

    @Test("request ids are UUIDs of version 4, and no two are the same")
    func requestIDs() throws {
        var seen: Set<String> = []
        for _ in 0..<1000 {
            let id = CallStamp(clock: MachineClock()).requestID
            #expect(UUID(uuidString: id) != nil)
            #expect(id == id.lowercased())
            let letters = Array(id)
            #expect(letters[14] == "4")
            #expect("89ab".contains(letters[19]))
            seen.insert(id)
        }
        #expect(seen.count == 1000)
        let ones = CallStamp(randomBits: (.max, .max), unixMilliseconds: 0).requestID
        #expect(ones == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        let zeros = CallStamp(randomBits: (0, 0), unixMilliseconds: 0).requestID
        #expect(zeros == "00000000-0000-4000-8000-000000000000")
    }
}
