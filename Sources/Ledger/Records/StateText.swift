internal import ABDM
internal import JSON
internal import Matcher

/// The parts of promises that hold personal data, as one JSON text each: what is sealed is sealed as a whole.
enum StateText {
    // MARK: Offers and attempts

    static func text(_ patient: FoundPatient, _ claim: PatientClaim) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writeClaim(claim, &writer)
        writeReference(patient.reference, patient.display, &writer)
        if let mobile = patient.mobile {
            writer.key("mobile")
            writer.string(String(mobile))
        }
        writeContexts(patient.contexts, &writer)
        writer.endObject()
        return String(decoding: writer.take(), as: UTF8.self)
    }

    static func patient(_ text: String) -> (FoundPatient, PatientClaim)? {
        MessageObject.read(text) { (root, document) throws(MessageError) in
            let patient = FoundPatient(
                reference: try root.text("reference", in: document) ?? "",
                display: try root.text("display", in: document) ?? "",
                contexts: try contexts(root, document), matchedBy: [],
                mobile: try root.text("mobile", in: document).flatMap { UInt64($0) })
            return (patient, try claim(root, document))
        }
    }

    static func text(_ linking: LinkedContexts, _ claim: PatientClaim) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writeClaim(claim, &writer)
        writeReference(linking.patientReference, linking.display, &writer)
        writeContexts(linking.contexts, &writer)
        writer.endObject()
        return String(decoding: writer.take(), as: UTF8.self)
    }

    static func linking(_ text: String) -> (LinkedContexts, PatientClaim)? {
        MessageObject.read(text) { (root, document) throws(MessageError) in
            let linking = LinkedContexts(
                patientReference: try root.text("reference", in: document) ?? "",
                display: try root.text("display", in: document) ?? "",
                contexts: try contexts(root, document))
            return (linking, try claim(root, document))
        }
    }

    // MARK: Claims

    static func text(_ claim: PatientClaim) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writeClaim(claim, &writer)
        writer.endObject()
        return String(decoding: writer.take(), as: UTF8.self)
    }

    static func claim(_ text: String) -> PatientClaim? {
        MessageObject.read(text) { (root, document) throws(MessageError) in
            try claim(root, document)
        }
    }

    private static func writeClaim(_ claim: PatientClaim, _ writer: inout JSONWriter) {
        writer.member("name", claim.name)
        writer.member("gender", "\(claim.gender.code)")
        if let number = claim.abhaNumber { writer.member("abhaNumber", number.text) }
        switch claim.birthDate {
        case nil: break
        case .yearOnly(let year): writer.member("year", String(year))
        case .day(let year, let month, let day):
            writer.member("year", String(year))
            writer.member("month", String(month))
            writer.member("day", String(day))
        }
    }

    private static func claim(
        _ root: MessageObject, _ document: borrowing JSONDocument
    ) throws(MessageError) -> PatientClaim {
        let year = try root.integer("year", in: document)
        let month = try root.integer("month", in: document) ?? 0
        let day = try root.integer("day", in: document) ?? 0
        let gender = try root.text("gender", in: document) ?? ""
        let number = try root.text("abhaNumber", in: document)
        return PatientClaim(
            name: try root.text("name", in: document) ?? "",
            gender: (try? Gender(parsing: gender.utf8.span)) ?? .notStated,
            birthDate: year.flatMap { try? BirthDate(year: $0, month: month, day: day) },
            abhaNumber: number.flatMap { try? ABHANumber(parsing: $0.utf8.span) })
    }

    // MARK: Profiles

    static func text(_ profile: SharedProfile) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writeClaim(PatientClaim(profile), &writer)
        if let mobile = profile.mobile { writer.member("mobile", String(mobile.e164)) }
        writer.member("line", profile.home.line)
        writer.member("district", profile.home.district)
        writer.member("state", profile.home.state)
        writer.member("pinCode", profile.home.pinCode)
        writer.member("finding", word(of: profile.finding))
        if case .found(let patient) = profile.finding {
            writeReference(patient.reference, patient.display, &writer)
            writer.member("matchedBy", String(patient.matchedBy.rawValue))
            writer.key("agreesFully")
            writer.integer(patient.agreesFully ? 1 : 0)
        }
        writer.endObject()
        return String(decoding: writer.take(), as: UTF8.self)
    }

    static func profile(
        _ text: String, counter: String, address: PatientAddress
    ) -> SharedProfile? {
        MessageObject.read(text) { (root, document) throws(MessageError) in
            let claim = try claim(root, document)
            let mobile = try root.text("mobile", in: document)
            return SharedProfile(
                counter: counter, address: address, abhaNumber: claim.abhaNumber,
                name: claim.name, gender: claim.gender, birthDate: claim.birthDate,
                mobile: mobile.flatMap { UInt64($0) }.flatMap { PhoneNumber(e164: $0) },
                home: PostalAddress(
                    line: try root.text("line", in: document) ?? "",
                    district: try root.text("district", in: document) ?? "",
                    state: try root.text("state", in: document) ?? "",
                    pinCode: try root.text("pinCode", in: document) ?? ""),
                intent: "", finding: try finding(root, document))
        }
    }

    private static func word(of finding: DiscoveryFinding) -> String {
        switch finding {
        case .found: "found"
        case .notFound: "notFound"
        case .several: "several"
        case .noVerifiedIdentifier: "noVerifiedIdentifier"
        }
    }

    private static func finding(
        _ root: MessageObject, _ document: borrowing JSONDocument
    ) throws(MessageError) -> DiscoveryFinding {
        switch try root.text("finding", in: document) {
        case "found":
            return .found(
                FoundPatient(
                    reference: try root.text("reference", in: document) ?? "",
                    display: try root.text("display", in: document) ?? "", contexts: [],
                    matchedBy: IdentifierKinds(
                        rawValue: UInt8(clamping: try root.integer("matchedBy", in: document) ?? 0)),
                    mobile: nil,
                    agreesFully: try root.integer("agreesFully", in: document) == 1))
        case "several": return .several
        case "noVerifiedIdentifier": return .noVerifiedIdentifier
        default: return .notFound
        }
    }

    // MARK: Parts

    private static func writeReference(
        _ reference: String, _ display: String, _ writer: inout JSONWriter
    ) {
        writer.member("reference", reference)
        writer.member("display", display)
    }

    private static func writeContexts(
        _ contexts: [OfferedContext], _ writer: inout JSONWriter
    ) {
        writer.key("contexts")
        writer.beginArray()
        for context in contexts {
            writer.beginObject()
            writer.member("patient", context.patientReference)
            writeReference(context.reference, context.display, &writer)
            writer.key("type")
            writer.integer(Int(context.hiType.rawValue))
            writer.endObject()
        }
        writer.endArray()
    }

    private static func contexts(
        _ root: MessageObject, _ document: borrowing JSONDocument
    ) throws(MessageError) -> [OfferedContext] {
        var contexts: [OfferedContext] = []
        for context in try root.objects("contexts", in: document) {
            let type = UInt8(clamping: try context.integer("type", in: document) ?? 0)
            contexts.append(
                OfferedContext(
                    patientReference: try context.text("patient", in: document) ?? "",
                    reference: try context.text("reference", in: document) ?? "",
                    display: try context.text("display", in: document) ?? "",
                    hiType: HealthInformationType(rawValue: type) ?? .notStated))
        }
        return contexts
    }
}
