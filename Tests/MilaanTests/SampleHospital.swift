import TestSupport

/// The files of the sample hospital.
enum SampleHospital {
    static let folder = MilaanProgram.repositoryFile("fixtures/sample-hospital")
    static let patients = folder + "/patients.csv"
    static let careContexts = folder + "/care_contexts.csv"
    static let source = ["--patients", patients, "--care-contexts", careContexts]

    /// What plays the conversation with ABDM with an executable.
    static let story = MilaanProgram.repositoryFile("scripts/demo-abdm.sh")

    /// The path of one of the requests.
    static func request(_ name: String) -> String { "\(folder)/requests/\(name).json" }
}
