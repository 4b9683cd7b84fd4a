import TestSupport
import Testing

@testable import Index

@Suite("The header of a snapshot file")
struct SnapshotHeaderTests {
    private func header(_ random: inout SplitMix64) -> SnapshotHeader {
        var header = SnapshotHeader()
        let bits = Int.random(in: 0...20, using: &random)
        let blockBytes = [nil, 4096, 8192, 64 << 10, 2 << 20, 1 << 30].randomElement(using: &random)
        header.layOut(
            SnapshotSection.allCases.shuffled(using: &random).map { section in
                (section, Int.random(in: 0...(1 << bits), using: &random))
            }, blockBytes: blockBytes ?? nil)
        header.hashState = random.next()
        header.nameRules = random.next()
        header.writtenAtSeconds = Int64(bitPattern: random.next())
        header.patients = Int.random(in: 0..<1 << 48, using: &random)
        header.careContexts = Int.random(in: 0..<1 << 48, using: &random)
        for index in header.checksums.indices { header.checksums[index] = random.next() }
        return header
    }

    @Test("is read as it was written", arguments: 0..<60 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let header = header(&random)
        let bytes = header.encoded()
        #expect(bytes.count == header.bytes)
        #expect(try SnapshotHeader(decoding: bytes.span) == header)
        #expect(try SnapshotHeader.bytes(ofFileBeginning: bytes.span) == bytes.count)
        for place in header.sections {
            #expect(place.offset % 4096 == 0 && place.offset >= bytes.count)
            #expect(place.offset + place.bytes <= header.fileBytes)
        }
        let ends = header.sections.map { $0.offset + $0.bytes }
        #expect(zip(ends, header.sections.dropFirst()).allSatisfy { $0 <= $1.offset })
    }

    @Test("with any bit changed, any byte missing or one too many is refused")
    func changed() {
        var random = SplitMix64(seed: 1)
        var header = SnapshotHeader()
        header.layOut(SnapshotSection.allCases.map { ($0, 10) }, blockBytes: 4096)
        for index in header.checksums.indices { header.checksums[index] = random.next() }
        var bytes = header.encoded()
        for index in bytes.indices {
            for bit in 0..<8 as Range<UInt8> {
                bytes[index] ^= 1 << bit
                #expect(throws: SnapshotFileError.self) { try SnapshotHeader(decoding: bytes.span) }
                bytes[index] ^= 1 << bit
            }
            let part = Array(bytes.prefix(index))
            #expect(throws: SnapshotFileError.self) { try SnapshotHeader(decoding: part.span) }
        }
        bytes.append(0)
        #expect(throws: SnapshotFileError.self) { try SnapshotHeader(decoding: bytes.span) }
    }

    @Test("that says what cannot be is refused, whatever its checksum")
    func impossible() {
        let changes: [(inout SnapshotHeader) -> Void] = [
            { $0.blockBytes = 0 }, { $0.blockBytes = 2048 }, { $0.blockBytes = 4097 },
            { $0.blockBytes = 1 << 31 }, { $0.blockBytes *= 2 },
            { $0.sections[3].offset += 1 }, { $0.sections[3].offset = 0 },
            { $0.sections[3].offset = $0.fileBytes + 4096 },
            { $0.sections[3].count = 1 << 47 }, { $0.sections[3].count = 1 << 48 },
            { $0.sections[3] = $0.sections[4] }, { $0.sections.append($0.sections[0]) },
            { $0.checksums.removeLast() }, { $0.checksums.append(0) },
            { $0.fileBytes = 0 }, { $0.fileBytes = 1 << 48 }, { $0.patients = 1 << 48 },
        ]
        for (number, change) in changes.enumerated() {
            var header = SnapshotHeader()
            header.layOut(SnapshotSection.allCases.map { ($0, 1000) }, blockBytes: 4096)
            change(&header)
            let bytes = header.encoded()
            #expect(throws: SnapshotFileError.damaged(part: "header"), "change \(number)") {
                try SnapshotHeader(decoding: bytes.span)
            }
        }
    }

    @Test("chooses blocks of huge pages for large files, and never too many of them")
    func blocks() {
        #expect(SnapshotHeader.blockBytes(for: 0) == 64 << 10)
        #expect(SnapshotHeader.blockBytes(for: 64 << 20) == 64 << 10)
        #expect(SnapshotHeader.blockBytes(for: (64 << 20) + 1) == 2 << 20)
        #expect(SnapshotHeader.blockBytes(for: 12 << 30) == 2 << 20)
        for bits in 25...47 {
            for bytes in [(1 << bits) - 1, 1 << bits, (1 << bits) + 1, 3 << (bits - 1)] {
                let size = SnapshotHeader.blockBytes(for: bytes)
                #expect(size & (size - 1) == 0 && size <= SnapshotHeader.blockBytesMax)
                if bytes <= 1 << 44 {
                    // Two of them at once, with the rest of the process, are within the system's limit.
                    #expect(bytes / size + SnapshotSection.allCases.count < 20_000, "\(bytes)")
                }
            }
        }
    }
}
