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
        body = BodyMembers()
        var members = document.members(of: document.root)
        while let member = members.next(in: document) {
            try body.take(document.bytes(of: member.name), member.value)
        }
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
        person = PatientMembers()
        members = document.members(of: patient)
        while let member = members.next(in: document) {
            try person.take(document.bytes(of: member.name), member.value)
        }
        guard let id = try MemberReader.string(person.id, "patient.id", document) else {
            throw DiscoverRequestError("patient.id", "is missing")
        }
        let address = document.bytes(of: id)
        guard !address.trimmed().isEmpty else {
            throw DiscoverRequestError("patient.id", "is empty")
        }
        guard address.count <= Self.identifierBytesMax else {
            throw DiscoverRequestError("patient.id", "is longer than 256 bytes")
        }
        query.add(
            .abhaAddress, value: address, type: address, isVerified: true, isPatientID: true)
        try decodeIdentifiers(
            person.verified, "patient.verifiedIdentifiers", isVerified: true, document)
        try decodeIdentifiers(
            person.unverified, "patient.unverifiedIdentifiers", isVerified: false, document)
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
        guard let name = try MemberReader.string(person.name, "patient.name", document) else {
            throw DiscoverRequestError("patient.name", "is missing")
        }
        guard document.bytes(of: name).count <= NameFolding.bytesMax else {
            throw DiscoverRequestError("patient.name", "is longer than 512 bytes")
        }
        self.name = name
        guard let gender = try MemberReader.string(person.gender, "patient.gender", document) else {
            throw DiscoverRequestError("patient.gender", "is missing")
        }
        // A gender that ABDM may add one day is not stated in words that we know.
        query.gender = (try? Gender(parsing: document.bytes(of: gender))) ?? .notStated
        query.birthYear = try MemberReader.year(person.yearOfBirth, "patient.yearOfBirth", document)
    }

    private mutating func decodeIdentifiers(
        _ list: JSONNode?, _ field: FieldPath, isVerified: Bool,
        _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        guard let list, !document.node(list, is: .null) else { return }
        guard document.node(list, is: .array) else {
            throw DiscoverRequestError(field, "must be an array")
        }
        var index = 0
        var elements = document.elements(of: list)
        while let element = elements.next(in: document) {
            guard index < PatientQuery.identifiersMax else {
                throw DiscoverRequestError(field, "has more than 64 entries")
            }
            guard document.node(element, is: .object) else {
                throw DiscoverRequestError(field.element(index), "must be an object")
            }
            try decodeIdentifier(element, field, index, isVerified, document)
            index += 1
        }
    }

    private mutating func decodeIdentifier(
        _ identifier: JSONNode, _ field: FieldPath, _ index: Int, _ isVerified: Bool,
        _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        var type: JSONNode?
        var value: JSONNode?
        var members = document.members(of: identifier)
        while let member = members.next(in: document) {
            let name = document.bytes(of: member.name)
            if name.equals("type") {
                try MemberReader.put(member.value, into: &type, field.element(index, ".type"))
            } else if name.equals("value") {
                try MemberReader.put(member.value, into: &value, field.element(index, ".value"))
            }
        }
        guard let type = try MemberReader.string(type, field.element(index, ".type"), document)
        else {
            throw DiscoverRequestError(field.element(index, ".type"), "is missing")
        }
        let typeName = document.bytes(of: type)
        let meaning = WireIdentifierType.meaning(of: typeName)
        if version != .v3, let version = meaning.version { self.version = version }
        // v3 sends identifiers without a value; they say nothing.
        guard let value = try MemberReader.string(value, field.element(index, ".value"), document)
        else {
            unusableIdentifiers += 1
            return
        }
        let text = document.bytes(of: value)
        guard text.count <= Self.identifierBytesMax else {
            throw DiscoverRequestError(field.element(index, ".value"), "is longer than 256 bytes")
        }
        guard typeName.count <= Self.identifierBytesMax else {
            throw DiscoverRequestError(field.element(index, ".type"), "is longer than 256 bytes")
        }
        if !query.add(meaning.kind, value: text, type: typeName, isVerified: isVerified) {
            unusableIdentifiers += 1
        }
    }

    /// Folds the name, which no look-up needs, once the look-ups are under way.
    ///
    /// - Parameter document: the one that was decoded.
    mutating func takeName(_ document: borrowing JSONDocument) {
        if let name { query.setName(document.bytes(of: name)) }
    }

    // MARK: Members

    private static func correlation(
        _ node: JSONNode?, _ field: FieldPath, _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) -> JSONNode? {
        // v3 sends `"requestId": ""` and means the header.
        guard let text = try MemberReader.string(node, field, document) else { return nil }
        let count = document.bytes(of: text).count
        guard count <= correlationBytesMax else {
            throw DiscoverRequestError(field, "is longer than 256 bytes")
        }
        return count > 0 ? text : nil
    }
}

/// The members of the body, each at most once.
private struct BodyMembers {
    var requestID: JSONNode?
    var transactionID: JSONNode?
    var patient: JSONNode?

    @inline(__always)
    mutating func take(_ name: Span<UInt8>, _ value: JSONNode) throws(DiscoverRequestError) {
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
    mutating func take(_ name: Span<UInt8>, _ value: JSONNode) throws(DiscoverRequestError) {
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
