import Synchronization
import TestSupport
import Testing

@testable import Index

@Suite("A snapshot file that many threads touch")
struct SnapshotThreadTests {
    @Test(
        "answers each of them rightly, with and without one that reads all of it",
        arguments: 0..<3 as Range<UInt64>)
    func together(seed: UInt64) throws {
        let folder = try ProgramFolder()
        let sample = try SnapshotSample(seed: seed, rows: 24, keys: 20, facilities: 4)
        let path = try sample.snapshot.written(into: folder)
        for _ in 0..<2 {
            let opened = try Snapshot.opened(path)
            let threads = (0..<4).map { _ in WorkThread { sample.answersAre(thoseOf: opened) } }
            let readers = (0..<Int(seed % 3)).map { _ in
                WorkThread { () -> SnapshotFileError? in
                    do throws(SnapshotFileError) {
                        try opened.bringAll()
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            for thread in threads { #expect(thread?.join() == true) }
            for reader in readers { #expect(try #require(reader).join() == .some(nil)) }
        }
    }
}
