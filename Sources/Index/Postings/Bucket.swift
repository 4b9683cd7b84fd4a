internal import CTagMatch

/// One cache line of a posting table: twelve tags, their flags, twelve entries.
struct Bucket: BitwiseCopyable {
    private var tagsLow: UInt64 = 0
    /// Four tags; in byte 4 whether keys went on to the next bucket; from byte 5 on for each place whether it leads
    /// to a list.
    private var tagsHigh: UInt64 = 0
    private var entries: InlineArray<12, UInt32> = InlineArray(repeating: 0)

    private static let listBits = 40

    /// Seven bits of the hash that do not choose the bucket, and the mark of a taken place.
    @inline(__always)
    static func tag(of hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash) | 0x80 }

    var overflows: Bool {
        @inline(__always) get { tagsHigh & (1 << 32) != 0 }
        @inline(__always) set { tagsHigh = newValue ? tagsHigh | 1 << 32 : tagsHigh & ~(1 << 32) }
    }

    /// A bit for each place that holds the tag, lowest place first.
    @inline(__always)
    func matches(_ tag: UInt8) -> UInt32 {
        // Four more bytes are no tags.
        ctagmatch_bits(tagsLow, tagsHigh, tag) & 0xFFF
    }

    @inline(__always)
    func tag(_ place: Int) -> UInt8 {
        place < 8
            ? UInt8(truncatingIfNeeded: tagsLow >> UInt64(place * 8))
            : UInt8(truncatingIfNeeded: tagsHigh >> UInt64((place - 8) * 8))
    }

    @inline(__always)
    func entry(_ place: Int) -> UInt32 { entries[place] }

    /// 1 where the entry of a place is that of a list, else 0.
    @inline(__always)
    func listBit(_ place: Int) -> UInt64 { tagsHigh >> UInt64(Self.listBits + place) & 1 }

    @inline(__always)
    mutating func set(_ place: Int, entry: UInt32) { entries[place] = entry }

    /// A bit for each place whose entry is that of a list.
    var listPlaces: UInt32 { UInt32(truncatingIfNeeded: tagsHigh >> UInt64(Self.listBits)) }

    @inline(__always)
    mutating func set(_ place: Int, list: UInt32) {
        entries[place] = list
        tagsHigh |= 1 << UInt64(Self.listBits + place)
    }

    /// The first place that is empty; nil where all are taken.
    @inline(__always)
    var emptyPlace: Int? {
        let marks: UInt64 = 0x8080_8080_8080_8080
        let low = ~tagsLow & marks
        if low != 0 { return low.trailingZeroBitCount >> 3 }
        let high = ~tagsHigh & marks & UInt64(UInt32.max)
        return high != 0 ? 8 + high.trailingZeroBitCount >> 3 : nil
    }

    /// Fills an empty place.
    @inline(__always)
    mutating func fill(_ place: Int, tag: UInt8, entry: UInt32) {
        entries[place] = entry
        let bits = UInt64(tag) << UInt64((place & 7) * 8)
        if place < 8 { tagsLow |= bits } else { tagsHigh |= bits }
    }
}
