internal import Glibc

/// How far a load has come.
public struct LoadProgress: Sendable {
    /// Which rows are being read.
    public let source: RowKind
    /// How many of them have been read.
    public let rows: Int
    /// Rows per second since the first of them.
    public let rowsPerSecond: Double
    /// Seconds until they are all read; nil where nobody knows how many there are.
    public let secondsLeft: Double?
    /// Whether they have been read, and a database now takes them into its tables.
    public var isStoring = false
}

/// Tells how far the load has come, now and then.
///
/// The clock is asked once in a few thousand rows; nothing is told in the first second.
struct ProgressMeter {
    static let rowsBetweenLooks = 4096
    private static let secondsBeforeFirst = 1.0
    private static let secondsBetween = 0.5

    private let tell: (@Sendable (LoadProgress) -> Void)?
    private let clock: @Sendable () -> Double
    private var source = RowKind.patients
    private var rows = 0
    private var started: Double
    private var nextTime: Double
    /// Before it nothing is told.
    private let firstTime: Double

    /// Starts the first second.
    ///
    /// - Parameters:
    ///   - tell: called now and then; nil for nobody.
    ///   - clock: gives seconds and only goes forward.
    init(
        _ tell: (@Sendable (LoadProgress) -> Void)?,
        clock: @escaping @Sendable () -> Double = { MonotonicClock.seconds }
    ) {
        self.tell = tell
        self.clock = clock
        started = clock()
        firstTime = started + Self.secondsBeforeFirst
        nextTime = firstTime
    }

    /// Starts to count rows of a kind.
    mutating func begin(_ source: RowKind) {
        self.source = source
        rows = 0
        started = clock()
    }

    /// Counts a row.
    ///
    /// - Parameter fractionRead: the share of the source that was read; asked seldom.
    @inline(__always)
    mutating func count(_ fractionRead: () -> Double?) {
        rows += 1
        if rows % Self.rowsBetweenLooks == 0, tell != nil { look(fractionRead()) }
    }

    /// Tells that rows which were read are now stored, all at once.
    func tellStoring(_ source: RowKind, rows: Int) {
        guard let tell, clock() >= firstTime else { return }
        tell(
            LoadProgress(
                source: source, rows: rows, rowsPerSecond: 0, secondsLeft: nil, isStoring: true))
    }

    private mutating func look(_ fractionRead: Double?) {
        let now = clock()
        guard now >= nextTime, let tell else { return }
        nextTime = now + Self.secondsBetween
        let elapsed = now - started
        var secondsLeft: Double?
        if let fractionRead, fractionRead > 0, fractionRead <= 1 {
            secondsLeft = elapsed / fractionRead - elapsed
        }
        tell(
            LoadProgress(
                source: source, rows: rows,
                rowsPerSecond: elapsed > 0 ? Double(rows) / elapsed : 0, secondsLeft: secondsLeft))
    }
}

/// The clock that only goes forward.
enum MonotonicClock {
    /// Seconds since some moment before the program.
    static var seconds: Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
