internal import Index
internal import Ingest
internal import Matcher
internal import Synthetic

/// Filling an image: from the configured source, else from synthetic rows in memory.
enum LoadBench {
    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        guard
            configuration.text(Settings.database) != nil
                || configuration.text(Settings.patients) != nil
        else { return try synthetic(scale) }
        let source = try configuration.source()
        var options = SourceOptions.loadOptions(configuration)
        options.progress = nil
        options.seed = scale.seed
        var rows = 0
        var report = BenchReport(name: "ingest/load/source", operations: 1)
        try report.repeating(scale) { () throws(CommandError) in
            let start = BenchClock.nanoseconds
            let result: LoadResult
            do throws(LoadError) {
                result = try Ingest.load(source, options: options)
            } catch {
                throw CommandError("the load failed: \(error)")
            }
            let elapsed = BenchClock.nanoseconds - start
            rows = result.counts.patients
            var checksum = Checksum()
            checksum.add(result.counts.patients)
            checksum.add(result.counts.careContexts)
            checksum.add(result.counts.rejected)
            return (checksum.value, Double(elapsed), nil)
        }
        report.extra = [("patients", rows)]
        try report.write(scale)
    }

    private static func synthetic(_ scale: BenchScale) throws(CommandError) {
        let hospital = SyntheticHospital(patients: scale.rows, seed: scale.seed)
        var report = BenchReport(name: "index/load/synthetic", operations: scale.rows)
        var buildSeconds: [Double] = []
        try report.repeating(scale) { () throws(CommandError) in
            let start = BenchClock.nanoseconds
            var builder = ImageBuilder(defaultFacility: "HIP1", seed: scale.seed)
            var record = PatientRecord()
            try hospital.forEachPatient { (patient) throws(CommandError) in
                try SyntheticImage.fill(&record, from: patient)
                try SyntheticImage.append(record, to: &builder)
            }
            let filled = BenchClock.nanoseconds
            let image = builder.build()
            let end = BenchClock.nanoseconds
            buildSeconds.append(Double(end - filled))
            var checksum = Checksum()
            checksum.add(image.count)
            checksum.add(image.patientBytes)
            return (checksum.value, Double(end - start) / Double(scale.rows), nil)
        }
        report.extra = [
            ("postings_microseconds", Int((BenchReport.median(buildSeconds) ?? 0) / 1000))
        ]
        try report.write(scale)
    }
}
