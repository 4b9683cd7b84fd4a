/// One identifier of a request, parsed.
public struct QueryIdentifier: Sendable, BitwiseCopyable {
    /// What it is.
    public var kind: IdentifierKind
    /// Whether ABDM says that it was verified.
    public var isVerified: Bool
    /// Whether only `patient.id` says it: a way to candidates, but no verified identifier of its own.
    public var isOnlyPatientID = false
    /// The digits of an ABHA number or a mobile, else 0.
    public var number: UInt64 = 0
    /// The folded text of an address, a record number or another identifier.
    public var text = TextRange.empty
    /// The folded type's name, for `other`.
    public var type = TextRange.empty
}

/// The person who asks, normalised once; the memory serves the next request too.
public struct PatientQuery: ~Copyable {
    /// More identifiers than these are refused at the door.
    public static let identifiersMax = 64

    /// Where every text of this request stands.
    public var texts = TextArena(capacityBytes: 2048)
    /// All usable identifiers, `patient.id` first.
    public var identifiers: [QueryIdentifier] {
        identifierList.indices.map { identifierList[$0] }
    }
    /// The same, for those who must not allocate.
    public private(set) var identifierList = ScratchList<QueryIdentifier>(
        capacity: identifiersMax)
    /// The gender; `notStated` when the request does not say.
    public var gender = Gender.notStated
    /// 0 when the request does not say.
    public var birthYear = 0
    /// The folded name; empty when the request has none.
    public private(set) var foldedName = TextRange.empty

    /// A query about nobody yet.
    public init() {}

    /// Forgets the person and keeps the memory.
    public mutating func reset() {
        texts.reset()
        identifierList.removeAll()
        gender = .notStated
        birthYear = 0
        foldedName = .empty
    }

    /// Takes the person's name, as written.
    public mutating func setName(_ raw: Span<UInt8>) {
        foldedName = NameFolding.fold(raw, into: &texts)
    }

    /// Makes a comparer compare the person's name from now on.
    ///
    /// The comparer is not the query's: it remembers names that were met, and serves many requests.
    @inline(__always)
    public func prepare(_ comparer: inout NameComparer) {
        comparer.prepare(texts.bytes(foldedName))
    }

    /// Takes an identifier, if it is one that can be looked up.
    ///
    /// - Parameters:
    ///   - kind: what it is.
    ///   - value: its text, as written.
    ///   - type: the name of the type, for `other`; else ignored.
    ///   - isVerified: whether ABDM says that it was verified.
    ///   - isPatientID: whether it is `patient.id`.
    /// - Returns: whether it was usable; a masked mobile or a malformed number is not.
    @discardableResult
    public mutating func add(
        _ kind: IdentifierKind, value: Span<UInt8>, type: Span<UInt8>, isVerified: Bool,
        isPatientID: Bool = false
    ) -> Bool {
        guard !value.isPlaceholder else { return false }
        var identifier = QueryIdentifier(
            kind: kind, isVerified: isVerified, isOnlyPatientID: isPatientID)
        switch kind {
        case .abhaAddress:
            guard let text = try? ABHAAddress.parse(value, into: &texts) else { return false }
            identifier.text = text
        case .abhaNumber:
            guard let number = try? ABHANumber(parsing: value) else { return false }
            identifier.number = number.digits
        case .mobile:
            guard let phone = try? PhoneNumber(parsing: value) else { return false }
            identifier.number = phone.e164
        case .other:
            guard let folded = try? OtherIdentifier.fold(type, into: &texts), !folded.isEmpty else {
                return false
            }
            identifier.type = folded
            fallthrough
        case .medicalRecord:
            guard let folded = try? OtherIdentifier.fold(value, into: &texts), !folded.isEmpty
            else { return false }
            identifier.text = folded
        }
        guard !isRepeated(identifier) else { return true }
        identifierList.append(identifier)
        if kind == .abhaAddress { addNumber(derivedFrom: identifier) }
        return true
    }

    /// Whether the request has an identifier of one of these kinds, of either list.
    public func has(_ kinds: IdentifierKinds) -> Bool {
        for index in identifierList.indices
        where kinds.contains(IdentifierKinds(identifierList[index].kind)) {
            return true
        }
        return false
    }

    /// An address that was made from an ABHA number says that number too.
    private mutating func addNumber(derivedFrom address: QueryIdentifier) {
        guard let number = ABHAAddress.derivedNumber(texts.bytes(address.text)) else { return }
        let derived = QueryIdentifier(
            kind: .abhaNumber, isVerified: address.isVerified,
            isOnlyPatientID: address.isOnlyPatientID, number: number.digits)
        if !isRepeated(derived) { identifierList.append(derived) }
    }

    /// The same identifier twice is one; a verified one makes the other verified.
    @inline(__always)
    private mutating func isRepeated(_ new: QueryIdentifier) -> Bool {
        for index in identifierList.indices {
            let old = identifierList[index]
            guard old.kind == new.kind, old.number == new.number,
                texts.bytes(old.text).equals(texts.bytes(new.text)),
                texts.bytes(old.type).equals(texts.bytes(new.type))
            else { continue }
            if new.isVerified {
                identifierList[index].isVerified = true
                if !new.isOnlyPatientID { identifierList[index].isOnlyPatientID = false }
            }
            return true
        }
        return false
    }
}
