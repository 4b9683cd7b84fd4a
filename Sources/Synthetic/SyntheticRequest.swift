/// One discover request and what is known about its answer, lent while an iteration stands on it.
public struct SyntheticRequest: ~Copyable {
    /// Who asks, and what leads to the answer.
    ///
    /// The first letter tells whether the person has a record (P) or none (N).
    public enum Kind: String, CaseIterable, Sendable {
        /// The ABHA address leads to a record.
        case knownByABHAAddress = "P_abha_address"
        /// The ABHA number does, and the address does not.
        case knownByABHANumber = "P_abha_number"
        /// The mobile does, and no ABHA identifier does.
        case knownByMobile = "P_mobile"
        /// Only the hospital's own number, which is not verified, does.
        case knownByMRNumber = "P_mr"
        /// There is a record, and no identifier of the request leads to it.
        case unreachable = "P_unreachable"
        /// A sibling of somebody with a record, on the same mobile.
        case sibling = "N_sibling"
        /// A twin of somebody with a record, on the same mobile.
        case twin = "N_twin"
        /// A stranger whose mobile was somebody else's before.
        case recycledMobile = "N_recycled_mobile"
        /// A stranger whom no identifier connects to anybody.
        case stranger = "N_nothing"
    }

    /// Who asks.
    public internal(set) var kind = Kind.stranger
    /// The facility that is asked, as in the X-HIP-ID header, as a number from 1.
    public internal(set) var facility = 1
    /// The rows that belong to the person and that the request may lead to, ascending.
    ///
    /// A row is here if it is the person's, at the facility that is asked, if an identifier of the
    /// request leads to it, and if gender and year of birth (within two) agree; what the row does
    /// not state counts as agreement where an ABHA identifier leads to it, and not elsewhere. An
    /// answer with any of these rows is right; with any other row it is wrong.
    public internal(set) var expectedRows: [Int] = []
    var bytes: [UInt8] = []
    var idBytes: [UInt8] = []

    init() {}

    /// The body as ABDM v0.5 sends it: one JSON object in one line, without the line's end.
    public var body: Span<UInt8> {
        @_lifetime(borrow self)
        get { bytes.span }
    }

    /// The body's requestId.
    public var requestID: Span<UInt8> {
        @_lifetime(borrow self)
        get { idBytes.span }
    }

    /// The facility that is asked, as in the X-HIP-ID header.
    public var facilityID: String { "HIP\(facility)" }
}

/// What a request says of its person.
struct RequestContent {
    var person: SyntheticPerson
    /// The verified mobile, 10 digits.
    var mobile: UInt64
    var sendsABHANumber = false
    var sendsABHAAddress = false
    /// The row whose MR number the person typed.
    var mrRow: Int?

    /// Writes the body.
    func write(
        seed: UInt64, using random: inout SyntheticRandom, into request: inout SyntheticRequest
    ) {
        request.idBytes.removeAll(keepingCapacity: true)
        request.idBytes.appendUUID(using: &random)
        request.bytes.removeAll(keepingCapacity: true)
        request.bytes.append(text: #"{"requestId":""#)
        request.bytes.append(contentsOf: request.idBytes)
        request.bytes.append(text: #"","timestamp":""#)
        request.bytes.append(date: SyntheticDate(year: 2026, using: &random))
        request.bytes.append(UInt8(ascii: "T"))
        request.bytes.append(decimal: UInt64(random.below(24)), width: 2)
        request.bytes.append(UInt8(ascii: ":"))
        request.bytes.append(decimal: UInt64(random.below(60)), width: 2)
        request.bytes.append(UInt8(ascii: ":"))
        request.bytes.append(decimal: UInt64(random.below(60)), width: 2)
        request.bytes.append(UInt8(ascii: "."))
        request.bytes.append(decimal: UInt64(random.below(1000)), width: 3)
        request.bytes.append(text: #"Z","transactionId":""#)
        request.bytes.appendUUID(using: &random)
        request.bytes.append(text: #"","patient":{"id":""#)
        person.writeABHAAddress(into: &request.bytes)
        request.bytes.append(text: #"","verifiedIdentifiers":[{"type":"MOBILE","value":""#)
        switch random.below(10) {
        case 0..<5: request.bytes.append(text: "+91-")
        case 5..<7: request.bytes.append(text: "+91")
        default: break
        }
        request.bytes.append(decimal: mobile)
        request.bytes.append(text: #""}"#)
        if sendsABHANumber {
            request.bytes.append(text: #",{"type":"NDHM_HEALTH_NUMBER","value":""#)
            SyntheticDesk.writeABHANumber(
                person.abhaNumber, dashed: !random.chance(300), into: &request.bytes)
            request.bytes.append(text: #""}"#)
        }
        if sendsABHAAddress {
            request.bytes.append(text: #",{"type":"HEALTH_ID","value":""#)
            person.writeABHAAddress(into: &request.bytes)
            request.bytes.append(text: #""}"#)
        }
        request.bytes.append(text: "]")
        writeUnverified(seed: seed, using: &random, into: &request.bytes)
        request.bytes.append(text: #","name":""#)
        person.writeName(into: &request.bytes)
        request.bytes.append(text: #"","gender":""#)
        request.bytes.append(person.gender.letter)
        request.bytes.append(text: #"","yearOfBirth":"#)
        request.bytes.append(decimal: UInt64(person.birth.year))
        request.bytes.append(text: "}}")
    }

    /// Writes the unverified identifiers in one of the ways to say that there are none.
    private func writeUnverified(
        seed: UInt64, using random: inout SyntheticRandom, into text: inout [UInt8]
    ) {
        if let mrRow {
            text.append(text: #","unverifiedIdentifiers":[{"type":"MR","value":""#)
            SyntheticRegistration.writeMRNumber(row: mrRow, seed: seed, into: &text)
            text.append(text: #""}]"#)
            return
        }
        switch random.below(10) {
        case 0..<6: text.append(text: #","unverifiedIdentifiers":[]"#)
        case 6..<8: text.append(text: #","unverifiedIdentifiers":null"#)
        default: break
        }
    }
}
