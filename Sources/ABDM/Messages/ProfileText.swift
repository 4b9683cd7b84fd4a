internal import Index
package import JSON
internal import Matcher

/// The members of a profile as desks and webhooks get them, shared or scanned.
package enum ProfileText {
    /// A profile in a counter's queue.
    package static func write(_ queued: QueuedProfile, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", queued.id)
        writer.key("tokenNumber")
        writer.integer(queued.number)
        writer.member("sharedAt", queued.sharedAt.text)
        writePerson(queued.profile, into: &writer)
        writeFinding(queued.profile.finding, into: &writer)
        writer.endObject()
    }

    /// Who the person says to be.
    package static func writePerson(_ profile: SharedProfile, into writer: inout JSONWriter) {
        writer.member("name", profile.name)
        writer.member("gender", "\(profile.gender.code)")
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
        writer.member("abhaAddress", profile.address.text)
        writer.member("abhaNumber", profile.abhaNumber?.text)
        writer.member("mobile", profile.mobile.map { "+\($0.e164)" })
        writer.key("address")
        writer.beginObject()
        writer.member("line", profile.home.line)
        writer.member("district", profile.home.district)
        writer.member("state", profile.home.state)
        writer.member("pincode", profile.home.pinCode)
        writer.endObject()
    }

    /// Who they are in the records.
    package static func writeFinding(_ finding: DiscoveryFinding, into writer: inout JSONWriter) {
        guard case .found(let patient) = finding else {
            writer.member("verdict", "new")
            writer.member("patientReference", nil)
            // Somebody at the desk may tell the several apart, where a rule cannot.
            writer.key("isAmbiguous")
            writer.boolean(finding == .several)
            return
        }
        writer.member("verdict", "returning")
        writer.member("patientReference", patient.reference)
        writer.key("matchedBy")
        writer.beginArray()
        for kind in IdentifierKind.allCases where patient.matchedBy.contains(IdentifierKinds(kind))
        {
            writer.string("\(kind)")
        }
        writer.endArray()
    }
}
