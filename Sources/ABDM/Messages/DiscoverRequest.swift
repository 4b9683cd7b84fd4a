internal import JSON
internal import Matcher

/// A discover request of v0.5 or v3, decoded and validated; filled again for the next one.
///
/// Source: ABDM gateway v0.5 `PatientDiscoveryRequest` and its v3 successor. Missing and null members
/// are alike; unknown members are ignored; a known member that stands twice is refused, because two
/// readers of the same body must not see two persons.
struct DiscoverRequest: ~Copyable {
    static let correlationBytesMax = 256
    static let identifierBytesMax = 256

    var query = PatientQuery()
    /// The string nodes of the document that was decoded last; nil when absent.
    private(set) var requestID: JSONNode?
    private(set) var transactionID: JSONNode?
    private(set) var name: JSONNode?
    /// Whether the request speaks v3, and `matchedBy` must.
    ///
    /// The identifiers' types say it. Where they are of both versions (`MOBILE`, `MR`), the body does:
    /// v0.5 must carry a request id, v3 sends it as a header.
    var isV3: Bool { version.map { $0 == .v3 } ?? (requestID == nil) }
    private var version: WireVersion?
    /// Identifiers whose type or value could not be used.
    private(set) var unusableIdentifiers = 0
    private var body = BodyMembers()
    private var person = PatientMembers()

    // MARK: Decoding, in this order; what look-ups wait for comes first

    /// Notes the members of a parsed document, and reads the identifiers.
    mutating func decodeIdentifiers(
        _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        query.reset()
        requestID = nil
        transactionID = nil
        name = nil
        version = nil
        unusableIdentifiers = 0
        guard document.node(document.root, is: .object) else {
            throw DiscoverRequestError("body", "must be an object")
        }
        try body.read(document.root, document)
        // A null or empty one is found by `decodeRest`.
        guard body.transactionID != nil else {
            throw DiscoverRequestError("transactionId", "is missing")
        }
        guard let patient = body.patient, !document.node(patient, is: .null) else {
            throw DiscoverRequestError("patient", "is missing")
        }
        guard document.node(patient, is: .object) else {
            throw DiscoverRequestError("patient", "must be an object")
        }
        try person.read(patient, document)
        guard let address = try MemberReader.bytes(person.id, "patient.id", document) else {
            throw DiscoverRequestError("patient.id", "is missing")
        }
        guard !address.trimmed().isEmpty else {
            throw DiscoverRequestError("patient.id", "is empty")
        }
        guard address.count <= Self.identifierBytesMax else {
            throw DiscoverRequestError("patient.id", "is longer than 256 bytes")
        }
        query.add(
            .abhaAddress, value: address, type: address, isVerified: true, isPatientID: true)
        try decodeIdentifiers(person.verified, isVerified: true, document)
        try decodeIdentifiers(person.unverified, isVerified: false, document)
    }

    /// Reads the rest; the person's name is only noted, see `takeName`.
    mutating func decodeRest(
        _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        requestID = try Self.correlation(body.requestID, "requestId", document)
        transactionID = try Self.correlation(body.transactionID, "transactionId", document)
        guard transactionID != nil else {
            throw DiscoverRequestError("transactionId", "is missing")
        }
        guard let name = try MemberReader.bytes(person.name, "patient.name", document) else {
            throw DiscoverRequestError("patient.name", "is missing")
        }
        guard name.count <= NameFolding.bytesMax else {
            throw DiscoverRequestError("patient.name", "is longer than 512 bytes")
        }
        self.name = person.name
        guard let gender = try MemberReader.bytes(person.gender, "patient.gender", document) else {
            throw DiscoverRequestError("patient.gender", "is missing")
        }
        // A gender that ABDM may add one day is not stated in words that we know.
        query.gender = (try? Gender(parsing: gender)) ?? .notStated
        query.birthYear = try MemberReader.year(person.yearOfBirth, "patient.yearOfBirth", document)
    }

    private mutating func decodeIdentifiers(
        _ list: JSONNode?, isVerified: Bool, _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        guard let list, !document.node(list, is: .null) else { return }
        guard document.node(list, is: .array) else {
            throw DiscoverRequestError(Self.field(isVerified), "must be an array")
        }
        var index = 0
        var elements = document.elements(of: list)
        while let element = elements.next(in: document) {
            guard index < PatientQuery.identifiersMax else {
                throw DiscoverRequestError(Self.field(isVerified), "has more than 64 entries")
            }
            try decodeIdentifier(element, index, isVerified, document)
            index += 1
        }
    }

    private mutating func decodeIdentifier(
        _ identifier: JSONNode, _ index: Int, _ isVerified: Bool,
        _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        /// Where an error is.
        func field(_ subfield: StaticString = "") -> FieldPath {
            Self.field(isVerified).element(index, subfield)
        }
        guard document.node(identifier, is: .object) else {
            throw DiscoverRequestError(field(), "must be an object")
        }
        var members = document.members(of: identifier)
        // In the order of nearly all senders; what comes in another one is found behind.
        var type = members.take("type", in: document)
        var value = members.take("value", in: document)
        while let member = members.next(in: document) {
            let name = document.bytes(of: member.name)
            if name.equals("type") {
                try MemberReader.put(member.value, into: &type, field(".type"))
            } else if name.equals("value") {
                try MemberReader.put(member.value, into: &value, field(".value"))
            }
        }
        guard let typeName = try MemberReader.bytes(type, field(".type"), document) else {
            throw DiscoverRequestError(field(".type"), "is missing")
        }
        let meaning = WireIdentifierType.meaning(of: typeName)
        if version != .v3, let version = meaning.version { self.version = version }
        // v3 sends identifiers without a value; they say nothing.
        guard let text = try MemberReader.bytes(value, field(".value"), document) else {
            unusableIdentifiers += 1
            return
        }
        guard text.count <= Self.identifierBytesMax else {
            throw DiscoverRequestError(field(".value"), "is longer than 256 bytes")
        }
        guard typeName.count <= Self.identifierBytesMax else {
            throw DiscoverRequestError(field(".type"), "is longer than 256 bytes")
        }
        if !query.add(meaning.kind, value: text, type: typeName, isVerified: isVerified) {
            unusableIdentifiers += 1
        }
    }

    /// The list of identifiers that an error is about.
    private static func field(_ isVerified: Bool) -> FieldPath {
        isVerified ? "patient.verifiedIdentifiers" : "patient.unverifiedIdentifiers"
    }

    /// Folds the name, which no look-up needs, once the look-ups are under way.
    ///
    /// - Parameter document: the one that was decoded.
    mutating func takeName(_ document: borrowing JSONDocument) {
        if let name { query.setName(document.bytes(of: name)) }
    }

    // MARK: Members

    @inline(__always)
    private static func correlation(
        _ node: JSONNode?, _ field: @autoclosure () -> FieldPath, _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) -> JSONNode? {
        // v3 sends `"requestId": ""` and means the header.
        guard let text = try MemberReader.bytes(node, field(), document) else { return nil }
        guard text.count <= correlationBytesMax else {
            throw DiscoverRequestError(field(), "is longer than 256 bytes")
        }
        return text.isEmpty ? nil : node
    }
}

/// The members of the body, each at most once.
private struct BodyMembers {
    var requestID: JSONNode?
    var transactionID: JSONNode?
    var patient: JSONNode?

    @inline(__always)
    mutating func read(
        _ object: JSONNode, _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        var members = document.members(of: object)
        // In the order of nearly all senders; what comes in another one is found behind.
        requestID = members.take("requestId", in: document)
        _ = members.take("timestamp", in: document)
        transactionID = members.take("transactionId", in: document)
        patient = members.take("patient", in: document)
        while let member = members.next(in: document) {
            try take(document.bytes(of: member.name), member.value)
        }
    }

    private mutating func take(_ name: Span<UInt8>, _ value: JSONNode) throws(DiscoverRequestError)
    {
        if name.equals("patient") {
            try MemberReader.put(value, into: &patient, "patient")
        } else if name.equals("transactionId") {
            try MemberReader.put(value, into: &transactionID, "transactionId")
        } else if name.equals("requestId") {
            try MemberReader.put(value, into: &requestID, "requestId")
        }
    }
}

/// The members of `patient`, each at most once.
private struct PatientMembers {
    var id: JSONNode?
    var name: JSONNode?
    var gender: JSONNode?
    var yearOfBirth: JSONNode?
    var verified: JSONNode?
    var unverified: JSONNode?

    @inline(__always)
    mutating func read(
        _ object: JSONNode, _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        var members = document.members(of: object)
        // In the order of nearly all senders; what comes in another one is found behind.
        id = members.take("id", in: document)
        verified = members.take("verifiedIdentifiers", in: document)
        unverified = members.take("unverifiedIdentifiers", in: document)
        name = members.take("name", in: document)
        gender = members.take("gender", in: document)
        yearOfBirth = members.take("yearOfBirth", in: document)
        while let member = members.next(in: document) {
            try take(document.bytes(of: member.name), member.value)
        }
    }

    private mutating func take(_ name: Span<UInt8>, _ value: JSONNode) throws(DiscoverRequestError)
    {
        if name.equals("id") {
            try MemberReader.put(value, into: &id, "patient.id")
        } else if name.equals("name") {
            try MemberReader.put(value, into: &self.name, "patient.name")
        } else if name.equals("gender") {
            try MemberReader.put(value, into: &gender, "patient.gender")
        } else if name.equals("yearOfBirth") {
            try MemberReader.put(value, into: &yearOfBirth, "patient.yearOfBirth")
        } else if name.equals("verifiedIdentifiers") {
            try MemberReader.put(value, into: &verified, "patient.verifiedIdentifiers")
        } else if name.equals("unverifiedIdentifiers") {
            try MemberReader.put(value, into: &unverified, "patient.unverifiedIdentifiers")
        }
    }
}
