/// One immutable state of the whole index, as one request sees it.
public final class Snapshot: Sendable {
    /// How many patient records it holds.
    public let rows: Int
    /// Where in the source it was taken: a PostgreSQL LSN, a file's name, ...
    public let position: String
    /// When it was published, in seconds since 1970.
    public let publishedAtSeconds: Int64

    package init(rows: Int, position: String, publishedAtSeconds: Int64) {
        self.rows = rows
        self.position = position
        self.publishedAtSeconds = publishedAtSeconds
    }
}
