internal import Index
internal import JSON

/// What all answers from one snapshot have in common, found once.
struct SnapshotConstants: ~Copyable {
    private var number: UInt64 = 0
    /// The facility that is meant where a request names none; nil when no row names it.
    private(set) var defaultFacility: UInt16?
    private var writer = JSONWriter()

    /// How a reply names the snapshot: `{"rows":...,"position":...}`.
    var json: Span<UInt8> {
        @_lifetime(borrow self) get { writer.bytes }
    }

    /// Whether they are a snapshot's.
    @inline(__always)
    func areOf(_ snapshot: Snapshot) -> Bool { number == snapshot.number }

    /// Finds those of a snapshot, and forgets the one before.
    mutating func take(_ snapshot: Snapshot, defaultFacility name: Span<UInt8>) {
        number = snapshot.number
        defaultFacility = snapshot.image.facility(named: name)
        writer.reset()
        writer.beginObject()
        writer.key("rows")
        writer.integer(snapshot.rows)
        writer.key("position")
        writer.string(snapshot.position)
        writer.endObject()
    }
}
