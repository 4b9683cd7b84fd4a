internal import ABDM
internal import Index
internal import JSON
internal import Matcher
internal import Synthetic

/// Making an image of records that are parsed already: rows a second, and the peak of memory.
///
/// Rows are generated and parsed in groups of a few hundred, and the clock stands still meanwhile: it runs while a
/// group is added, and while the image is finished. The very first image of the process is the one whose memory is
/// looked at: nothing of an earlier one is counted, or used again.
enum BuildBench {
    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        let hospital = SyntheticHospital(patients: scale.rows, seed: scale.seed)
        let questions = RequestBodies(hospital, count: min(2000, scale.rows))
        let rule = try configuration.rule()
        var groups = PreparedGroups(hospital)
        let memory = try firstBuild(&groups, scale)

        let cores = try ProcessStatus().coresAllowed
        var report = BenchReport(
            name: "index/build/\(cores)-core\(cores == 1 ? "" : "s")", operations: scale.rows)
        var times: [BuildTimes] = []
        try report.repeating(scale) { () throws(CommandError) in
            let (snapshot, spent) = try build(&groups, scale)
            times.append(spent)
            return (
                answers(of: snapshot, to: questions, by: rule),
                Double(spent.append + spent.finish) / Double(scale.rows), nil
            )
        }
        report.extra = [
            ("append_microseconds", middle(times.map(\.append)) / 1000),
            ("finish_microseconds", middle(times.map(\.finish)) / 1000),
            (
                "per_second_of_cpu",
                Int(Double(scale.rows) * 1e9 / Double(max(middle(times.map(\.processor)), 1)))
            ),
            ("cores", cores), ("peak_bytes", memory.peak), ("final_bytes", memory.final),
        ]
        try report.write(scale)
    }

    /// Makes the first image of the process, for its memory.
    ///
    /// - Returns: by how much the process grew at its peak, the records that were prepared left out, and what the
    ///   finished image takes.
    private static func firstBuild(
        _ groups: inout PreparedGroups, _ scale: BenchScale
    ) throws(CommandError) -> (peak: Int, final: Int) {
        try groups.warm()
        let before = try ProcessStatus()
        let (snapshot, _) = try build(&groups, scale)
        let after = try ProcessStatus()
        return (
            max(0, after.residentBytesPeak - before.residentBytes), snapshot.image.patientBytes
        )
    }

    /// Makes one image; the clock runs only while it is being made.
    private static func build(
        _ groups: inout PreparedGroups, _ scale: BenchScale
    ) throws(CommandError) -> (snapshot: Snapshot, times: BuildTimes) {
        var times = BuildTimes()
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: scale.seed)
        var keys: [PatientKey?] = []
        try groups.forEach { (records, count) throws(CommandError) in
            let start = BuildTimes.now
            try append(records, count, &keys, to: &builder)
            times.append += times.advance(from: start)
        }
        let start = BuildTimes.now
        let image = builder.build()
        times.finish = times.advance(from: start)
        return (Snapshot(image: image, position: "synthetic", publishedAtSeconds: 0), times)
    }

    /// As a load does it: while one record is added, what the ids of the next ones lead to comes into the cache.
    private static func append(
        _ records: borrowing PreparedSlots<PatientRecord>, _ count: Int,
        _ keys: inout [PatientKey?], to builder: inout ImageBuilder
    ) throws(CommandError) {
        keys.removeAll(keepingCapacity: true)
        for index in 0..<count { keys.append(records.with(index) { builder.key(of: $0) }) }
        for index in 0..<count {
            let ahead = index + PatientKey.lookAhead
            if ahead < count { builder.prefetch(keys[ahead]) }
            try records.with(index) { (record) throws(CommandError) in
                try SyntheticImage.append(record, key: keys[index], to: &builder)
            }
        }
    }

    /// What an image answers: of its layout nothing shows in it.
    private static func answers(
        of snapshot: Snapshot, to questions: RequestBodies, by rule: MatchRule
    ) -> UInt64 {
        var checksum = Checksum()
        questions.answerEach(in: snapshot, by: rule) { _, reply in checksum.add(reply) }
        return checksum.value
    }

    private static func middle(_ nanoseconds: [UInt64]) -> Int {
        Int(BenchReport.median(nanoseconds.map { Double($0) }) ?? 0)
    }
}

/// What the making of one image took, in nanoseconds.
private struct BuildTimes {
    /// Adding the records.
    var append: UInt64 = 0
    /// Ordering the rows and making the postings.
    var finish: UInt64 = 0
    /// Of both, the processor time of all threads.
    var processor: UInt64 = 0

    /// The time of the clock, and the processor time of the process.
    static var now: (clock: UInt64, processor: UInt64) {
        (BenchClock.nanoseconds, BenchClock.processorNanoseconds)
    }

    /// Counts the processor time since a moment.
    ///
    /// - Returns: the time since then.
    mutating func advance(from start: (clock: UInt64, processor: UInt64)) -> UInt64 {
        let (clock, processor) = Self.now
        self.processor += processor - start.processor
        return clock - start.clock
    }
}

/// A hospital's rows, parsed group by group into memory that is used again.
private struct PreparedGroups: ~Copyable {
    /// Rows of a group: as many as a load hands from one thread to the other.
    private static let rowsMax = 512

    private let hospital: SyntheticHospital
    private var records = PreparedSlots(count: rowsMax) { PatientRecord() }

    init(_ hospital: SyntheticHospital) { self.hospital = hospital }

    /// Prepares each record once, so that it has all the memory that it will need.
    mutating func warm() throws(CommandError) {
        try Self.prepare(0..<min(hospital.patients, Self.rowsMax), of: hospital, in: &records)
    }

    /// Hands over one group after the other.
    ///
    /// - Parameter use: is lent the records, of which the first so many are the group.
    /// - Throws: what `use` throws, at once, and `CommandError` for a row that is refused.
    mutating func forEach(
        _ use: (borrowing PreparedSlots<PatientRecord>, _ count: Int) throws(CommandError) -> Void
    ) throws(CommandError) {
        var first = 0
        while first < hospital.patients {
            let end = min(first + Self.rowsMax, hospital.patients)
            try Self.prepare(first..<end, of: hospital, in: &records)
            try use(records, end - first)
            first = end
        }
    }

    private static func prepare(
        _ rows: Range<Int>, of hospital: SyntheticHospital,
        in records: inout PreparedSlots<PatientRecord>
    ) throws(CommandError) {
        var index = 0
        try hospital.forEachPatient(in: rows) { (patient) throws(CommandError) in
            try records.change(index) { (record) throws(CommandError) in
                try SyntheticImage.fill(&record, from: patient)
            }
            index += 1
        }
    }
}
