internal import Index
internal import Matcher

/// The look-ups of one request: begun as early as its identifiers are known, or guessed.
///
/// Each follows a chain of places in memory that are far away. The calls below come in their order, each
/// with some other work between, during which what was asked for arrives. None of them changes an answer.
struct LookUps: ~Copyable {
    /// How often `expectMore` is called for all links behind the buckets: for what these lead to, for the rows of
    /// lists, and for care contexts.
    static let linksAfterBuckets = 3

    /// The key of each of the query's identifiers.
    private(set) var keys = ScratchList<IdentifierKey>(capacity: PatientQuery.identifiersMax)
    /// Whether the request has an identifier that was not foreseen.
    private var wasSurprised = false

    /// The key of the query's identifier at an index; nil where no row has its type.
    @inline(__always)
    func key(ofIdentifier index: Int) -> IdentifierKey? {
        keys[index].isSomewhere ? keys[index] : nil
    }

    /// Has none.
    mutating func forget() { keys.removeAll() }

    /// Takes the query's identifiers in the place of those of the request before; asks for nothing yet.
    ///
    /// - Parameters:
    ///   - identifiers: those of the query.
    ///   - texts: the query's texts.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func take(
        _ identifiers: borrowing ScratchList<QueryIdentifier>, texts: borrowing TextArena,
        facility: UInt16?, in image: borrowing PatientImage
    ) {
        keys.removeAll()
        guard let facility else { return }
        image.appendKeys(of: identifiers, texts: texts, facility: facility, to: &keys)
    }

    /// Takes the query's identifiers in the place of those of the request before, and starts to look up those
    /// that were not foreseen, further the others.
    ///
    /// - Parameters:
    ///   - identifiers: those of the query.
    ///   - texts: the query's texts.
    ///   - foresight: what was looked up before.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func take(
        _ identifiers: borrowing ScratchList<QueryIdentifier>, texts: borrowing TextArena,
        foreseenBy foresight: borrowing Foresight, facility: UInt16?,
        in image: borrowing PatientImage
    ) {
        keys.removeAll()
        wasSurprised = false
        guard let facility else { return }
        for index in identifiers.indices {
            let identifier = identifiers[index]
            if let key = foresight.key(of: identifier, texts: texts) {
                keys.append(key)
            } else {
                keys.append(
                    image.key(of: identifier, texts: texts, facility: facility) ?? .nowhere)
                wasSurprised = true
            }
        }
        expectMore(in: image)
    }

    /// Starts to bring the buckets.
    mutating func expectBuckets(in image: borrowing PatientImage) {
        image.prefetchBuckets(of: &keys)
    }

    /// Starts to bring what the buckets of the other identifiers lead to.
    mutating func expectSurprises(in image: borrowing PatientImage) {
        if wasSurprised { expectMore(upTo: .rows, in: image) }
    }

    /// Starts to bring each identifier's next link, which the one before leads to.
    ///
    /// - Parameters:
    ///   - last: the last link that is asked for now.
    ///   - image: the records.
    mutating func expectMore(
        upTo last: KeyLink = .details, in image: borrowing PatientImage
    ) {
        image.prefetchNext(of: &keys, upTo: last)
    }
}
