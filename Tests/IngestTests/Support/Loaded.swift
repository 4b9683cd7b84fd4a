import Index
import Ingest

/// A load's result in plain values.
struct Loaded: Sendable {
    let hospital: PlainHospital
    let counts: LoadCounts
    let position: String
    let hasTooManyRejects: Bool

    init(_ source: PatientSource, _ options: LoadOptions = LoadOptions()) throws {
        let result = try load(source, options: options)
        hospital = result.image.plain()
        counts = result.counts
        position = result.position
        hasTooManyRejects = result.hasTooManyRejects
    }

    /// Loads one file of patients, and perhaps one of care contexts.
    init(
        patients: String, careContexts: String? = nil, _ options: LoadOptions = LoadOptions()
    ) throws {
        try self.init(.files(patients: patients, careContexts: careContexts), options)
    }
}

/// What stops a load; nil if nothing does.
func failure(of source: PatientSource, _ options: LoadOptions = LoadOptions()) -> LoadError? {
    do throws(LoadError) {
        _ = try load(source, options: options)
        return nil
    } catch {
        return error
    }
}
