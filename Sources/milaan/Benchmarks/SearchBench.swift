internal import ABDM
internal import Index
internal import JSON
internal import Synthetic

/// The desk's question, from the body's bytes to the reply's: by name, gender and birth year, and by name
/// alone.
enum SearchBench {
    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        let hospital = SyntheticHospital(patients: scale.rows, seed: scale.seed)
        let snapshot = try SyntheticImage.snapshot(of: hospital)
        let discoveries = RequestBodies(hospital, count: min(200, scale.rows))
        for isNarrow in [true, false] {
            let bodies = try SearchBodies(discoveries, isNarrow: isNarrow)
            try answer(
                isNarrow ? "gender-and-year" : "whole-facility", bodies, snapshot, scale)
        }
    }

    private static func answer(
        _ name: String, _ bodies: SearchBodies, _ snapshot: Snapshot, _ scale: BenchScale
    ) throws(CommandError) {
        var searcher = Searcher(defaultFacility: "HIP1")
        var writer = JSONWriter()
        var times = [UInt64](repeating: 0, count: bodies.list.count)
        var rows = 0
        var names = 0
        var report = BenchReport(
            name: "abdm/search/\(name)-by-\(NameSearch.path)", operations: bodies.list.count)
        try report.repeating(scale) { () throws(CommandError) in
            var checksum = Checksum()
            rows = 0
            names = 0
            for (index, body) in bodies.list.enumerated() {
                writer.reset()
                let before = BenchClock.nanoseconds
                let answer = searcher.search(
                    body: body.span, facility: nil, in: snapshot, into: &writer)
                times[index] = BenchClock.nanoseconds - before
                guard answer.isAnswered else {
                    throw CommandError("a synthetic search was refused")
                }
                checksum.add(writer.bytes)
                rows += answer.rowsSeen
                names += answer.namesCompared
            }
            let sorted = times.sorted()
            return (
                checksum.value, Double(sorted[sorted.count / 2]),
                Double(sorted[sorted.count * 99 / 100])
            )
        }
        report.extra = [("rows_seen", rows), ("names_compared", names)]
        try report.write(scale)
    }
}

/// Searches for the persons of discover requests.
private struct SearchBodies {
    private(set) var list: [[UInt8]] = []

    init(_ discoveries: RequestBodies, isNarrow: Bool) throws(CommandError) {
        var document = JSONDocument()
        for index in 0..<discoveries.count {
            let body = discoveries.bytes.span.extracting(discoveries.range(index))
            do throws(JSONError) {
                try document.parse(body)
            } catch {
                throw CommandError("a synthetic request is not JSON: \(error.reason)")
            }
            guard let patient = document.member("patient", of: document.root) else { continue }
            var writer = JSONWriter()
            writer.beginObject()
            if let name = document.member("name", of: patient) {
                writer.member("name", document.bytes(of: name))
            }
            if isNarrow {
                if let gender = document.member("gender", of: patient) {
                    writer.member("gender", document.bytes(of: gender))
                }
                if let year = document.member("yearOfBirth", of: patient),
                    let number = document.integer(of: year)
                {
                    writer.key("yearOfBirth")
                    writer.integer(Int(number))
                }
            }
            writer.endObject()
            list.append(writer.take())
        }
    }
}
