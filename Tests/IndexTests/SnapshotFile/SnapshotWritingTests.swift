import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Index

@Suite("Writing a snapshot file")
struct SnapshotWritingTests {
    private let folder: ProgramFolder

    init() throws { folder = try ProgramFolder() }

    private func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    private func mode(of path: String) -> mode_t {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test("makes a file that only its owner can read, whatever stood there")
    func mode() throws {
        let snapshot = try SnapshotSample(seed: 1, rows: 13).snapshot
        let path = try snapshot.written(into: folder)
        #expect(mode(of: path) == 0o600)
        #expect(unsafe chmod(path, 0o644) == 0)
        _ = try snapshot.written(into: folder)
        #expect(mode(of: path) == 0o600)
        #expect(!exists(path + ".writing"))
    }

    @Test("into a folder that is not there makes nothing")
    func noFolder() throws {
        let snapshot = try SnapshotSample(seed: 1, rows: 13).snapshot
        #expect(throws: SnapshotFileError.system(call: "open", code: ENOENT)) {
            try snapshot.write(to: folder.file("none/s.snap"), defaultFacility: "HIP1")
        }
    }

    @Test("over a folder leaves the folder, and nothing beside it")
    func overFolder() throws {
        let snapshot = try SnapshotSample(seed: 1, rows: 13).snapshot
        let path = folder.file("s.snap")
        try #require(unsafe mkdir(path, 0o700) == 0)
        #expect(throws: SnapshotFileError.standsInTheWay) {
            try snapshot.write(to: path, defaultFacility: "HIP1")
        }
        #expect(exists(path))
        #expect(!exists(path + ".writing"))
        #expect(descriptors(of: folder.path) == 0)
    }

    @Test("leaves alone what is no snapshot", arguments: ["id,name\n", "MILAAN\n"])
    func overAnotherFile(text: String) throws {
        let snapshot = try SnapshotSample(seed: 1, rows: 13).snapshot
        let path = try folder.write("patients.csv", text)
        #expect(throws: SnapshotFileError.standsInTheWay) {
            try snapshot.write(to: path, defaultFacility: "HIP1")
        }
        #expect(try folder.text("patients.csv") == text)
        #expect(!exists(path + ".writing"))
    }

    @Test("leaves alone what is no file, also behind a link")
    func overNoFile() throws {
        let snapshot = try SnapshotSample(seed: 1, rows: 13).snapshot
        let pipe = folder.file("pipe")
        let link = folder.file("link")
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        try #require(unsafe symlink(pipe, link) == 0)
        for path in [pipe, link] {
            #expect(throws: SnapshotFileError.standsInTheWay) {
                try snapshot.write(to: path, defaultFacility: "HIP1")
            }
            var status = stat()
            #expect(unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
            #expect(!exists(path + ".writing"))
        }
    }

    @Test("takes the place of an empty file")
    func overAnEmptyFile() throws {
        let path = try folder.write("s.snap", "")
        _ = try SnapshotSample(seed: 1, rows: 13).snapshot.written(into: folder)
        #expect(refusal(of: path) == nil)
    }

    @Test("writes over what a writer left that was killed, and leaves nothing of it")
    func leftover() throws {
        let sample = try SnapshotSample(seed: 1, rows: 13)
        let path = folder.file("s.snap")
        try folder.write("s.snap.writing", [UInt8](repeating: 0xFF, count: 300_000))
        #expect(unsafe chmod(path + ".writing", 0o644) == 0)
        _ = try sample.snapshot.written(into: folder)
        #expect(mode(of: path) == 0o600)
        #expect(refusal(of: path) == nil)
        #expect(!exists(path + ".writing"))
        let again = try sample.snapshot.written(into: folder, "again.snap")
        #expect(try folder.bytes(path) == folder.bytes(again))
    }

    @Test("follows no link, and writes into no file that has another name too")
    func links() throws {
        let sample = try SnapshotSample(seed: 1, rows: 13)
        let path = folder.file("s.snap")
        let other = try folder.write("other", "keep")
        #expect(unsafe link(other, path + ".writing") == 0)
        _ = try sample.snapshot.written(into: folder)
        #expect(refusal(of: path) == nil)
        #expect(try folder.text("other") == "keep")
        #expect(unsafe symlink(other, path + ".writing") == 0)
        #expect(throws: SnapshotFileError.system(call: "open", code: ELOOP)) {
            try sample.snapshot.write(to: path, defaultFacility: "HIP1")
        }
        #expect(try folder.text("other") == "keep")
        #expect(refusal(of: path) == nil)
    }

    @Test("by several at one time leaves one of theirs, whole, and readers never see another")
    func together() throws {
        let samples = try [13, 60].map { try SnapshotSample(seed: 2, rows: $0) }
        let path = try samples[0].snapshot.written(into: folder)
        let counts = WritersCounts()
        let reader = WorkThread {
            repeat {
                if refusal(of: path) != nil { counts.wrong.add(1, ordering: .relaxed) }
                counts.looked.add(1, ordering: .relaxed)
            } while !counts.isOver.load(ordering: .acquiring)
        }
        let writers = samples.map(\.snapshot).map { snapshot in
            WorkThread {
                for _ in 0..<10 {
                    do throws(SnapshotFileError) {
                        try snapshot.write(to: path, defaultFacility: "HIP1")
                    } catch {
                        counts.wrong.add(1, ordering: .relaxed)
                    }
                }
            }
        }
        for writer in writers { writer?.join() }
        counts.isOver.store(true, ordering: .releasing)
        reader?.join()
        #expect(counts.wrong.load(ordering: .relaxed) == 0)
        #expect(counts.looked.load(ordering: .relaxed) > 0)
        let opened = try Snapshot.opened(path)
        let last = samples.first { $0.twin.patients.count == opened.rows }
        #expect(try #require(last).answersAre(thoseOf: opened))
        #expect(!exists(path + ".writing"))
        #expect(descriptors(of: path + ".writing") == 0)
    }
}

private final class WritersCounts: Sendable {
    let isOver = Atomic(false)
    let wrong = Atomic(0)
    let looked = Atomic(0)
}
