import JSON
import TestSupport

extension ProgramRun {
    /// The answers on the standard output, without what may differ from source to source: where the
    /// rows came from, and the order of a person's care contexts.
    ///
    /// - Throws: `JSONError` where a line is not JSON.
    func comparableAnswers() throws -> [JSONTree] {
        try lines.map { line in
            guard case .object(var answer) = try JSONTree(parsing: Array(line.utf8)) else {
                return .null
            }
            if case .object(var snapshot) = answer["snapshot"] {
                snapshot["position"] = nil
                answer["snapshot"] = .object(snapshot)
            }
            if case .object(var patient) = answer["patient"] {
                let contexts = patient["careContexts"]?.elements ?? []
                patient["careContexts"] = .array(
                    contexts.sorted {
                        $0["referenceNumber"]?.text ?? "" < $1["referenceNumber"]?.text ?? ""
                    })
                answer["patient"] = .object(patient)
            }
            return .object(answer)
        }
    }
}
