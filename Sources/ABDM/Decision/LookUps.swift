internal import Index
internal import Matcher

/// The look-ups of one request: begun as early as its identifiers are known, or guessed.
///
/// Each follows a chain of places in memory that are far away. The calls below come in their order, each
/// with some other work between, during which what was asked for arrives. None of them changes an answer.
struct LookUps: ~Copyable {
    /// How many calls ask for all links: `expect`, then `expectMore` for what the buckets lead to, for the rows of
    /// lists, and for care contexts.
    static let stepCount = 4

    /// The key of each of the query's identifiers; nil where no row has its type.
    private var keys = ScratchList<IdentifierKey?>(capacity: PatientQuery.identifiersMax)
    /// Whether the request has an identifier that was not foreseen.
    private var wasSurprised = false

    /// The key of the query's identifier at an index; nil where no row has its type.
    @inline(__always)
    func key(ofIdentifier index: Int) -> IdentifierKey? { keys[index] }

    /// Has none.
    mutating func forget() { keys.removeAll() }

    /// Takes the query's identifiers in the place of those of the request before, and starts to look up those
    /// that were not foreseen.
    ///
    /// - Parameters:
    ///   - identifiers: those of the query.
    ///   - texts: the query's texts.
    ///   - foresight: what was looked up before.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func expect(
        _ identifiers: borrowing ScratchList<QueryIdentifier>, texts: borrowing TextArena,
        foreseenBy foresight: borrowing Foresight, facility: UInt16?,
        in image: borrowing PatientImage
    ) {
        keys.removeAll()
        wasSurprised = false
        guard let facility else { return }
        for index in identifiers.indices {
            let identifier = identifiers[index]
            if var key = foresight.key(of: identifier, texts: texts) {
                image.prefetchNext(of: &key)
                keys.append(key)
            } else if var key = image.key(of: identifier, texts: texts, facility: facility) {
                image.prefetchBucket(of: &key)
                keys.append(key)
                wasSurprised = true
            } else {
                keys.append(nil)
            }
        }
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
        for index in keys.indices {
            guard var key = keys[index], key.next <= last else { continue }
            image.prefetchNext(of: &key, upTo: last)
            keys[index] = key
        }
    }
}
