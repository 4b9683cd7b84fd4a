internal import Index
internal import JSON
internal import Matcher

/// A request that is being answered: its body and what it asks.
struct OpenRequest: ~Copyable {
    var document = JSONDocument()
    var request = DiscoverRequest()
    /// Where the keys of its identifiers begin among the look-ups.
    private(set) var firstKey = 0
    /// Why it is refused; nil while it is not.
    private(set) var refusal: String?

    /// Parses a body, in the place of the one before.
    ///
    /// - Returns: false where it is refused.
    mutating func parse(_ body: Span<UInt8>) -> Bool {
        refusal = nil
        do throws(JSONError) {
            try document.parse(body)
            return true
        } catch {
            refusal = "The body is not JSON: \(error.reason)"
            return false
        }
    }

    /// Reads the parsed body's identifiers: what look-ups wait for comes first.
    ///
    /// - Returns: false where it is refused.
    mutating func decodeIdentifiers() -> Bool {
        do throws(DiscoverRequestError) {
            try request.decodeIdentifiers(document)
            return true
        } catch {
            refusal = error.message
            return false
        }
    }

    /// Adds the identifiers to what is looked up; asks for nothing yet.
    ///
    /// - Parameters:
    ///   - lookUps: those of the requests before it in its group.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func add(
        to lookUps: inout LookUps, facility: UInt16?, in image: borrowing PatientImage
    ) {
        firstKey = lookUps.count
        lookUps.append(
            request.query.identifierList, texts: request.query.texts, facility: facility, in: image)
    }

    /// Starts to look up the identifiers, further those that were foreseen.
    ///
    /// - Parameters:
    ///   - lookUps: of this request alone.
    ///   - foresight: what was looked up before.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    mutating func begin(
        _ lookUps: inout LookUps, foreseenBy foresight: borrowing Foresight, facility: UInt16?,
        in image: borrowing PatientImage
    ) {
        firstKey = 0
        lookUps.forget()
        lookUps.append(
            request.query.identifierList, texts: request.query.texts, foreseenBy: foresight,
            facility: facility, in: image)
    }

    /// Reads the rest; the person's name is only noted, see `takeName`.
    ///
    /// - Returns: false where it is refused.
    mutating func decodeRest() -> Bool {
        do throws(DiscoverRequestError) {
            try request.decodeRest(document)
            return true
        } catch {
            refusal = error.message
            return false
        }
    }

    /// Folds the person's name, which no look-up needs.
    mutating func takeName() { request.takeName(document) }

    /// Reads a whole body, in the place of the one before; its look-ups are still to begin.
    ///
    /// - Returns: false where it is refused.
    mutating func read(_ body: Span<UInt8>) -> Bool {
        guard parse(body), decodeIdentifiers(), decodeRest() else { return false }
        takeName()
        return true
    }

    /// The same for a body that is a callback's.
    ///
    /// - Throws: `MessageError`, naming the field at fault, where it is refused.
    mutating func read(message body: Span<UInt8>) throws(MessageError) {
        refusal = nil
        try document.parse(body: body)
        do throws(DiscoverRequestError) {
            try request.decodeIdentifiers(document)
            try request.decodeRest(document)
        } catch {
            throw MessageError(error.field.text, "\(error.problem)")
        }
        takeName()
    }
}

/// Requests side by side, which are decoded first and then decided; their memory serves the next ones too.
@safe struct OpenRequests: ~Copyable {
    /// How many there may be.
    static let countMax = 16

    private let requests: UnsafeMutablePointer<OpenRequest>
    /// How many there are.
    private(set) var count = 1

    /// One request: whoever answers them one at a time needs no memory for more.
    init() {
        unsafe requests = .allocate(capacity: Self.countMax)
        unsafe requests.initialize(to: OpenRequest())
    }

    deinit {
        unsafe requests.deinitialize(count: count)
        unsafe requests.deallocate()
    }

    /// Makes so many, at most `countMax`, unless there are.
    mutating func make(_ wanted: Int) {
        precondition(wanted <= Self.countMax)
        while count < wanted {
            unsafe (requests + count).initialize(to: OpenRequest())
            count += 1
        }
    }

    subscript(place: Int) -> OpenRequest {
        @inline(__always) _read {
            precondition(place >= 0 && place < count)
            yield unsafe requests[place]
        }
        @inline(__always) _modify {
            precondition(place >= 0 && place < count)
            yield unsafe &requests[place]
        }
    }
}
