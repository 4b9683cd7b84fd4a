internal import CTagMatch
@testable internal import Index
internal import TestSupport
internal import Testing

@Suite("Bucket")
struct BucketTests {
    @Test(
        "tells the places of a tag, whatever else it holds",
        arguments: 1...20 as ClosedRange<UInt64>)
    func matches(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bucket = Bucket()
        var tags: [UInt8] = []
        for place in 0..<Int.random(in: 0...PostingTable.placesPerBucket, using: &random) {
            // Few different ones, so that several places have the same.
            tags.append(0x80 | UInt8.random(in: 0...3, using: &random))
            bucket.fill(
                place, tag: tags[place], entry: UInt32.random(in: 0 ... .max, using: &random))
            if Bool.random(using: &random) { bucket.set(place, list: 0) }
        }
        bucket.overflows = Bool.random(using: &random)
        for tag in 0x80...0x83 as ClosedRange<UInt8> {
            let expected = tags.indices.filter { tags[$0] == tag }.reduce(0 as UInt32) {
                $0 | 1 << UInt32($1)
            }
            #expect(bucket.matches(tag) == expected)
        }
    }

    @Test(
        "compares sixteen bytes as one byte after the other does, by either way of this processor")
    func bits() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<20_000 {
            // Neighbours of the tag are where a carry would show.
            let tag = UInt8.random(in: 0 ... .max, using: &random)
            let bytes = (0..<16).map { _ in
                [tag, tag ^ 1, tag &+ 1, tag ^ 0x80, UInt8.random(in: 0 ... .max, using: &random)]
                    .randomElement(using: &random) ?? tag
            }
            let low = bytes[..<8].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            let high = bytes[8...].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            let expected = bytes.indices.filter { bytes[$0] == tag }.reduce(0 as UInt32) {
                $0 | 1 << UInt32($1)
            }
            #expect(ctagmatch_bits(low, high, tag) == expected)
            #expect(ctagmatch_bits_plain(low, high, tag) == expected)
        }
    }
}
