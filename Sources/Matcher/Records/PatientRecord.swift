/// One patient record, parsed; filled again for the next row without new memory.
public struct PatientRecord: ~Copyable {
    /// The longest id accepted, in bytes.
    public static let idBytesMax = 255
    /// The longest facility id accepted, in bytes.
    public static let facilityBytesMax = 255
    /// More identifiers besides ABHA and mobile are not taken.
    public static let identifiersMax = 16

    /// A facility's or scheme's identifier.
    public struct Identifier: Sendable {
        /// The folded type, `mr` for a medical record number.
        public let type: TextRange
        /// The folded value.
        public let value: TextRange
    }

    /// Where the texts of this record stand.
    public private(set) var texts = TextArena(capacityBytes: 1024)
    /// The facility's own id of the record, as written.
    public private(set) var id = TextRange.empty
    /// The facility (HIP) that keeps the record; empty for the default one.
    public private(set) var facility = TextRange.empty
    /// The folded name.
    public private(set) var name = TextRange.empty
    /// The gender; `notStated` when absent.
    public private(set) var gender = Gender.notStated
    /// The birth date, or as much of it as is known; nil when absent.
    public private(set) var birthDate: BirthDate?
    /// E.164 digits, 0 when absent.
    public private(set) var mobile: UInt64 = 0
    /// 0 when absent.
    public private(set) var abhaNumber: UInt64 = 0
    /// The normalised ABHA address; empty when absent.
    public private(set) var abhaAddress = TextRange.empty
    /// The folded district; empty when absent.
    public private(set) var district = TextRange.empty
    /// MR numbers and others.
    public private(set) var identifiers: [Identifier] = []

    /// A record without any value.
    public init() {
        identifiers.reserveCapacity(PatientRecord.identifiersMax)
    }

    /// Forgets the record and keeps the memory.
    public mutating func reset() {
        texts.reset()
        id = .empty
        facility = .empty
        name = .empty
        gender = .notStated
        birthDate = nil
        mobile = 0
        abhaNumber = 0
        abhaAddress = .empty
        district = .empty
        identifiers.removeAll(keepingCapacity: true)
    }

    /// Parses a raw value into its field.
    ///
    /// A blank or a stand-in for "nothing" leaves the field absent. Address, state and pincode take no part
    /// in anything and are only passed over; the district only narrows searches by name.
    ///
    /// - Throws: `PatientFieldError`; the field is then absent.
    public mutating func set(
        _ field: PatientField, _ raw: Span<UInt8>
    ) throws(PatientFieldError) {
        guard !raw.holdsNUL else { throw PatientFieldError(field, "holds a NUL byte") }
        try setWithoutNUL(field, raw)
    }

    /// Parses a raw value of which the caller knows that it holds no NUL byte.
    ///
    /// - Throws: as `set`.
    package mutating func setWithoutNUL(
        _ field: PatientField, _ raw: Span<UInt8>
    ) throws(PatientFieldError) {
        guard !raw.isPlaceholder else {
            if field == .id { throw PatientFieldError(.id, "is missing") }
            return
        }
        switch field {
        case .id: try setID(raw)
        case .facility: try setFacility(raw)
        case .name: try setName(raw)
        case .gender: try setGender(raw)
        case .birthDate, .birthYear: try setBirth(raw, field)
        case .mobile: try setMobile(raw)
        case .abhaAddress: try setABHAAddress(raw)
        case .abhaNumber: try setABHANumber(raw)
        case .medicalRecord: try addIdentifier(type: "mr", raw)
        case .district: setDistrict(raw)
        case .address, .state, .pincode: break
        }
    }

    /// Takes a birth date that the source holds as a date, or nil for none.
    public mutating func setBirthDate(_ date: BirthDate?) {
        birthDate = date
    }

    /// Adds a facility's or a scheme's identifier, unless the record has it already.
    ///
    /// - Parameters:
    ///   - type: its type in lower case.
    ///   - raw: its value, as written.
    /// - Throws: `PatientFieldError`.
    public mutating func addIdentifier(
        type: StaticString, _ raw: Span<UInt8>
    ) throws(PatientFieldError) {
        let start = texts.count
        let value: TextRange
        do throws(OtherIdentifierError) {
            value = try OtherIdentifier.fold(raw, into: &texts)
        } catch {
            throw PatientFieldError(.medicalRecord, "is longer than 128 bytes")
        }
        guard !value.isEmpty else { return }
        guard !hasIdentifier(type: type, value) else {
            texts.truncate(to: start)
            return
        }
        guard identifiers.count < PatientRecord.identifiersMax else {
            texts.truncate(to: start)
            throw PatientFieldError(.medicalRecord, "is one of too many")
        }
        let typeStart = texts.count
        for offset in 0..<type.utf8CodeUnitCount {
            unsafe texts.append(type.utf8Start[offset])
        }
        identifiers.append(Identifier(type: texts.range(from: typeStart), value: value))
    }

    private func hasIdentifier(type: StaticString, _ value: TextRange) -> Bool {
        for identifier in identifiers
        where texts.bytes(identifier.type).equalsIgnoringCase(type)
            && texts.bytes(identifier.value).equals(texts.bytes(value))
        {
            return true
        }
        return false
    }

    /// Whether the record can be taken: it has an id.
    ///
    /// An address that was made from an ABHA number also says that number.
    ///
    /// - Throws: `PatientFieldError` naming the id.
    public mutating func finish() throws(PatientFieldError) {
        guard !id.isEmpty else { throw PatientFieldError(.id, "is missing") }
        if abhaNumber == 0, !abhaAddress.isEmpty,
            let number = ABHAAddress.derivedNumber(texts.bytes(abhaAddress))
        {
            abhaNumber = number.digits
        }
    }

    private mutating func setID(_ raw: Span<UInt8>) throws(PatientFieldError) {
        let text = raw.trimmed()
        guard text.count <= PatientRecord.idBytesMax else {
            throw PatientFieldError(.id, "is longer than 255 bytes")
        }
        id = texts.append(text)
    }

    private mutating func setFacility(_ raw: Span<UInt8>) throws(PatientFieldError) {
        let text = raw.trimmed()
        guard text.count <= PatientRecord.facilityBytesMax else {
            throw PatientFieldError(.facility, "is longer than 255 bytes")
        }
        facility = texts.append(text)
    }

    private mutating func setName(_ raw: Span<UInt8>) throws(PatientFieldError) {
        guard raw.count <= NameFolding.bytesMax else {
            throw PatientFieldError(.name, "is longer than 512 bytes")
        }
        name = NameFolding.fold(raw, into: &texts)
    }

    private mutating func setGender(_ raw: Span<UInt8>) throws(PatientFieldError) {
        do throws(GenderError) {
            gender = try Gender(parsing: raw)
        } catch {
            throw PatientFieldError(.gender, "is not one of M, F, O, U, T, D or their words")
        }
    }

    private mutating func setBirth(
        _ raw: Span<UInt8>, _ field: PatientField
    ) throws(PatientFieldError) {
        do throws(BirthDateError) {
            if field == .birthDate {
                if let date = try BirthDate.parse(raw) { birthDate = date }
            } else if let year = try BirthDate.parseYear(raw), birthDate == nil {
                birthDate = year
            }
        } catch {
            switch error {
            case .malformed:
                throw PatientFieldError(
                    field, field == .birthYear ? "is not a year" : "is not a date")
            case .notInThisMonth:
                // Somebody mistyped the day; the year is what decisions look at.
                if let year = try? BirthDate.parse(raw, keepsYear: true) { birthDate = year }
                throw PatientFieldError(
                    field, "is a day that its month does not have; its year is kept",
                    isUnusable: true)
            case .noSuchDay: throw PatientFieldError(field, "is not a day of the calendar")
            case .yearOutOfRange:
                throw PatientFieldError(field, "is not in the years 1850 to 2100")
            }
        }
    }

    private mutating func setMobile(_ raw: Span<UInt8>) throws(PatientFieldError) {
        do throws(PhoneNumberError) {
            mobile = try PhoneNumber(parsing: raw).e164
        } catch {
            switch error {
            case .unexpectedByte:
                throw PatientFieldError(.mobile, "is not a phone number")
            case .masked: throw PatientFieldError(.mobile, "is masked", isUnusable: true)
            case .tooShort: throw PatientFieldError(.mobile, "is too short", isUnusable: true)
            case .tooLong: throw PatientFieldError(.mobile, "is too long", isUnusable: true)
            case .notAMobile:
                throw PatientFieldError(.mobile, "is not a mobile's number", isUnusable: true)
            }
        }
    }

    /// Folded as names are, so that it is found in whichever script it is written.
    private mutating func setDistrict(_ raw: Span<UInt8>) {
        // No district is that long; whatever it is, the record is sound without it.
        guard raw.count <= NameFolding.bytesMax else { return }
        district = NameFolding.fold(raw, into: &texts)
    }

    private mutating func setABHAAddress(_ raw: Span<UInt8>) throws(PatientFieldError) {
        do throws(ABHAAddressError) {
            abhaAddress = try ABHAAddress.parse(raw, into: &texts)
        } catch {
            switch error {
            case .unexpectedByte, .noName:
                throw PatientFieldError(.abhaAddress, "is not an ABHA address")
            case .tooLong: throw PatientFieldError(.abhaAddress, "is longer than 64 bytes")
            case .noDomain, .unknownDomain:
                throw PatientFieldError(.abhaAddress, "does not end in @sbx, @abdm or @ndhm")
            }
        }
    }

    private mutating func setABHANumber(_ raw: Span<UInt8>) throws(PatientFieldError) {
        do throws(ABHANumberError) {
            abhaNumber = try ABHANumber(parsing: raw).digits
        } catch {
            switch error {
            case .unexpectedByte:
                throw PatientFieldError(.abhaNumber, "holds something other than digits")
            case .wrongLength: throw PatientFieldError(.abhaNumber, "does not have 14 digits")
            case .onlyZeros:
                throw PatientFieldError(.abhaNumber, "is all zeros", isUnusable: true)
            }
        }
    }
}
