import Matcher
import TestSupport
import Testing

@testable import Index

@Suite("A snapshot that was written and opened")
struct SnapshotRoundTripTests {
    private let folder: ProgramFolder

    init() throws { folder = try ProgramFolder() }

    @Test(
        "answers as the one that was written, whatever the size of its blocks",
        arguments: [0, 1, 60, 130] as [Int], [4096, 64 << 10, 2 << 20, nil] as [Int?])
    func sameAnswers(rows: Int, blockBytes: Int?) throws {
        let sample = try SnapshotSample(
            seed: UInt64(rows), rows: rows, keys: rows > 100 ? 200 : 20, facilities: 1 + rows % 5)
        let path = try sample.snapshot.written(into: folder, blockBytes: blockBytes)
        let opened = try Snapshot.opened(path)
        #expect(sample.answersAre(thoseOf: opened), "nothing was read before")
        try opened.bringAll()
        #expect(sample.answersAre(thoseOf: opened), "all was read before")
        #expect(opened.rows == rows)
        #expect(try SnapshotFile(path: path).damagedSections() == [])
    }

    @Test("holds the names that many of a facility bear")
    func establishedTokens() throws {
        let sample = try SnapshotSample(seed: 3, rows: 300, facilities: 1)
        let expected = sample.snapshot.image.establishedTokens
        #expect(expected.count > 0)
        let opened = try Snapshot.opened(sample.snapshot.written(into: folder))
        #expect(opened.image.establishedTokens == expected)
    }

    @Test("can be written again, and is then the same file")
    func again() throws {
        let sample = try SnapshotSample(seed: 4, rows: 60)
        let path = try sample.snapshot.written(into: folder)
        let second = try Snapshot.opened(path).written(into: folder, "second.snap")
        #expect(try folder.bytes(second) == folder.bytes(path))
        // Over itself too: it is brought before.
        let third = try Snapshot.opened(path).written(into: folder)
        #expect(try folder.bytes(third) == folder.bytes(second))
    }

    @Test("says of itself what it holds")
    func info() throws {
        let sample = try SnapshotSample(seed: 5, rows: 60, facilities: 4)
        let path = try sample.snapshot.written(into: folder)
        let info = try SnapshotFile(path: path).info()
        #expect(info.version == 3)
        #expect(info.patients == 60)
        #expect(info.careContexts == 80)
        #expect(info.facilities == sample.snapshot.image.facilityCount)
        #expect(info.defaultFacility == "HIP1")
        #expect(info.position == "row 60")
        #expect(info.publishedAtSeconds == 1_700_000_000)
        #expect(info.bytes == (try folder.bytes(path)).count)
        #expect(info.blockBytes == 4096)
        let offsets = info.sections.map(\.offset)
        #expect(zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(Set(info.sections.map(\.section)) == Set(SnapshotSection.allCases))
        let empty = try SnapshotSample(seed: 5, rows: 0).snapshot.written(into: folder)
        let none = try SnapshotFile(path: empty).info()
        #expect(none.patients == 0 && none.careContexts == 0 && none.facilities == 0)
    }

    @Test("can be had more often than there is room for at once, if others end before")
    func manyTimes() throws {
        let path = try SnapshotSample(seed: 6, rows: 13).snapshot.written(into: folder)
        for _ in 0..<100 { try Snapshot.opened(path).bringAll() }
        #expect(descriptors(of: path) == 0)
    }

    @Test("keeps its file open only until all of it has been read")
    func descriptor() throws {
        let sample = try SnapshotSample(seed: 7, rows: 60)
        let path = try sample.snapshot.written(into: folder)
        let opened = try Snapshot.opened(path)
        #expect(descriptors(of: path) == 1)
        try opened.bringAll()
        #expect(descriptors(of: path) == 0)
        try opened.bringAll()
        #expect(sample.answersAre(thoseOf: opened))
    }
}
