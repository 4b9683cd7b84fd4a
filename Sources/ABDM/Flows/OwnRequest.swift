internal import JSON
internal import Matcher

/// What we ask ABDM for, in the words of neither protocol; an answer comes back as a callback.
public enum OwnRequest: Equatable, Sendable {
    /// Which ways there are for a patient to let us link.
    case modes(of: PatientAddress)
    /// To let us show that a patient is who they say, or let them agree: v0.5 begins so.
    case authentication(of: PatientAddress, by: AuthenticationMode = .demographics)
    /// The code that a patient got and said, for the transaction that v0.5 has begun.
    case code(String, transactionID: String, of: PatientAddress)
    /// What the patient said of themselves, for the transaction that v0.5 has begun.
    case confirmation(of: PatientAddress, transactionID: String, PatientClaim)
    /// A linking token, by what the patient said of themselves: v3 does it at once.
    case linkingToken(for: PatientAddress, PatientClaim)
    /// To link care contexts by a patient's linking token.
    case link(LinkedContexts, of: PatientAddress, PatientClaim, token: String)
    /// To let a patient know that there is more in a care context that is linked.
    case update(OfferedContext, of: PatientAddress, day: String)
}

/// What ABDM says to a request of ours.
public enum OwnRequestAnswer: Equatable, Sendable {
    /// The modes that there are, as ABDM names them.
    case modes([String])
    /// The authentication has begun.
    case begun(BegunAuthentication)
    /// A linking token.
    case token(GrantedToken)
    /// The care contexts are linked.
    case linked
    /// A patient has been told by a short message.
    case delivered
    /// It was turned down.
    case refused(GatewayRefusal)
}

/// An authentication that ABDM has begun.
public struct BegunAuthentication: Equatable, Sendable {
    /// ABDM's id of it.
    public var transactionID: String
    /// Where a code went, with most of it hidden; empty where ABDM does not say.
    public var hint: String
    /// Until when it holds; nil where ABDM does not say.
    public var expires: WireTime?

    /// An authentication from its parts.
    public init(transactionID: String, hint: String = "", expires: WireTime? = nil) {
        self.transactionID = transactionID
        self.hint = hint
        self.expires = expires
    }
}

/// Why ABDM turned a request of ours down.
public struct GatewayRefusal: Equatable, Sendable {
    /// The code's digits; 0 where there was none.
    public var code: Int
    /// Whether the reason is that a care context is linked already.
    public var isAlreadyLinked: Bool
    /// Whether the reason is that a care context is not linked, which may only not be known yet.
    public var isNotLinked: Bool
    /// Whether the reason is that the linking token is not good, or not any longer.
    public var isTokenFault: Bool
    /// Code and meaning, in our own words, for whoever runs the facility.
    public var problem: String
    /// Whether the reason is that the same was asked for before: the answer to that is still to come, or was lost.
    public var isRepeat: Bool

    /// A refusal from code and words, which are not kept.
    public init(code: String, message: String) {
        self.code = Int(code.filter { ("0"..."9").contains($0) }) ?? 0
        let words = message.lowercased()
        isAlreadyLinked =
            self.code == 1439 || words.contains("already linked")
            || words.contains("already been linked")
            || words.contains("duplicate hip link")
        isNotLinked = words.contains("no care context linked")
        isTokenFault =
            [1026, 1038].contains(self.code)
            || [1062, 1063, 1401].contains(self.code) && words.contains("token")
        let meaning = RefusalMeaning.of(self.code, words: words)
        problem = self.code == 0 ? meaning : "\(self.code): \(meaning)"
        isRepeat = self.code == 1092
    }
}

/// Writes our requests in the words of a protocol.
public enum RequestWriter {
    /// The message that asks.
    ///
    /// - Parameters:
    ///   - request: what to ask for.
    ///   - version: the protocol that the facility speaks.
    ///   - facility: who asks.
    ///   - subject: what the answer is about, for whoever gets it.
    /// - Returns: the message.
    public static func message(
        _ request: OwnRequest, _ version: WireVersion, facility: String, subject: String
    ) -> OutboundMessage {
        var writer = JSONWriter()
        writer.beginObject()
        let destination: GatewayPath
        let address: PatientAddress
        var linkToken: String?
        switch request {
        case .modes(let patient):
            address = patient
            destination = GatewayPath(.gateway, "/v0.5/users/auth/fetch-modes")
            writeAuthentication(patient, nil, facility, &writer)
        case .authentication(let patient, let mode):
            address = patient
            destination = GatewayPath(.gateway, "/v0.5/users/auth/init")
            writeAuthentication(patient, mode, facility, &writer)
        case .code(let code, let transaction, let patient):
            address = patient
            destination = GatewayPath(.gateway, "/v0.5/users/auth/confirm")
            writer.member("transactionId", transaction)
            writer.key("credential")
            writer.beginObject()
            writer.member("authCode", code)
            writer.endObject()
        case .confirmation(let patient, let transaction, let claim):
            address = patient
            destination = GatewayPath(.gateway, "/v0.5/users/auth/confirm")
            writeConfirmation(transaction, claim, &writer)
        case .linkingToken(let patient, let claim):
            address = patient
            destination = GatewayPath(.hiecm, "/v3/token/generate-token")
            writeClaim(claim, patient, &writer)
        case .link(let linking, let patient, let claim, let token):
            address = patient
            switch version {
            case .gateway:
                destination = GatewayPath(.gateway, "/v0.5/links/link/add-contexts")
                writer.key("link")
                writer.beginObject()
                writer.member("accessToken", token)
                AnswerWriter.writePatient(
                    linking.patientReference, linking.display, linking.contexts, version, &writer,
                    matchedBy: nil)
                writer.endObject()
            case .v3:
                destination = GatewayPath(.hiecm, "/hip/v3/link/carecontext")
                linkToken = token
                if let number = claim.abhaNumber { writer.member("abhaNumber", number.text) }
                writer.member("abhaAddress", patient.text)
                AnswerWriter.writePatient(
                    linking.patientReference, linking.display, linking.contexts, version, &writer,
                    matchedBy: nil)
            }
        case .update(let context, let patient, let day):
            address = patient
            destination =
                version == .v3
                ? GatewayPath(.hiecm, "/hip/v3/link/context/notify")
                : GatewayPath(.gateway, "/v0.5/links/context/notify")
            writeUpdate(context, patient, day, facility, &writer)
        }
        writer.endObject()
        var message = OutboundMessage(
            destination: destination, facility: facility, consentManager: address.consentManager,
            body: String(decoding: writer.take(), as: UTF8.self))
        message.subject = subject
        message.linkToken = linkToken
        return message
    }

    private static func writeAuthentication(
        _ patient: PatientAddress, _ mode: AuthenticationMode?, _ facility: String,
        _ writer: inout JSONWriter
    ) {
        writer.key("query")
        writer.beginObject()
        writer.member("id", patient.text)
        writer.member("purpose", "LINK")
        if let mode { writer.member("authMode", mode.rawValue) }
        writer.key("requester")
        writer.beginObject()
        writer.member("type", "HIP")
        writer.member("id", facility)
        writer.endObject()
        writer.endObject()
    }

    private static func writeConfirmation(
        _ transaction: String, _ claim: PatientClaim, _ writer: inout JSONWriter
    ) {
        writer.member("transactionId", transaction)
        writer.key("credential")
        writer.beginObject()
        writer.key("demographic")
        writer.beginObject()
        writer.member("name", claim.name)
        writer.member("gender", "\(claim.gender.code)")
        writer.member("dateOfBirth", claim.dateOfBirth ?? "")
        writer.endObject()
        writer.endObject()
    }

    private static func writeUpdate(
        _ context: OfferedContext, _ patient: PatientAddress, _ day: String, _ facility: String,
        _ writer: inout JSONWriter
    ) {
        writer.key("notification")
        writer.beginObject()
        writer.key("patient")
        writer.beginObject()
        writer.member("id", patient.text)
        writer.endObject()
        writer.key("careContext")
        writer.beginObject()
        writer.member("patientReference", context.patientReference)
        writer.member("careContextReference", context.reference)
        writer.endObject()
        writer.key("hiTypes")
        writer.beginArray()
        let type = context.hiType == .notStated ? .healthDocumentRecord : context.hiType
        writer.string(type.wireName)
        writer.endArray()
        writer.member("date", day + "T00:00:00.000Z")
        writer.key("hip")
        writer.beginObject()
        writer.member("id", facility)
        writer.endObject()
        writer.endObject()
    }

    private static func writeClaim(
        _ claim: PatientClaim, _ patient: PatientAddress, _ writer: inout JSONWriter
    ) {
        if let number = claim.abhaNumber { writer.member("abhaNumber", number.text) }
        writer.member("abhaAddress", patient.text)
        writer.member("name", claim.name)
        writer.member("gender", "\(claim.gender.code)")
        writer.key("yearOfBirth")
        writer.integer(claim.birthDate?.year ?? 0)
    }
}
