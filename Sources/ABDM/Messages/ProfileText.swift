internal import Index
package import JSON
internal import Matcher

/// The members of a profile as desks and webhooks get them, shared or scanned.
package enum ProfileText {
    /// A profile in a counter's queue.
    package static func write(_ queued: QueuedProfile, into writer: inout JSONWriter) {
        writer.beginObject()
        member("id", queued.id, &writer)
        writer.key("tokenNumber")
        writer.integer(queued.number)
        member("sharedAt", queued.sharedAt.text, &writer)
        writePerson(queued.profile, into: &writer)
        writeFinding(queued.profile.finding, into: &writer)
        writer.endObject()
    }

    /// Who the person says to be.
    package static func writePerson(_ profile: SharedProfile, into writer: inout JSONWriter) {
        member("name", profile.name, &writer)
        member("gender", "\(profile.gender.code)", &writer)
        writer.key("yearOfBirth")
        if let birthDate = profile.birthDate {
            writer.integer(birthDate.year)
            if case .day(_, let month, let day) = birthDate {
                writer.key("monthOfBirth")
                writer.integer(Int(month))
                writer.key("dayOfBirth")
                writer.integer(Int(day))
            }
        } else {
            writer.null()
        }
        member("abhaAddress", profile.address.text, &writer)
        member("abhaNumber", profile.abhaNumber?.text, &writer)
        member("mobile", profile.mobile.map { "+\($0.e164)" }, &writer)
        writer.key("address")
        writer.beginObject()
        member("line", profile.home.line, &writer)
        member("district", profile.home.district, &writer)
        member("state", profile.home.state, &writer)
        member("pincode", profile.home.pinCode, &writer)
        writer.endObject()
    }

    /// Who they are in the records.
    package static func writeFinding(_ finding: DiscoveryFinding, into writer: inout JSONWriter) {
        guard case .found(let patient) = finding else {
            member("verdict", "new", &writer)
            member("patientReference", nil, &writer)
            // Somebody at the desk may tell the several apart, where a rule cannot.
            writer.key("isAmbiguous")
            writer.boolean(finding == .several)
            return
        }
        member("verdict", "returning", &writer)
        member("patientReference", patient.reference, &writer)
        writer.key("matchedBy")
        writer.beginArray()
        for kind in IdentifierKind.allCases where patient.matchedBy.contains(IdentifierKinds(kind))
        {
            writer.string("\(kind)")
        }
        writer.endArray()
    }

    /// A text, or null.
    package static func member(_ name: StaticString, _ text: String?, _ writer: inout JSONWriter) {
        writer.key(name)
        if let text { writer.string(text) } else { writer.null() }
    }
}
