/// A field of a person's code.
public enum ScannedField: String, Sendable, CaseIterable {
    /// The ABHA number.
    case hidn
    /// The ABHA address, as apps write it.
    case phr
    /// The ABHA address, as cards write it.
    case hid
    /// The person's name.
    case name
    /// The person's gender.
    case gender
    /// The date of birth.
    case dob
    /// The mobile number, nearly always with digits hidden.
    case mobile
    /// The state's number in the Local Government Directory.
    case statelgd
    /// The district's number there.
    case distlgd
    /// The state's name.
    case stateName = "state name"
    /// The district's name.
    case districtName = "district_name"
    /// House, street, place.
    case address
}

/// Why a scanned text is not a person's code: the field and what is wrong, never the value.
public enum ScanError: Error, Equatable, Sendable {
    /// There is nothing.
    case empty
    /// It is longer than any QR code.
    case tooLong(bytesMax: Int)
    /// It is not the JSON object that ABDM's apps and cards show.
    case notAPersonCode
    /// It is the code of a facility's counter, which patients scan, not desks.
    case facilityCode
    /// A field that must be there is not, or says nothing.
    case missing(ScannedField)
    /// A field holds something else than it should.
    case invalid(ScannedField)
    /// A field is there twice.
    case twice(ScannedField)
    /// Two fields say different things of the same.
    case contradiction(ScannedField, ScannedField)
}

extension ScanError: CustomStringConvertible {
    /// One line for the desk.
    public var description: String {
        switch self {
        case .empty: "nothing was scanned"
        case .tooLong(let bytesMax): "the scanned text is longer than \(bytesMax) bytes"
        case .notAPersonCode: "the scanned text is not the QR code of an ABHA card or app"
        case .facilityCode: "the scanned QR code is a facility's, not a person's"
        case .missing(let field): "\(field.rawValue) is missing"
        case .invalid(let field): "\(field.rawValue) \(Self.demand(field))"
        case .twice(let field): "\(field.rawValue) stands twice"
        case .contradiction(let one, let other): "\(one.rawValue) contradicts \(other.rawValue)"
        }
    }

    private static func demand(_ field: ScannedField) -> String {
        switch field {
        case .hidn: "must be an ABHA number of 14 digits"
        case .phr, .hid: "must be an ABHA address such as name@sbx"
        case .name: "must be text of at most \(ScannedProfile.nameBytesMax) bytes"
        case .gender: "must be one of M, F, O, T, U, D"
        case .dob: "must be a date of birth, day first, or a year"
        case .mobile: "must be a mobile number"
        case .statelgd, .distlgd: "must be a number"
        case .stateName, .districtName, .address: "must be text"
        }
    }
}
