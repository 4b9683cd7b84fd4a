internal import Index
internal import Matcher

/// The look-ups of one request: begun as early as its identifiers are known, or guessed.
///
/// Each follows a chain of places in memory that are far away. The calls below come in their order, each
/// with some other work between, during which what was asked for arrives. None of them changes an answer.
struct LookUps: ~Copyable {
    /// The key of each of the query's identifiers; nil where no row has its type.
    private var keys = ScratchList<IdentifierKey?>(capacity: PatientQuery.identifiersMax)
    /// The keys of what the request seemed to ask for before it was decoded.
    private var foreseen = ScratchList<IdentifierKey>(capacity: BodyGlance.identifiersMax)
    /// Whether the request has an identifier that was not foreseen.
    private var wasSurprised = false

    /// The key of the query's identifier at an index; nil where no row has its type.
    @inline(__always)
    func key(ofIdentifier index: Int) -> IdentifierKey? { keys[index] }

    /// Starts to look up what a request seems to ask for, and forgets the one before.
    ///
    /// - Parameters:
    ///   - glance: what was seen of the request.
    ///   - body: the request.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func foresee(
        _ glance: borrowing BodyGlance, of body: Span<UInt8>, facility: UInt16?,
        in image: borrowing PatientImage
    ) {
        keys.removeAll()
        foreseen.removeAll()
        wasSurprised = false
        guard let facility else { return }
        for index in glance.identifiers.indices {
            let identifier = glance.identifiers[index]
            var key =
                identifier.kind == .abhaAddress
                ? image.key(
                    ofAddress: body.extracting(identifier.start..<identifier.end),
                    facility: facility)
                : image.key(of: identifier.kind, number: identifier.number, facility: facility)
            image.prefetchBucket(of: &key)
            foreseen.append(key)
        }
    }

    /// Starts to bring what the buckets of the foreseen identifiers lead to.
    mutating func expectForeseen(in image: borrowing PatientImage) {
        for index in foreseen.indices { image.prefetchEntry(of: &foreseen[index]) }
    }

    /// Takes the query's identifiers, and starts to look up those that were not foreseen.
    ///
    /// - Parameters:
    ///   - identifiers: those of the query.
    ///   - texts: the query's texts.
    ///   - glance: what `foresee` was told.
    ///   - body: the request.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func expect(
        _ identifiers: borrowing ScratchList<QueryIdentifier>, texts: borrowing TextArena,
        foreseenBy glance: borrowing BodyGlance, of body: Span<UInt8>, facility: UInt16?,
        in image: borrowing PatientImage
    ) {
        guard let facility else { return }
        for index in identifiers.indices {
            let identifier = identifiers[index]
            if let place = glance.place(of: identifier, texts, in: body) {
                keys.append(foreseen[place])
            } else {
                keys.append(image.key(of: identifier, texts: texts, facility: facility))
                wasSurprised = true
            }
        }
        expectMore(in: image)
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
            guard var key = keys[index] else { continue }
            image.prefetchNext(of: &key, upTo: last)
            keys[index] = key
        }
    }
}
