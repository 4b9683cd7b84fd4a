internal import Matcher

/// The facilities that rows belong to, numbered in the order of their first row.
///
/// A request names one; there are few against the rows, so that a short scan by length and bytes with
/// the last hit's neighbours in cache serves, and a small open-addressed table serves the rest.
struct Facilities: ~Copyable, Sendable {
    static let countMax = Int(UInt16.max)

    private var names = Column<UInt8>()
    private var starts = Column<UInt32>()
    /// Facility + 1 per slot, 0 for an empty one; a power of two, at most half full.
    private var slots = Column<UInt16>(repeating: 0, count: 64)
    /// The facility last found while rows were added: mostly the next row's too.
    private var recent: UInt16 = 0
    private let hash: KeyHash

    init(hash: KeyHash) {
        self.hash = hash
        starts.append(0)
    }

    /// Facilities that another set gave as its `allNames` and `nameStarts`.
    ///
    /// - Precondition: the starts ascend from 0 to the length of the names.
    init(hash: KeyHash, names: Span<UInt8>, starts: Span<UInt32>) {
        self.init(hash: hash)
        for facility in 0..<starts.count - 1 {
            let name = Int(starts[facility])..<Int(starts[facility + 1])
            self.names.append(names.extracting(name))
            self.starts.append(starts[facility + 1])
            if count * 2 > slots.count { rehash() }
            place(UInt16(facility))
        }
    }

    var count: Int { starts.count - 1 }

    /// The names one behind the other.
    var allNames: Span<UInt8> {
        @_lifetime(borrow self) get { names.span }
    }

    /// Where each name begins, and where the last one ends.
    var nameStarts: Span<UInt32> {
        @_lifetime(borrow self) get { starts.span }
    }

    var bytes: Int { names.bytes + starts.bytes + slots.bytes }

    @_lifetime(borrow self)
    func name(_ facility: UInt16) -> Span<UInt8> {
        let start = Int(starts[Int(facility)])
        let span = names.span.extracting(start..<Int(starts[Int(facility) + 1]))
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    func find(_ name: Span<UInt8>) -> UInt16? {
        if Int(recent) < count, self.name(recent).equals(name) { return recent }
        var slot = Int(truncatingIfNeeded: hash.of(name, facility: 0)) & (slots.count - 1)
        while slots[slot] != 0 {
            let facility = slots[slot] - 1
            if self.name(facility).equals(name) { return facility }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The facility of that name, new if need be; nil when there are too many.
    mutating func findOrAdd(_ name: Span<UInt8>) -> UInt16? {
        if let known = find(name) {
            recent = known
            return known
        }
        guard count < Facilities.countMax else { return nil }
        names.append(name)
        starts.append(UInt32(names.count))
        if count * 2 > slots.count { rehash() }
        place(UInt16(count - 1))
        return UInt16(count - 1)
    }

    private mutating func rehash() {
        slots = Column(repeating: 0, count: slots.count * 2)
        for facility in 0..<UInt16(count - 1) { place(facility) }
    }

    private mutating func place(_ facility: UInt16) {
        var slot = Int(truncatingIfNeeded: hash.of(name(facility), facility: 0)) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = facility + 1
    }
}
