import Index
import Matcher
import TestSupport
import Testing

@testable import Ingest

@Suite("Rows on their way into the image")
struct PatientLaneTests {
    /// Many more rows than go round at a time, and a last batch that is not full.
    private static let rows = PatientBatch.rowsMax * 9 + 77

    @Test("are in the image in the order of the file, and refused ones in the report too")
    func order() throws {
        let folder = try ScratchFolder()
        var csv = "id,gender\n"
        var kept: [String] = []
        var refused: [String] = []
        var random = SplitMix64(seed: 7)
        for row in 0..<Self.rows {
            switch Int.random(in: 0..<50, using: &random) {
            case 0 where !kept.isEmpty:
                // Repeated here, a batch before or long ago.
                csv += "\(kept[Int.random(in: 0..<kept.count, using: &random)]),f\n"
                refused.append("patients,\(row + 2),id,is the id of a row before")
            case 1:
                csv += "P\(row),f,\n"
                refused.append("patients,\(row + 2),,\"has 3 fields, the header 2\"")
            case 2:
                csv += "P\(row),\u{1}\n"
                refused.append(
                    "patients,\(row + 2),gender,"
                        + "\"is not one of M, F, O, U, T, D or their words\"")
            default:
                csv += "P\(row),f\n"
                kept.append("P\(row)")
            }
        }
        let file = try folder.write("p.csv", csv)
        let result = try load(
            .files(patients: file, careContexts: nil),
            options: LoadOptions(rejectsMax: .max, rejectsPath: folder.path + "/rejects.csv"))
        #expect(try folder.lines("rejects.csv").dropFirst() == refused[...])
        #expect(result.counts.patients == kept.count)
        #expect(result.counts.rejected == refused.count)
        var ids: [String] = []
        for row in 0..<result.image.count {
            ids.append(result.image.id(of: result.image.place(ofRow: row)))
        }
        #expect(ids == kept)
    }

    @Test("get there without a thread of their own as well", arguments: [true, false])
    func withoutThread(usesThread: Bool) throws {
        let options = LoadOptions()
        var lane = PatientLane(
            LoadBooks(
                builder: ImageBuilder(defaultFacility: "HIP1"),
                ledger: try RowLedger(options, inputs: [])),
            options, usesThread: usesThread)
        var patient = PatientIntake(options)
        for row in 0..<Self.rows {
            patient.begin()
            // Every hundredth row has the id of the one before.
            let id = "P\(row % 100 == 99 ? row - 1 : row)"
            patient.take(.id, at: 0, id.utf8.span)
            try lane.put(&patient, at: row) { nil }
        }
        var failure: LoadFailure?
        let books = lane.finish(&failure)
        #expect(failure == nil)
        let counts = books.ledger.counts
        #expect(counts.rejected == Self.rows / 100)
        #expect(counts.patients == Self.rows - Self.rows / 100)
        let image = books.build()
        for row in 0..<image.count {
            let expected = row + row / 99
            guard image.id(of: image.place(ofRow: row)) != "P\(expected)" else { continue }
            Issue.record("row \(row) is not that of P\(expected)")
            return
        }
    }

    @Test("have all been counted where the file breaks off", arguments: [1, 511, 512, 513, 4000])
    func breaksOff(rows: Int) throws {
        let folder = try ScratchFolder()
        let file = try folder.write(
            "p.csv", "id\n" + (0..<rows).map { "P\($0)\n" }.joined() + "\"P")
        let error = try #require(failure(of: .files(patients: file, careContexts: nil)))
        #expect(error.failure == .endsInsideQuotes(file: file, line: rows + 2))
        #expect(error.counts.patients == rows)
    }

    @Test("stop the load where the report cannot be written, whichever row was refused")
    func unwritableReport() throws {
        let folder = try ScratchFolder()
        // The report is written in blocks: the first one is full long before the file ends.
        let file = try folder.write(
            "p.csv", "id,name\n" + String(repeating: ",Asha\n", count: 20_000))
        let error = try #require(
            failure(
                of: .files(patients: file, careContexts: nil),
                LoadOptions(rejectsMax: .max, rejectsPath: "/dev/full")))
        #expect(error.failure == .rejectsUnwritable(code: 28))
        #expect((1..<20_000).contains(error.counts.rejected))
    }
}

@Suite("Handing objects to another thread")
struct HandoverQueueTests {
    private final class Box: Sendable {
        let number: Int
        init(_ number: Int) { self.number = number }
    }

    @Test("they arrive in order, each once, and the end is told")
    func order() throws {
        let there = HandoverQueue<Box>()
        let back = HandoverQueue<Box>()
        let thread = try #require(
            WorkThread {
                var numbers: [Int] = []
                while let box = there.take() {
                    numbers.append(box.number)
                    back.put(box)
                }
                back.close()
                return numbers
            })
        for number in 0..<10_000 {
            there.put(Box(number))
            // Now far ahead of the other thread, now waiting for it.
            if number % 100 == 99 { for _ in 0..<100 { #expect(back.take() != nil) } }
        }
        there.close()
        #expect(back.take() == nil)
        #expect(thread.join() == Array(0..<10_000))
        #expect(there.take() == nil)
    }
}
