internal import Index

/// Reads all patients and care contexts of a source into an image.
///
/// Rows that cannot be taken are refused, counted and reported; the load goes on to the source's end. It
/// blocks its thread, and makes the postings on all cores.
///
/// - Parameters:
///   - source: files or a database.
///   - options: how rows are read.
/// - Returns: the image and the books; look at `hasTooManyRejects`.
/// - Throws: `LoadError` where the source cannot be opened, breaks off or cannot be understood at all.
/// - Complexity: O(bytes).
public func load(
    _ source: PatientSource, options: LoadOptions = LoadOptions()
) throws(LoadError) -> LoadResult {
    var loading: Loading
    do throws(LoadFailure) {
        loading = try Loading(options, inputs: source.files)
    } catch {
        throw LoadError(error, LoadCounts())
    }
    var seconds = LoadSeconds()
    let position: String
    do throws(LoadFailure) {
        switch source {
        case .files(let patients, let careContexts):
            position = try loading.readFiles(patients, careContexts, &seconds)
        case .database(.postgres(let conninfo), let mapping):
            position = try loading.readPostgres(conninfo, mapping, &seconds)
        case .database(.sqlite(let path), let mapping):
            position = try loading.readSQLite(path, mapping, &seconds)
        }
        try loading.finish()
    } catch {
        // The report tells at least what was refused until then.
        loading.breakOff()
        throw LoadError(error, loading.counts)
    }
    let counts = loading.counts
    let start = MonotonicClock.seconds
    let image = loading.build()
    seconds.postings = MonotonicClock.seconds - start
    return LoadResult(
        image: image, counts: counts, position: position, seconds: seconds,
        hasTooManyRejects: counts.rejected > options.rejectsMax)
}
