internal import Index
internal import JSON
public import Matcher

extension SharedProfile {
    /// Reads a shared profile of either protocol.
    ///
    /// What cannot be read of a person's data is left out: whoever stands at the counter can be asked, and a
    /// refused profile helps nobody.
    init(
        _ root: MessageObject, _ path: CallbackPath, in document: borrowing JSONDocument
    ) throws(MessageError) {
        let profile = try root.requiredObject("profile", in: document)
        let patient = try profile.requiredObject("patient", in: document)
        let isV3 = path.version == .v3
        let metaData = try root.object("metaData", in: document)
        let counter =
            isV3
            ? try metaData?.text("context", in: document)
            : try profile.text("hipCode", in: document)
        let intent =
            isV3
            ? try root.text("intent", in: document)
            : try root.object("intent", in: document)?.text("type", in: document)
        let address = try patient.text(isV3 ? "abhaAddress" : "healthId", in: document)
        let number = try patient.text(isV3 ? "abhaNumber" : "healthIdNumber", in: document)
        let gender = try patient.text("gender", in: document)
        self.init(
            counter: counter ?? "", address: PatientAddress(address ?? ""),
            abhaNumber: number.flatMap { try? ABHANumber(parsing: $0.utf8.span) },
            name: try patient.text("name", in: document) ?? "",
            gender: gender.flatMap { try? Gender(parsing: $0.utf8.span) } ?? .notStated,
            birthDate: try Self.birthDate(patient, document),
            mobile: try Self.mobile(patient, document),
            home: try Self.home(patient, document), intent: intent ?? "")
    }

    private static func birthDate(
        _ patient: MessageObject, _ document: borrowing JSONDocument
    ) throws(MessageError) -> BirthDate? {
        guard let year = try patient.integer("yearOfBirth", in: document) else { return nil }
        let month = try patient.integer("monthOfBirth", in: document) ?? 0
        let day = try patient.integer("dayOfBirth", in: document) ?? 0
        return (try? BirthDate(year: year, month: month, day: day))
            ?? (try? BirthDate(year: year, month: 0, day: 0))
    }

    /// The first identifier that is a mobile, whatever its type says: `MR` has been seen to hold one.
    private static func mobile(
        _ patient: MessageObject, _ document: borrowing JSONDocument
    ) throws(MessageError) -> PhoneNumber? {
        if let text = try patient.text("phoneNumber", in: document),
            let mobile = try? PhoneNumber(parsing: text.utf8.span)
        {
            return mobile
        }
        for identifier in try patient.objects("identifiers", in: document) {
            guard let value = try identifier.text("value", in: document) else { continue }
            if let mobile = try? PhoneNumber(parsing: value.utf8.span) { return mobile }
        }
        return nil
    }

    private static func home(
        _ patient: MessageObject, _ document: borrowing JSONDocument
    ) throws(MessageError) -> PostalAddress {
        guard let home = try patient.object("address", in: document) else {
            return PostalAddress()
        }
        var pinCode = try home.text("pincode", in: document)
        if pinCode == nil { pinCode = try home.text("pinCode", in: document) }
        return PostalAddress(
            line: try home.text("line", in: document) ?? "",
            district: try home.text("district", in: document) ?? "",
            state: try home.text("state", in: document) ?? "", pinCode: pinCode ?? "")
    }

    /// Looks the person up as a discover request with the same data would.
    mutating func find(
        by discoverer: inout Discoverer, writer: inout JSONWriter, facility: String,
        in snapshot: Snapshot
    ) throws(MessageError) {
        guard !name.isEmpty, !address.text.isEmpty, name.utf8.count <= 512 else {
            finding = .notFound
            return
        }
        writer.reset()
        writeQuery(into: &writer)
        finding = try discoverer.findPatient(
            body: writer.bytes, facility: facility, in: snapshot, comparesAll: true
        ).finding
    }

    private func writeQuery(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("transactionId")
        writer.string("profile")
        writer.key("patient")
        writer.beginObject()
        writer.key("id")
        writer.string(address.text)
        writer.key("name")
        writer.string(name)
        writer.key("gender")
        writer.string(gender.code)
        if let birthDate {
            writer.key("yearOfBirth")
            writer.integer(birthDate.year)
        }
        writer.key("verifiedIdentifiers")
        writer.beginArray()
        writeIdentifier("ABHA_ADDRESS", address.text, into: &writer)
        if let abhaNumber { writeIdentifier("ABHA_NUMBER", abhaNumber.text, into: &writer) }
        if let mobile { writeIdentifier("MOBILE", "+\(mobile.e164)", into: &writer) }
        writer.endArray()
        writer.endObject()
        writer.endObject()
    }

    private func writeIdentifier(
        _ type: StaticString, _ value: String, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("type")
        writer.string(type)
        writer.key("value")
        writer.string(value)
        writer.endObject()
    }
}

extension ABHANumber {
    /// The 14 digits, without dashes.
    public var text: String {
        let digits = String(digits)
        return String(repeating: "0", count: 14 - digits.utf8.count) + digits
    }
}
