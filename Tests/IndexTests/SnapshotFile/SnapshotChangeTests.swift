import Glibc
import Matcher
import TestSupport
import Testing

@testable import Index

@Suite("A snapshot whose file is changed after it was opened")
struct SnapshotChangeTests {
    /// What becomes of a file.
    enum Change: CaseIterable {
        case overwritten, zeroed, cut, emptied, replaced, deleted

        /// Whether the bytes that were opened are gone.
        var isLoss: Bool { self != .replaced && self != .deleted }
    }

    private let folder: ProgramFolder

    init() throws { folder = try ProgramFolder() }

    private func change(_ path: String, _ change: Change) throws {
        let other = try SnapshotSample(seed: 99, rows: 60).snapshot
        switch change {
        case .overwritten:
            // As `cp` does it.
            let copy = try other.written(into: folder, "other.snap")
            try folder.write("s.snap", folder.bytes(copy))
        case .zeroed:
            try folder.write("s.snap", [UInt8](repeating: 0, count: folder.bytes(path).count))
        case .cut: #expect(unsafe truncate(path, 8192) == 0)
        case .emptied: #expect(unsafe truncate(path, 0) == 0)
        case .replaced: _ = try other.written(into: folder)
        case .deleted: #expect(unsafe unlink(path) == 0)
        }
    }

    @Test("before all of it was read answers as before, or says so", arguments: Change.allCases)
    func before(_ kind: Change) throws {
        let sample = try SnapshotSample(seed: 8, rows: 60)
        let path = try sample.snapshot.written(into: folder)
        let opened = try Snapshot.opened(path)
        try change(path, kind)
        if kind.isLoss {
            let error = #expect(throws: SnapshotFileError.self) { try opened.bringAll() }
            let isShort = kind == .cut || kind == .emptied
            #expect(
                error == (isShort ? .cutShort : .damaged(part: "a block that was read later")))
            // And again: nothing came half.
            #expect(throws: try #require(error)) { try opened.bringAll() }
        } else {
            #expect(sample.answersAre(thoseOf: opened))
            try opened.bringAll()
            #expect(sample.answersAre(thoseOf: opened))
        }
    }

    @Test("after all of it was read answers as before", arguments: Change.allCases)
    func after(_ kind: Change) throws {
        let sample = try SnapshotSample(seed: 8, rows: 60)
        let path = try sample.snapshot.written(into: folder)
        let opened = try Snapshot.opened(path)
        try opened.bringAll()
        try change(path, kind)
        #expect(sample.answersAre(thoseOf: opened))
    }

    @Test("and mended comes as it was")
    func mended() throws {
        let sample = try SnapshotSample(seed: 8, rows: 60)
        let path = try sample.snapshot.written(into: folder)
        let bytes = try folder.bytes(path)
        let opened = try Snapshot.opened(path)
        try change(path, .overwritten)
        #expect(throws: SnapshotFileError.self) { try opened.bringAll() }
        try folder.write("s.snap", bytes)
        try opened.bringAll()
        #expect(sample.answersAre(thoseOf: opened))
    }

    @Test("ends the process, with a line that says why, when what is gone is touched")
    func touched() async throws {
        for (kind, words) in [
            ("overwritten", "the file was damaged or changed"), ("cut", "the file was cut short"),
        ] {
            let result =
                kind == "cut"
                ? await #expect(
                    processExitsWith: .exitCode(1), observing: [\.standardErrorContent]
                ) { try SnapshotChangeTests().touch(.emptied) }
                : await #expect(
                    processExitsWith: .exitCode(1), observing: [\.standardErrorContent]
                ) { try SnapshotChangeTests().touch(.overwritten) }
            let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
            #expect(said.contains("s.snap, section "))
            #expect(said.contains(words), "\(said)")
        }
    }

    private func touch(_ kind: Change) throws {
        let sample = try SnapshotSample(seed: 8, rows: 60)
        let path = try sample.snapshot.written(into: folder)
        let opened = try Snapshot.opened(path)
        try change(path, kind)
        _ = sample.answersAre(thoseOf: opened)
        exit(0)
    }

    @Test("leaves faults of others to whoever has them")
    func otherFaults() async {
        await #expect(processExitsWith: .failure) {
            let tests = try SnapshotChangeTests()
            let path = try SnapshotSample(seed: 8, rows: 13).snapshot.written(into: tests.folder)
            let opened = try Snapshot.opened(path)
            let nowhere = unsafe UnsafePointer<UInt8>(bitPattern: 64 + opened.rows)
            // The byte is looked at, or an optimised build would not read it. Zero would pass for no fault.
            exit(unsafe nowhere?.pointee == 1 ? 1 : 0)
        }
        await #expect(processExitsWith: .failure) {
            let tests = try SnapshotChangeTests()
            let path = try SnapshotSample(seed: 8, rows: 13).snapshot.written(into: tests.folder)
            let opened = try Snapshot.opened(path)
            try opened.bringAll()
            kill(getpid(), SIGSEGV)
            sleep(5)
            exit(0)
        }
        // A lent column is read only: a write would be a mistake of ours, and must come to an end.
        await #expect(processExitsWith: .failure) {
            let tests = try SnapshotChangeTests()
            let path = try SnapshotSample(seed: 8, rows: 13).snapshot.written(into: tests.folder)
            let opened = try Snapshot.opened(path)
            try opened.bringAll()
            let row = unsafe UnsafeMutablePointer(mutating: opened.image.places.pointer(to: 0))
            unsafe row.pointee = RowPlace(rawValue: 0)
            exit(0)
        }
    }
}
