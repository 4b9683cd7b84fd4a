import JSON
import TestSupport
import Testing

@Suite("Benchmarks, on a tiny hospital")
struct BenchSmokeTests {
    private static func lines(_ bench: String, seed: Int) throws -> [JSONTree] {
        let run = try MilaanProgram.run(
            ["bench", bench, "--rows", "500", "--seconds", "0", "--seed", "\(seed)"])
        #expect(run.end == .exit(0), "\(run.errors)")
        return try run.lines.map { try JSONTree(parsing: Array($0.utf8)) }
    }

    private func checksums(_ lines: [JSONTree]) -> [String?] {
        lines.map { $0["checksum"]?.text }
    }

    @Test(
        "a line is an object with the documented members, and two runs have one checksum",
        arguments: [
            ("discover", 3, true), ("batch", 4, true), ("kernel", 6, true), ("names", 5, true),
            ("memory", 3, false), ("load", 1, true), ("build", 1, true), ("search", 2, true),
            ("candidates", 9, true),
        ])
    func lines(bench: String, count: Int, isTimed: Bool) throws {
        let lines = try Self.lines(bench, seed: 1)
        #expect(lines.count == count)
        for line in lines {
            #expect(line["name"]?.text?.split(separator: "/").count == 3)
            #expect((line["n"]?.number ?? 0) > 0)
            #expect(line["rows"] == .integer(500))
            #expect(line["checksum"]?.text?.isEmpty == false)
            let timed = ["median_ns", "min_ns", "per_second"]
            #expect(timed.allSatisfy { (line[$0] != nil) == isTimed })
            #expect((line["bytes_per_row"] != nil) == (bench == "memory"))
            let areTimedSingly = ["discover", "search", "candidates"].contains(bench)
            #expect((line["p99_ns"] != nil) == areTimedSingly)
            if isTimed { #expect((line["repetitions"]?.number ?? 0) >= 5) }
        }
        #expect(checksums(lines) == checksums(try Self.lines(bench, seed: 1)))
    }

    @Test("requests that were decoded are decided in groups as alone")
    func decodedGroups() throws {
        let decoded = try Self.lines("batch", seed: 3).filter {
            $0["name"]?.text?.hasPrefix("abdm/batch/decoded-") == true
        }
        let single = try Self.lines("discover", seed: 3).filter {
            $0["name"] == .string("abdm/discover/decide")
        }
        #expect(decoded.count == 2)
        #expect(checksums(decoded) == checksums(single + single))
    }

    @Test(
        "a line on the making of an image says what it took of the clock, the cores and the memory")
    func buildFigures() throws {
        let line = try #require(try Self.lines("build", seed: 1).first)
        let cores = try #require(line["cores"]?.number)
        #expect(cores >= 1)
        #expect(line["name"] == .string("index/build/\(Int(cores))-core\(cores == 1 ? "" : "s")"))
        #expect((line["per_second_of_cpu"]?.number ?? 0) > 0)
        // Each row has at least 28 bytes of columns.
        #expect((line["final_bytes"]?.number ?? 0) > 500 * 28)
        for member in ["append_microseconds", "finish_microseconds", "peak_bytes"] {
            #expect((line[member]?.number ?? -1) >= 0, "\(member)")
        }
    }

    @Test("another seed is another hospital", arguments: ["kernel", "names", "memory", "build"])
    func seeds(bench: String) throws {
        let one = checksums(try Self.lines(bench, seed: 1))
        #expect(one != checksums(try Self.lines(bench, seed: 2)))
    }
}
