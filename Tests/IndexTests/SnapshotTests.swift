internal import Dispatch
internal import Index
internal import Matcher
internal import Synchronization
internal import Testing

@Suite("Snapshots")
struct SnapshotTests {
    private static let key = PlainKey(kind: .mobile, value: "919848022338")

    private static func snapshot(rows: Int) throws -> Snapshot {
        let patients = (0..<rows).map {
            PlainPatient(id: "p\($0)", name: "asha", mobile: key.value)
        }
        let image = try image(of: patients, seed: UInt64(rows))
        return Snapshot(image: image, position: "\(rows)", publishedAtSeconds: Int64(rows))
    }

    @Test("are nothing until the first is published, and then the last one")
    func publish() throws {
        let current = CurrentSnapshot()
        #expect(current.read() == nil)
        let first = try Self.snapshot(rows: 1)
        current.publish(first)
        #expect(current.read() === first)
        current.publish(try Self.snapshot(rows: 2))
        #expect(current.read()?.rows == 2)
        #expect(first.rows == 1)
    }

    @Test("are read anew by a thread's own reader once there is another, and held until then")
    func reader() throws {
        let current = CurrentSnapshot()
        var reader = SnapshotReader(current)
        let before = reader.read()
        #expect(before == nil)
        current.publish(try Self.snapshot(rows: 1))
        let read = reader.read()
        let first = try #require(read)
        #expect(first.snapshot === current.read())
        let again = reader.read()
        #expect(again === first)
        for rows in 2...4 { current.publish(try Self.snapshot(rows: rows)) }
        let last = reader.read()
        #expect(last?.snapshot.rows == 4)
        #expect(first.snapshot.rows == 1)
    }

    @Test("have a number that no other has, not even one in the same place of memory")
    func numbers() throws {
        var numbers: Set<UInt64> = [0]
        for _ in 0..<20 { numbers.insert(try Self.snapshot(rows: 1).number) }
        #expect(numbers.count == 21)
    }

    @Test("are each seen whole by readers while others replace them")
    func concurrentReaders() throws {
        let current = CurrentSnapshot()
        current.publish(try Self.snapshot(rows: 1))
        let torn = Atomic<Int>(0)
        let failed = Atomic<Int>(0)
        let looked = Atomic<Int>(0)
        let isDone = Atomic<Bool>(false)
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            if worker == 0 {
                for rows in 2...60 {
                    guard let next = try? Self.snapshot(rows: rows) else {
                        failed.add(1, ordering: .relaxed)
                        break
                    }
                    current.publish(next)
                }
                isDone.store(true, ordering: .releasing)
                return
            }
            var last = 0
            var reader = SnapshotReader(current)
            repeat {
                // One of the readers takes the way of whoever asks seldom.
                let read = worker == 1 ? current.read() : reader.read()?.snapshot
                guard let snapshot = read else { continue }
                let rows = snapshot.image.find(Self.key, in: "HIP1")
                let name = snapshot.image.patient(snapshot.rows - 1).name
                let isWhole =
                    rows == Array(0..<snapshot.rows) && snapshot.position == "\(snapshot.rows)"
                    && name == "asha" && snapshot.rows >= last
                if !isWhole { torn.add(1, ordering: .relaxed) }
                last = snapshot.rows
                looked.add(1, ordering: .relaxed)
            } while !isDone.load(ordering: .acquiring)
        }
        #expect(torn.load(ordering: .relaxed) == 0)
        #expect(failed.load(ordering: .relaxed) == 0)
        #expect(looked.load(ordering: .relaxed) > 0)
        #expect(current.read()?.rows == 60)
    }

    @Test("lend one image to many readers at once")
    func sharedImage() throws {
        let snapshot = try Self.snapshot(rows: 300)
        let wrong = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<100 {
                let rows = snapshot.image.find(Self.key, in: "HIP1")
                if rows != Array(0..<300) { wrong.add(1, ordering: .relaxed) }
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }
}
