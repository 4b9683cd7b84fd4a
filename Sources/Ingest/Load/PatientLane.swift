internal import Glibc
internal import Index

/// Puts patients into the image on a thread of its own, in the order in which they are read.
///
/// Reading and judging a row is two thirds of the work, putting it into the image one third, most of it
/// waiting for memory: the two go on side by side, a few batches apart.
struct PatientLane: ~Copyable {
    /// How many batches reading may run ahead.
    ///
    /// Most of the time two or three go round; the others bridge the milliseconds for which the other
    /// thread may have to wait for a core.
    private static let batchesMax = 32

    private let appending: AppendingThread
    private let options: LoadOptions
    /// How many batches there are.
    private var batchCount = 1
    private var batch: PatientBatch
    /// nil where no thread could be had: then the batches are appended here.
    private var thread: pthread_t?

    /// Takes the image and its books, and starts the thread; without one it does as where there can
    /// be no more threads.
    init(_ books: consuming LoadBooks, _ options: LoadOptions, usesThread: Bool = true) {
        appending = AppendingThread(books)
        batch = PatientBatch(options)
        self.options = options
        thread = usesThread ? appending.start() : nil
    }

    /// Hands a patient over, and gives in exchange one that can be used for the next row.
    ///
    /// - Parameters:
    ///   - patient: with its row's values.
    ///   - position: of the row in its source.
    ///   - fractionRead: the share of the source that was read; asked once a batch.
    /// - Throws: `LoadFailure` where rows before this one could not be appended.
    @inline(__always)
    mutating func put(
        _ patient: inout PatientIntake, at position: Int, _ fractionRead: () -> Double?
    ) throws(LoadFailure) {
        let isSound = patient.finish()
        guard batch.add(&patient, at: position, isSound: isSound) else { return }
        batch.fractionRead = fractionRead()
        try handOver()
    }

    /// Waits until everything that was handed over is in the image.
    ///
    /// - Parameter failure: set to what went wrong on the thread, unless something went wrong before.
    /// - Returns: what `init` took.
    consuming func finish(_ failure: inout LoadFailure?) -> LoadBooks {
        appending.filled.put(batch)
        appending.filled.close()
        if let thread { _ = pthread_join(thread, nil) } else { appending.run() }
        failure = failure ?? appending.failure
        return appending.takeBooks()
    }

    @inline(never)
    private mutating func handOver() throws(LoadFailure) {
        guard thread != nil else { return try appending.append(batch) }
        appending.filled.put(batch)
        batch = nextBatch()
        if let failure = batch.failure { throw failure }
    }

    /// A batch that has been appended, or a new one.
    private mutating func nextBatch() -> PatientBatch {
        let mayMake = batchCount < Self.batchesMax
        if let free = appending.free.takeLast(waits: !mayMake) { return free }
        precondition(mayMake, "nobody closes the queue of free batches")
        batchCount += 1
        return PatientBatch(options)
    }
}

/// The thread that appends, and what belongs to it while it runs.
private final class AppendingThread: @unchecked Sendable {
    /// Batches to be appended.
    let filled = HandoverQueue<PatientBatch>()
    /// Batches that have been.
    let free = HandoverQueue<PatientBatch>()

    // The thread's until it is joined, then again the owner's.
    private var books: LoadBooks?
    /// What the first batch that could not be appended met with.
    private(set) var failure: LoadFailure?

    init(_ books: consuming LoadBooks) { self.books = consume books }

    /// Starts to append.
    ///
    /// - Returns: nil where there can be no more threads.
    func start() -> pthread_t? {
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(self)
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<AppendingThread>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            return nil
        }
        return thread
    }

    /// Appends batches until no more come; after a failure they are only sent back.
    func run() {
        while let batch = filled.take() {
            if failure == nil {
                do throws(LoadFailure) { try append(batch) } catch { failure = error }
            }
            batch.removeAll()
            batch.failure = failure
            free.put(batch)
        }
    }

    /// Appends one batch.
    func append(_ batch: PatientBatch) throws(LoadFailure) {
        defer { batch.removeAll() }
        try books?.append(batch)
    }

    /// Gives away what `init` took.
    func takeBooks() -> LoadBooks {
        guard let books = books.take() else { preconditionFailure("the books were taken before") }
        return books
    }
}
