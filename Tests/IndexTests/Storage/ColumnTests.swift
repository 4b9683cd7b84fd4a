@testable internal import Index
internal import TestSupport
internal import Testing

@Suite("Column")
struct ColumnTests {
    @Test("holds what a plain array holds", arguments: 0..<8 as Range<UInt64>)
    func agreesWithArray(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var column = Column<UInt32>()
        var twin: [UInt32] = []
        for _ in 0..<300 {
            switch UInt8.random(in: 0..<8, using: &random) {
            case 0:
                let count = Int.random(in: 0...twin.count, using: &random)
                column.truncate(to: count)
                twin.removeLast(twin.count - count)
            case 1:
                column.trim()
            case 2:
                let values = (0..<Int.random(in: 0...90, using: &random)).map { UInt32($0) }
                column.append(values.span)
                twin += values
            default:
                let value = UInt32(truncatingIfNeeded: random.next())
                column.append(value)
                twin.append(value)
            }
            if let index = twin.indices.randomElement(using: &random) {
                column[index] = 7
                twin[index] = 7
            }
        }
        let values = Self.values(column)
        #expect(values == twin)
        column.trim()
        let bytes = column.bytes
        #expect(twin.isEmpty || bytes == twin.count * 4)
    }

    @Test("keeps its values while it grows over pages of every size, shrinks and grows again")
    func large() {
        var column = Column<UInt64>()
        var other = Column<UInt64>()  // lies in the way of the first one's growth
        for count in [100_000, 300_000, 1_100_000, 2_000_000] {
            while column.count < count { column.append(UInt64(column.count) &* 0x9E37_79B9) }
            while other.count < count { other.append(~UInt64(other.count)) }
            column.trim()
            let bytes = column.bytes
            #expect(bytes == count * 8)
        }
        let wrong = (0..<column.count).count { column[$0] != UInt64($0) &* 0x9E37_79B9 }
        let wrongInOther = (0..<other.count).count { other[$0] != ~UInt64($0) }
        #expect(wrong == 0 && wrongInOther == 0)
    }

    @Test(
        "of bytes holds texts of every length one behind the other", arguments: [1, 2] as [UInt64])
    func texts(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var column = Column<UInt8>()
        var twin: [UInt8] = []
        for count in Array(0...70) + [255, 4000] {
            let text = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let zeros = count % 8
            column.append(text: text.span)
            column.append(zeros: zeros)
            if count % 5 == 0 { column.trim() }
            twin += text + [UInt8](repeating: 0, count: zeros)
            let end = column.count
            #expect(end == twin.count)
        }
        let wrong = twin.indices.count { column[$0] != twin[$0] }
        #expect(wrong == 0)
    }

    @Test("of zeros is one of that many zeros", arguments: [0, 1, 8192, 600_000])
    func zeros(count: Int) {
        let column = Column<UInt64>(zeros: count)
        let made = column.count
        let wrong = (0..<count).count { column[$0] != 0 }
        #expect(made == count && wrong == 0)
    }

    private static func values(_ column: borrowing Column<UInt32>) -> [UInt32] {
        let span = column.span
        return span.indices.map { span[$0] }
    }

    @Test("is filled with a value, at a border of pages, and lends nothing when empty")
    func repeating() {
        let large = Column<UInt64>(repeating: 42, count: 600_000)
        let first = large[0]
        let last = large[599_999]
        #expect(first == 42 && last == 42)
        let address = unsafe UInt(bitPattern: large.address(of: 0))
        #expect(address % (2 << 20) == 0)
        let empty = Column<UInt64>(repeating: 1, count: 0)
        let count = empty.span.count
        #expect(count == 0)
    }
}

@Suite("Hash of keys")
struct KeyHashTests {
    @Test("tells values, facilities, types, lengths and seeds apart")
    func distinct() {
        var hashes: Set<UInt64> = []
        var made = 0
        for seed in [1, 2] as [UInt64] {
            let hash = KeyHash(seed: seed)
            for facility in [0, 1, 256, UInt16.max] as [UInt16] {
                for number in [0, 1, 919_848_022_338, UInt64.max] as [UInt64] {
                    hashes.insert(hash.of(number, facility: facility))
                    made += 1
                }
                for salt in [0, 1] as [UInt8] {
                    for length in 0..<40 {
                        let text = [UInt8](repeating: 0, count: length)
                        hashes.insert(hash.of(text.span, facility: facility, salt: salt))
                        made += 1
                    }
                }
            }
        }
        #expect(hashes.count == made)
    }

    @Test("cannot be emptied of its seed by a chosen word")
    func chosenWord() {
        // The eight bytes of the hash's own constant, behind eight bytes that should still count.
        let word: [UInt8] = [0x2F, 0x64, 0xBD, 0x78, 0x64, 0x1D, 0x76, 0xA0]
        var hashes: Set<UInt64> = []
        for seed in 0..<4 as Range<UInt64> {
            for byte in 0..<16 as Range<UInt8> {
                let text = [UInt8](repeating: byte, count: 8) + word
                hashes.insert(
                    KeyHash(seed: seed &* 0x1234_5678_9ABC_DEF1).of(text.span, facility: 0))
            }
        }
        #expect(hashes.count == 64)
    }

    @Test("spreads neighbouring numbers over buckets and tags", arguments: 0..<4 as Range<UInt64>)
    func spread(seed: UInt64) {
        let hash = KeyHash(seed: seed)
        var high = [Int](repeating: 0, count: 256)
        var low = [Int](repeating: 0, count: 128)
        for number in 0..<32_768 as Range<UInt64> {
            let value = hash.of(919_000_000_000 + number, facility: 3)
            high[Int(value >> 56)] += 1
            low[Int(value & 127)] += 1
        }
        // 128 and 256 expected; ten standard deviations either way.
        #expect(high.allSatisfy { (15...241).contains($0) })
        #expect(low.allSatisfy { (96...416).contains($0) })
    }
}
