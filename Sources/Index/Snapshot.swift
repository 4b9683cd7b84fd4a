internal import Synchronization

/// One immutable state of the whole index, as one request sees it.
public final class Snapshot: Sendable {
    /// The patient records and their postings.
    public let image: PatientImage
    /// Where in the source it was taken: a PostgreSQL LSN, a file's name, ...
    public let position: String
    /// When it was published, in seconds since 1970.
    public let publishedAtSeconds: Int64
    /// Stands for it and for no other of this process, later ones included; not 0.
    ///
    /// Its place in memory would not do: a later one may stand there.
    public let number: UInt64

    private static let lastNumber = Atomic<UInt64>(0)

    /// A snapshot of an image.
    public init(image: consuming PatientImage, position: String, publishedAtSeconds: Int64) {
        self.image = image
        self.position = position
        self.publishedAtSeconds = publishedAtSeconds
        number = Self.lastNumber.add(1, ordering: .relaxed).newValue
    }

    /// How many patient records it holds.
    public var rows: Int { image.count }
}
