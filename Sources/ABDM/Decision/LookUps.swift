internal import Index
internal import Matcher

/// The look-ups of a request, or of a group: begun as early as identifiers are known, or guessed.
///
/// Each follows a chain of places in memory that are far away. The calls below come in their order, each
/// with some other work between, during which what was asked for arrives. None of them changes an answer.
struct LookUps: ~Copyable {
    /// The keys of the identifiers of all requests, one request behind the other.
    private(set) var keys = ScratchList<IdentifierKey>(capacity: PatientQuery.identifiersMax)
    /// Of a group.
    private var lookAhead = KeyLookAhead()
    /// Whether a request has an identifier that was not foreseen.
    private var wasSurprised = false

    /// How many identifiers were taken: the place of the first key of the next request.
    var count: Int { keys.count }

    /// The key at a place; nil where no row has its type.
    @inline(__always)
    func key(at place: Int) -> IdentifierKey? {
        let key = keys[place]
        return key.isSomewhere ? key : nil
    }

    /// Has none.
    mutating func forget() {
        keys.removeAll()
        wasSurprised = false
    }

    /// Takes a query's identifiers behind those of the requests before; asks for nothing yet.
    ///
    /// - Parameters:
    ///   - identifiers: those of the query.
    ///   - texts: the query's texts.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func append(
        _ identifiers: borrowing ScratchList<QueryIdentifier>, texts: borrowing TextArena,
        facility: UInt16?, in image: borrowing PatientImage
    ) {
        guard let facility else { return }
        image.appendKeys(of: identifiers, texts: texts, facility: facility, to: &keys)
    }

    /// Takes a query's identifiers, and starts to look up those that were not foreseen, further the others.
    ///
    /// - Parameters:
    ///   - identifiers: those of the query.
    ///   - texts: the query's texts.
    ///   - foresight: what was looked up before.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func append(
        _ identifiers: borrowing ScratchList<QueryIdentifier>, texts: borrowing TextArena,
        foreseenBy foresight: borrowing Foresight, facility: UInt16?,
        in image: borrowing PatientImage
    ) {
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

    /// Brings everything that decisions on a group will read: a link of all keys, then the next one of all, so that
    /// all wait at the same time.
    mutating func expectAll(in image: borrowing PatientImage) {
        lookAhead.look(ahead: &keys, in: image)
    }

    /// Starts to bring what the buckets of the other identifiers lead to.
    mutating func expectSurprises(in image: borrowing PatientImage) {
        if wasSurprised { expectMore(in: image) }
    }

    /// Starts to bring each identifier's next link, which the one before leads to.
    mutating func expectMore(in image: borrowing PatientImage) {
        image.prefetchNext(of: &keys)
    }
}
