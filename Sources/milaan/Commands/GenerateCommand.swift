internal import Glibc
internal import Synthetic

/// `milaan generate`: writes an invented hospital.
enum GenerateCommand: Command {
    static let name = "generate"
    static let summary = "write a synthetic hospital for demo, tests and benchmarks"

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let table = OptionTable(
            program: "milaan generate", argumentsName: nil,
            help: "Writes patients.csv, care_contexts.csv, requests.ndjson and truth.csv of"
                + " invented people; the same seed gives the same bytes everywhere."
                + " Files that are there already are replaced with --force only.",
            options: [
                CommandOption(name: "patients", valueName: "N", help: "Patient rows"),
                CommandOption(name: "seed", valueName: "S", help: "The seed (default 1)"),
                CommandOption(
                    name: "output", valueName: "DIR", help: "Where the files are written"),
                CommandOption(
                    name: "facilities", valueName: "N", help: "Facilities (default 1)"),
                CommandOption(
                    name: "requests", valueName: "N",
                    help: "Discover requests (default: a tenth of the patients, at least 1000)"),
                CommandOption(
                    name: "force", valueName: nil, help: "Replace files that are there already"),
            ])
        let options = table.parse(words)
        let patients = try options.integer("patients", 0...SyntheticHospital.patientsMax)
        guard let patients else { throw CommandError("needs --patients N", code: .usage) }
        guard let directory = options["output"] else {
            throw CommandError("needs --output DIR", code: .usage)
        }
        let hospital = SyntheticHospital(
            patients: patients, seed: try options.seed(),
            facilities: try options.integer("facilities", 1...10_000) ?? 1)
        let requests =
            try options.integer("requests", 0...Int(Int32.max)) ?? max(1000, patients / 10)
        let isNew = unsafe mkdir(directory, 0o755) == 0
        guard isNew || errno == EEXIST else {
            throw CommandError("cannot make \(directory): \(Terminal.lastErrorText())")
        }
        if !options.isGiven("force") { try refuseToReplace(in: directory) }
        var parts: [String] = []
        do throws(CommandError) {
            try write(
                hospital, patients: patients, requests: requests, in: directory, parts: &parts)
        } catch {
            for part in parts { _ = unsafe unlink(part) }
            // A folder that holds anything stays.
            if isNew { _ = unsafe rmdir(directory) }
            throw error
        }
        return .success
    }

    /// Writes all files, and gives them their names when all are whole.
    ///
    /// - Parameters:
    ///   - hospital: what is written.
    ///   - patients: how many patients it has.
    ///   - requests: how many requests.
    ///   - directory: where.
    ///   - parts: gets the temporary names that were opened.
    /// - Throws: `CommandError`, naming the file.
    private static func write(
        _ hospital: SyntheticHospital, patients: Int, requests: Int, in directory: String,
        parts: inout [String]
    ) throws(CommandError) {
        var meter = CommandProgress("patients", total: patients)
        try write("\(directory)/patients.csv", parts: &parts) { (sink) throws(SyntheticError) in
            try hospital.writePatientsCSV(to: &sink) { meter.count($0) }
        }
        var contextMeter = CommandProgress("care contexts")
        try write("\(directory)/care_contexts.csv", parts: &parts) {
            (sink) throws(SyntheticError) in
            try hospital.writeCareContextsCSV(to: &sink) { contextMeter.count($0) }
        }
        try write("\(directory)/requests.ndjson", parts: &parts) { (sink) throws(SyntheticError) in
            try hospital.writeRequestsNDJSON(count: requests, to: &sink)
        }
        try write("\(directory)/truth.csv", parts: &parts) { (sink) throws(SyntheticError) in
            try hospital.writeTruthCSV(count: requests, to: &sink)
        }
        for file in files {
            let path = "\(directory)/\(file)"
            guard unsafe rename(path + partSuffix, path) == 0 else {
                throw CommandError("cannot write \(path): \(Terminal.lastErrorText())")
            }
        }
    }

    private static let files = [
        "patients.csv", "care_contexts.csv", "requests.ndjson", "truth.csv",
    ]

    /// Stops where a file of that name might be somebody's own.
    private static func refuseToReplace(in directory: String) throws(CommandError) {
        for file in files {
            var status = stat()
            // A link to nothing is replaced as well, so that it is looked at itself.
            guard unsafe lstat("\(directory)/\(file)", &status) == 0 else { continue }
            throw CommandError(
                "\(directory)/\(file) is there already; --force replaces it", code: .usage)
        }
    }

    /// What a file's name ends with until all files are whole.
    private static let partSuffix = ".part"

    /// Writes one file under its temporary name and says its size.
    private static func write(
        _ path: String, parts: inout [String],
        _ body: (inout SyntheticSink) throws(SyntheticError) -> Void
    ) throws(CommandError) {
        let descriptor = unsafe open(
            path + partSuffix, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CommandError("cannot write \(path): \(Terminal.lastErrorText())")
        }
        defer { close(descriptor) }
        parts.append(path + partSuffix)
        var sink = SyntheticSink(descriptor: descriptor)
        do throws(SyntheticError) {
            try body(&sink)
            try sink.finish()
        } catch {
            switch error {
            case .writeFailed(let code): errno = code
            }
            throw CommandError("cannot write \(path): \(Terminal.lastErrorText())")
        }
        Terminal.note("\(path): \(sink.byteCount) bytes")
    }
}

extension ParsedOptions {
    /// The value of an option that takes an integer; nil when absent.
    ///
    /// - Throws: `CommandError` when it is none, or out of its range.
    func integer(_ name: String, _ range: ClosedRange<Int>) throws(CommandError) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw CommandError(
                "--\(name) must be an integer from \(range.lowerBound) to \(range.upperBound)",
                code: .usage)
        }
        return number
    }

    /// The option `seed`, 1 when absent.
    ///
    /// - Throws: `CommandError` when it is no 64-bit number.
    func seed() throws(CommandError) -> UInt64 {
        guard let seed = UInt64(self["seed"] ?? "1") else {
            throw CommandError("--seed must be an integer from 0 to 2^64 - 1", code: .usage)
        }
        return seed
    }
}
