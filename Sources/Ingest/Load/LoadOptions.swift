public import Index

/// How rows are read, whatever they come from.
public struct LoadOptions: Sendable {
    /// The facility of rows that name none.
    public var defaultFacility: String
    /// More refused rows than this make `LoadResult.hasTooManyRejects` true.
    public var rejectsMax: Int
    /// Where refused rows are reported, as CSV; nil for nowhere.
    public var rejectsPath: String?
    /// What becomes of a row with a value that cannot be right.
    public var badValues: BadValues
    /// Nobody is born later than on this day; the facilities' own, not UTC's.
    public var today: CalendarDay
    /// Called from a thread of the load after a second, and then every half second.
    public var progress: (@Sendable (LoadProgress) -> Void)?
    /// The seed of the image's hashes; nil for a random one.
    public var seed: UInt64?

    /// Options, each with its default.
    public init(
        defaultFacility: String = "HIP1", rejectsMax: Int = 0, rejectsPath: String? = nil,
        badValues: BadValues = .refuse, today: CalendarDay = .today,
        progress: (@Sendable (LoadProgress) -> Void)? = nil,
        seed: UInt64? = nil
    ) {
        self.defaultFacility = defaultFacility
        self.rejectsMax = rejectsMax
        self.rejectsPath = rejectsPath
        self.badValues = badValues
        self.today = today
        self.progress = progress
        self.seed = seed
    }
}

/// Where the seconds of a load went.
public struct LoadSeconds: Sendable {
    /// Until the patients were read.
    public internal(set) var patients = 0.0
    /// Until the care contexts were read too.
    public internal(set) var careContexts = 0.0
    /// For making the postings.
    public internal(set) var postings = 0.0

    /// All of them.
    public var total: Double { patients + careContexts + postings }
}

/// A load that came to its end.
public struct LoadResult: ~Copyable, Sendable {
    /// What was loaded, ready for a `Snapshot`.
    public var image: PatientImage
    /// How many rows were kept and refused.
    public let counts: LoadCounts
    /// Where in the source this was: `0/16B3748` of a PostgreSQL log, `file:patients.csv`,
    /// `sqlite:patients=100,care_contexts=40`.
    public let position: String
    /// How long it took.
    public let seconds: LoadSeconds
    /// Whether more rows were refused than the options allow; the caller decides what follows.
    public let hasTooManyRejects: Bool

    /// Gives the image away.
    public consuming func takeImage() -> PatientImage { image }
}
