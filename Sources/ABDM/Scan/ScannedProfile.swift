internal import JSON
public import Matcher

/// Where addresses live that nobody chose.
public enum ABHADomain: String, Sendable, CaseIterable {
    /// The sandbox.
    case sandbox = "sbx"
    /// The real one.
    case production = "abdm"
}

/// A person's own QR code, read at a desk from a card or an app.
///
/// The code is not signed: what it says is a claim until the person has confirmed it.
public struct ScannedProfile: Sendable, Equatable {
    /// The ABHA address, trimmed and in lower case.
    public let address: String
    /// Whether the code had no address, so that it was made of the ABHA number.
    public let isAddressDerived: Bool
    /// The ABHA number, also where only a derived address says it; nil for a person without one.
    public let abhaNumber: ABHANumber?
    /// The name as it was written, white space at its ends left aside; never empty.
    public let name: String
    /// The gender; not stated where the code does not say.
    public let gender: Gender
    /// The date of birth, or the year; nil where neither is legible.
    public let birthDate: BirthDate?
    /// The mobile; nil where digits are hidden, as nearly always.
    public let mobile: PhoneNumber?
    /// House, street, place, as written; empty where there is none.
    public let addressLine: String
    /// The district's name; empty where there is none.
    public let district: String
    /// The state's name; empty where there is none.
    public let state: String
    /// The state's number in the Local Government Directory.
    public let stateCode: UInt32?
    /// The district's number there.
    public let districtCode: UInt32?

    /// The longest text that is read; a QR code holds 2953 bytes at most.
    public static let scanBytesMax = 8192
    /// The longest name.
    public static let nameBytesMax = 255

    /// Reads the text that a scanner gave, of a card or of an app.
    ///
    /// Fields may stand in any order, and others beside them. `-` and null are nothing. Neither a hidden mobile nor a
    /// place that cannot be read refuses a code; what is wrong with number, address, name, gender or date does.
    ///
    /// - Parameters:
    ///   - text: as scanned; a byte order mark, NUL bytes and white space at the ends are left aside.
    ///   - domain: of an address that has to be made of the ABHA number.
    /// - Throws: `ScanError`.
    public init(scanned text: Span<UInt8>, domain: ABHADomain) throws(ScanError) {
        guard text.count <= Self.scanBytesMax else { throw .tooLong(bytesMax: Self.scanBytesMax) }
        let text = Self.cleaned(text)
        guard !text.isEmpty else { throw .empty }
        guard text[0] == UInt8(ascii: "{") else {
            throw Self.isFacilityURL(text) ? .facilityCode : .notAPersonCode
        }
        var document = JSONDocument()
        do throws(JSONError) {
            try document.parse(text)
        } catch {
            throw .notAPersonCode
        }
        guard document.node(document.root, is: .object) else { throw .notAPersonCode }
        try self.init(ScannedFields(document.root, in: document), domain)
    }

    private init(_ fields: ScannedFields, _ domain: ABHADomain) throws(ScanError) {
        var number: ABHANumber?
        if let text = fields[.hidn] {
            guard let parsed = try? ABHANumber(parsing: text.span) else { throw .invalid(.hidn) }
            number = parsed
        }
        let app = try Self.address(.phr, fields, hasNumber: number != nil)
        let card = try Self.address(.hid, fields, hasNumber: number != nil)
        if let app, let card, app != card { throw .contradiction(.hid, .phr) }
        if let chosen = app ?? card {
            let derived = ABHAAddress.derivedNumber(chosen.utf8.span)
            if let derived, let number, derived != number {
                throw .contradiction(app == nil ? .hid : .phr, .hidn)
            }
            address = chosen
            isAddressDerived = false
            abhaNumber = number ?? derived
        } else if let number {
            address = Self.derivedAddress(number, domain)
            isAddressDerived = true
            abhaNumber = number
        } else {
            throw .missing(.phr)
        }
        name = try Self.name(fields)
        gender = try Self.gender(fields)
        birthDate = try Self.birthDate(fields)
        mobile = fields[.mobile].flatMap { try? PhoneNumber(parsing: $0.span) }
        addressLine = Self.text(fields[.address])
        (stateCode, state) = Self.place(fields[.statelgd], fields[.stateName])
        (districtCode, district) = Self.place(fields[.distlgd], fields[.districtName])
    }

    /// The text without what scanners put round it.
    @_lifetime(copy text)
    private static func cleaned(_ text: Span<UInt8>) -> Span<UInt8> {
        func isDust(_ byte: UInt8) -> Bool { byte == 0 || byte == 0x20 || (9...13).contains(byte) }
        var start = 0
        var end = text.count
        while start < end {
            if isDust(text[start]) {
                start += 1
            } else if text.isByteOrderMark(at: start) {
                start += 3
            } else {
                break
            }
        }
        while end > start, isDust(text[end - 1]) { end -= 1 }
        return text.extracting(start..<end)
    }

    private static func isFacilityURL(_ text: Span<UInt8>) -> Bool {
        let url = unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        return url.hasPrefix("http") && url.contains("/share-profile?")
    }

    /// An address in its normal form; nil where there is none.
    ///
    /// On some cards the name stands where the address should; with a number beside it that is no address.
    private static func address(
        _ field: ScannedField, _ fields: ScannedFields, hasNumber: Bool
    ) throws(ScanError) -> String? {
        guard let text = fields[field] else { return nil }
        var arena = TextArena()
        do throws(ABHAAddressError) {
            let range = try ABHAAddress.parse(text.span, into: &arena)
            let bytes = arena.bytes(range)
            return unsafe bytes.withUnsafeBufferPointer {
                unsafe String(decoding: $0, as: UTF8.self)
            }
        } catch {
            let hasNoDomain = !text.contains(UInt8(ascii: "@"))
            guard hasNoDomain, hasNumber else { throw .invalid(field) }
            return nil
        }
    }

    private static func derivedAddress(_ number: ABHANumber, _ domain: ABHADomain) -> String {
        let digits = String(number.digits)
        return String(repeating: "0", count: 14 - digits.count) + digits + "@" + domain.rawValue
    }

    private static func name(_ fields: ScannedFields) throws(ScanError) -> String {
        guard let bytes = fields[.name] else { throw .missing(.name) }
        let hasControls = bytes.contains { $0 < 0x20 || $0 == 0x7F }
        guard bytes.count <= nameBytesMax, !hasControls else { throw .invalid(.name) }
        return text(bytes)
    }

    private static func gender(_ fields: ScannedFields) throws(ScanError) -> Gender {
        guard let text = fields[.gender] else { return .notStated }
        guard let gender = try? Gender(parsing: text.span) else { throw .invalid(.gender) }
        return gender
    }

    private static func birthDate(_ fields: ScannedFields) throws(ScanError) -> BirthDate? {
        guard let text = fields[.dob] else { return nil }
        do throws(BirthDateError) {
            return try BirthDate.parse(text.span, keepsYear: true)
        } catch {
            throw .invalid(.dob)
        }
    }

    /// A place's number and name; broken cards have the name where the number should be.
    private static func place(_ code: [UInt8]?, _ name: [UInt8]?) -> (UInt32?, String) {
        let codeText = text(code)
        let number = UInt32(codeText)
        let name = text(name)
        return (number, name.isEmpty && number == nil ? codeText : name)
    }

    private static func text(_ bytes: [UInt8]?) -> String {
        String(decoding: bytes ?? [], as: UTF8.self)
    }
}

extension Span<UInt8> {
    /// Whether the UTF-8 of U+FEFF begins at an offset.
    fileprivate func isByteOrderMark(at offset: Int) -> Bool {
        count - offset >= 3 && self[offset] == 0xEF && self[offset + 1] == 0xBB
            && self[offset + 2] == 0xBF
    }
}

extension ScannedProfile: CustomStringConvertible, CustomReflectable {
    /// Nothing of the person.
    public var description: String { "scanned profile" }

    /// Nothing: a dump would show the person.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
