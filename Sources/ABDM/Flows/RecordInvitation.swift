internal import JSON
public import Matcher

/// A short message that ABDM sends to a patient without an ABHA address: how to get at the new record.
public struct RecordInvitation: Equatable, Sendable {
    /// How long a patient who was told is not told again, in days.
    public static let quietDays = 30
    /// How long nobody looks again whether a patient can be told, after it could not be done, in days.
    public static let pauseDays = 1

    /// The facility's id of the person.
    public var patientReference: String
    /// Where the message goes; nil for a patient who has an address, or no mobile of use.
    public var mobile: PhoneNumber?

    /// An invitation of a patient.
    ///
    /// - Parameters:
    ///   - patientReference: the facility's id of the person.
    ///   - mobile: the mobile in the record; left out unless it is an Indian one, to which alone ABDM sends.
    public init(patientReference: String, mobile: PhoneNumber?) {
        self.patientReference = patientReference
        let indian: ClosedRange<UInt64> = 916_000_000_000...919_999_999_999
        self.mobile = mobile.flatMap { indian.contains($0.e164) ? $0 : nil }
    }

    /// Until when this patient is left alone.
    public func quietUntil(_ now: WireTime) -> WireTime {
        now.adding(days: mobile == nil ? Self.pauseDays : Self.quietDays)
    }
}

extension OutboundMessage {
    /// Asks ABDM to send an invitation.
    ///
    /// - Parameters:
    ///   - mobile: whom it goes to, an Indian mobile.
    ///   - version: the protocol that the facility speaks.
    ///   - facility: who invites.
    ///   - name: what patients call the facility.
    ///   - subject: what the answer is about, for whoever gets it.
    public init(
        inviting mobile: PhoneNumber, _ version: WireVersion, facility: String, name: String,
        subject: String
    ) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("notification")
        writer.beginObject()
        writer.key("phoneNo")
        writer.string("+91-\(mobile.e164 % 10_000_000_000)")
        writer.key("hip")
        writer.beginObject()
        writer.key("name")
        writer.string(name)
        writer.key("id")
        writer.string(facility)
        writer.endObject()
        writer.endObject()
        writer.endObject()
        self.init(
            destination: version == .v3
                ? GatewayPath(.hiecm, "/hip/v3/link/patient/links/sms/notify2")
                : GatewayPath(.gateway, "/v0.5/patients/sms/notify2"),
            facility: facility, consentManager: nil,
            body: String(decoding: writer.take(), as: UTF8.self))
        self.subject = subject
    }
}
