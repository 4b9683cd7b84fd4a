internal import Index
internal import Matcher

/// The look-ups of a request that began before it was decoded.
///
/// A guess from its bytes: a key that was not foreseen is looked up all the same. None of this changes an
/// answer.
struct Foresight: ~Copyable {
    private var glance = BodyGlance()
    private var keys = ScratchList<IdentifierKey>(capacity: BodyGlance.identifiersMax)

    /// Has foreseen nothing.
    mutating func forget() {
        glance.forget()
        keys.removeAll()
    }

    /// Starts to look up what a request seems to ask for, and forgets the one before.
    ///
    /// - Parameters:
    ///   - body: the request.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func look(
        at body: Span<UInt8>, facility: UInt16?, in image: borrowing PatientImage
    ) {
        forget()
        guard let facility else { return }
        glance.look(at: body)
        for index in glance.identifiers.indices {
            let identifier = glance.identifiers[index]
            var key =
                identifier.kind == .abhaAddress
                ? image.key(ofAddress: glance.texts.bytes(identifier.text), facility: facility)
                : image.key(of: identifier.kind, number: identifier.number, facility: facility)
            image.prefetchBucket(of: &key)
            keys.append(key)
        }
    }

    /// Starts to bring each key's next link, which the one before leads to.
    mutating func expectMore(in image: borrowing PatientImage) {
        image.prefetchNext(of: &keys)
    }

    /// The key of a decoded identifier; nil when it was not foreseen.
    @inline(__always)
    func key(of identifier: QueryIdentifier, texts: borrowing TextArena) -> IdentifierKey? {
        glance.place(of: identifier, texts).map { keys[$0] }
    }
}
