import TestSupport

/// A synthetic hospital in files, made by the program once for all tests that read it.
final class GeneratedHospital: Sendable {
    static let shared = Result { try GeneratedHospital() }

    let folder: ProgramFolder
    let patients: String
    let careContexts: String
    let requests: String
    /// By request id: the rows that are right answers, and the request's class.
    let truth: [Substring: (expected: Set<Substring>, kind: Substring)]

    var source: [String] { ["--patients", patients, "--care-contexts", careContexts] }

    private init() throws {
        folder = try ProgramFolder()
        let run = try MilaanProgram.run([
            "generate", "--patients", "2000", "--seed", "7", "--requests", "1500", "--output",
            folder.path,
        ])
        guard run.end == .exit(0) else { throw ProgramFailure.tooLate(errors: run.errors) }
        patients = folder.file("patients.csv")
        careContexts = folder.file("care_contexts.csv")
        requests = try folder.text("requests.ndjson")
        var truth: [Substring: (expected: Set<Substring>, kind: Substring)] = [:]
        for line in try folder.text("truth.csv").split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            truth[fields[0]] = (Set(fields[1].split(separator: ";")), fields[2])
        }
        self.truth = truth
    }
}
