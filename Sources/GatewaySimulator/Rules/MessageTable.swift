/// The two protocols that the gateway speaks.
package enum GatewayProtocol: String, Sendable, CaseIterable {
    case v05 = "v0.5"
    case v3
}

/// What an HRP tells the gateway.
package enum MessageKind: String, Sendable, CaseIterable {
    case onDiscover, onLinkInit, onLinkConfirm, onShare, onStatus
    case authModes, authInit, authConfirm, onAuthNotify
    case addContexts, contextNotify, messageNotify, generateToken

    /// Whether it answers a callback, by whose request id it is found.
    var isAnswer: Bool {
        switch self {
        case .onDiscover, .onLinkInit, .onLinkConfirm, .onShare, .onStatus, .onAuthNotify: true
        default: false
        }
    }
}

/// One path of the gateway's, and what must be posted to it.
package struct MessageEntry: Sendable {
    package let kind: MessageKind
    package let version: GatewayProtocol
    package let path: String
    package let shape: MessageShape

    fileprivate init(
        _ kind: MessageKind, _ version: GatewayProtocol, _ path: String, _ shape: MessageShape
    ) {
        self.kind = kind
        self.version = version
        self.path = path
        self.shape = shape
    }
}

/// Every message that an HRP may send, by its path.
///
/// - Source: the published HIP API of v0.5 and the v3 catalogue, read by hand and independently of the
///   flows; `/gateway` and `/api/hiecm` stand for the two bases.
package enum MessageTable {
    /// The entry of a path; nil for a path that the gateway does not have.
    package static func entry(_ path: String) -> MessageEntry? { entries.first { $0.path == path } }

    package static let entries: [MessageEntry] = gatewayEntries + consentManagerEntries

    // MARK: v0.5

    private static let error05 = ValueShape.object(
        MessageShape(["code": .integer, "message": .text]))
    private static let response = ValueShape.object(MessageShape(["requestId": .text]))
    private static let context = ValueShape.object(
        MessageShape(["referenceNumber": .text, "display": .text]))
    private static let linkMeta = ValueShape.object(
        MessageShape(["communicationMedium": .word(["MOBILE", "EMAIL"])]).optional([
            "communicationHint": .text, "communicationExpiry": .moment,
        ]))
    private static let link = ValueShape.object(
        MessageShape([
            "referenceNumber": .text, "authenticationType": .word(["DIRECT", "MEDIATED"]),
            "meta": linkMeta,
        ]))
    private static let types = [
        "OPConsultation", "Prescription", "DischargeSummary", "DiagnosticReport",
        "ImmunizationRecord", "HealthDocumentRecord", "WellnessRecord", "Invoice",
    ]

    private static func patient05(_ counts: ClosedRange<Int>) -> MessageShape {
        MessageShape([
            "referenceNumber": .text, "display": .text, "careContexts": .list(context, counts),
        ])
    }

    private static func answer05(
        _ members: KeyValuePairs<String, ValueShape>, or shape: (String, ValueShape)
    ) -> MessageShape {
        envelope05(members).oneOf([shape.0: shape.1, "error": error05])
    }

    private static func envelope05(_ members: KeyValuePairs<String, ValueShape>) -> MessageShape {
        MessageShape(members).adding(["requestId": .text, "timestamp": .moment])
    }

    /// v1.0 wants a number also of a failure, which has none to give: it may be empty.
    private static func share05(hasToken: Bool) -> MessageShape {
        let parts = MessageShape(["status": .word(["SUCCESS", "FAILURE"]), "healthId": .text])
        let acknowledgement =
            hasToken
            ? parts.adding(["tokenNumber": .anyText]) : parts.optional(["tokenNumber": .text])
        return envelope05(["resp": response, "acknowledgement": .object(acknowledgement)])
            .optional(["error": error05])
    }

    private static let authQuery = MessageShape([
        "id": .text, "purpose": .word(["LINK", "KYC", "KYC_AND_LINK"]),
        "requester": .object(MessageShape(["type": .word(["HIP", "HIU"]), "id": .text])),
    ])
    private static let demographic = ValueShape.object(
        MessageShape([
            "name": .text, "gender": .word(["M", "F", "O", "U", "D", "T"]), "dateOfBirth": .text,
        ]).optional([
            "identifier": .object(MessageShape(["type": .word(["MOBILE"]), "value": .text]))
        ]))
    private static let acknowledged = ValueShape.object(
        MessageShape(["status": .word(["OK"])]))

    private static let gatewayEntries: [MessageEntry] = [
        entry05(
            .onDiscover, "/v0.5/care-contexts/on-discover",
            answer05(
                ["transactionId": .text, "resp": response],
                or: (
                    "patient",
                    .object(
                        patient05(0...1000).optional([
                            "matchedBy": .list(
                                .word(["MR", "MOBILE", "NDHM_HEALTH_NUMBER", "HEALTH_ID"]), 0...4)
                        ]))
                ))),
        entry05(
            .onLinkInit, "/v0.5/links/link/on-init",
            answer05(["transactionId": .text, "resp": response], or: ("link", link))),
        entry05(
            .onLinkConfirm, "/v0.5/links/link/on-confirm",
            answer05(["resp": response], or: ("patient", .object(patient05(1...1000))))),
        entry05(.onShare, "/v0.5/patients/profile/on-share", share05(hasToken: false)),
        entry05(.onShare, "/v1.0/patients/profile/on-share", share05(hasToken: true)),
        entry05(
            .onStatus, "/v0.5/patients/status/on-notify",
            envelope05(["resp": response, "acknowledgment": acknowledged])
                .optional(["error": error05])),
        entry05(
            .authModes, "/v0.5/users/auth/fetch-modes", envelope05(["query": .object(authQuery)])),
        entry05(
            .authInit, "/v0.5/users/auth/init",
            envelope05([
                "query": .object(
                    authQuery.optional([
                        "authMode": .word([
                            "MOBILE_OTP", "AADHAAR_OTP", "DEMOGRAPHICS", "DIRECT",
                        ])
                    ]))
            ])),
        entry05(
            .authConfirm, "/v0.5/users/auth/confirm",
            envelope05([
                "transactionId": .text,
                "credential": .object(
                    MessageShape([:]).oneOf(["authCode": .text, "demographic": demographic])),
            ])),
        entry05(
            .onAuthNotify, "/v0.5/users/auth/on-notify",
            envelope05(["resp": response]).someOf([
                "acknowledgement": acknowledged, "error": error05,
            ])),
        entry05(
            .addContexts, "/v0.5/links/link/add-contexts",
            envelope05([
                "link": .object(
                    MessageShape(["accessToken": .text, "patient": .object(patient05(1...1000))]))
            ])),
        entry05(
            .contextNotify, "/v0.5/links/context/notify",
            envelope05(["notification": notification])),
        entry05(
            .messageNotify, "/v0.5/patients/sms/notify2", envelope05(["notification": deepLink])),
    ]

    private static let notification = ValueShape.object(
        MessageShape([
            "patient": .object(MessageShape(["id": .text])),
            "careContext": .object(
                MessageShape(["patientReference": .text, "careContextReference": .text])),
            "hiTypes": .list(.word(types), 1...8), "date": .text,
            "hip": .object(MessageShape(["id": .text]).optional(["name": .text, "type": .text])),
        ]))
    private static let deepLink = ValueShape.object(
        MessageShape([
            "phoneNo": .text, "hip": .object(MessageShape(["id": .text]).optional(["name": .text])),
        ]))

    private static func entry05(
        _ kind: MessageKind, _ path: String, _ shape: MessageShape
    ) -> MessageEntry {
        MessageEntry(kind, .v05, "/gateway" + path, shape)
    }

    // MARK: v3

    private static let error3 = ValueShape.object(MessageShape(["code": .text, "message": .text]))
    private static let groups = ValueShape.list(
        .object(
            MessageShape([
                "referenceNumber": .text, "display": .text, "careContexts": .list(context, 1...20),
                "hiType": .word(types), "count": .integer,
            ])), 1...1000)

    private static let consentManagerEntries: [MessageEntry] = [
        entry3(
            .onDiscover, "/user-initiated-linking/v3/patient/care-context/on-discover",
            MessageShape(["transactionId": .text, "response": response])
                .optional([
                    "matchedBy": .list(
                        .word(["MR", "MOBILE", "ABHA_NUMBER", "ABHA_ADDRESS"]), 0...4)
                ]).oneOf(["patient": groups, "error": error3])),
        entry3(
            .onLinkInit, "/user-initiated-linking/v3/link/care-context/on-init",
            MessageShape(["transactionId": .text, "response": response])
                .oneOf(["link": link, "error": error3])),
        entry3(
            .onLinkConfirm, "/user-initiated-linking/v3/link/care-context/on-confirm",
            MessageShape(["response": response]).oneOf(["patient": groups, "error": error3])),
        entry3(
            .onShare, "/patient-share/v3/on-share",
            MessageShape(["response": response]).someOf([
                "acknowledgement": .object(
                    MessageShape([
                        "status": .word(["SUCCESS", "FAILED", "FAILURE"]), "abhaAddress": .text,
                    ]).optional([
                        "profile": .object(
                            MessageShape([
                                "context": .anyText, "tokenNumber": .text, "expiry": .text,
                            ]))
                    ])), "error": error3,
            ])),
        entry3(
            .onStatus, "/patients/v3/status/on-notify",
            MessageShape(["response": response]).someOf([
                "acknowledgement": acknowledged, "error": error3,
            ])),
        entry3(
            .generateToken, "/v3/token/generate-token",
            MessageShape(["name": .text, "gender": .text, "yearOfBirth": .integer])
                .someOf(["abhaNumber": .digits(14), "abhaAddress": .text])),
        entry3(
            .addContexts, "/hip/v3/link/carecontext",
            MessageShape(["abhaAddress": .text, "patient": groups])
                .optional(["abhaNumber": .digits(14)])),
        entry3(
            .contextNotify, "/hip/v3/link/context/notify",
            MessageShape(["notification": notification])),
        entry3(
            .messageNotify, "/hip/v3/link/patient/links/sms/notify2",
            MessageShape(["notification": deepLink])
                .optional(["requestId": .text, "timestamp": .text])),
    ]

    private static func entry3(
        _ kind: MessageKind, _ path: String, _ shape: MessageShape
    ) -> MessageEntry {
        MessageEntry(kind, .v3, "/api/hiecm" + path, shape)
    }
}
