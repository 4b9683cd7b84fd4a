import GatewaySimulator

/// The least that each path takes: every member in it is needed.
enum LeastBodies {
    static let envelope: WireValue = [
        "requestId": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "timestamp": "2026-11-21T09:30:12.250Z",
    ]
    private static let resp: WireValue = ["requestId": "r"]
    private static let contexts: WireValue = [["referenceNumber": "V-1", "display": "Visit"]]
    private static let patient: WireValue = [
        "referenceNumber": "P-1", "display": "A patient", "careContexts": contexts,
    ]
    private static let link: WireValue = [
        "referenceNumber": "l", "authenticationType": "MEDIATED",
        "meta": ["communicationMedium": "MOBILE"],
    ]
    private static let groups: WireValue = [
        [
            "referenceNumber": "P-1", "display": "A patient", "careContexts": contexts,
            "hiType": "Prescription", "count": 1,
        ]
    ]
    private static let query: WireValue = [
        "id": "a@sbx", "purpose": "LINK", "requester": ["type": "HIP", "id": "HIP1"],
    ]
    private static let notification: WireValue = [
        "patient": ["id": "a@sbx"],
        "careContext": ["patientReference": "P-1", "careContextReference": "V-1"],
        "hiTypes": ["Prescription"], "date": "2026-11-21", "hip": ["id": "HIP1"],
    ]
    private static let deepLink: WireValue = ["phoneNo": "+91-9822014471", "hip": ["id": "HIP1"]]

    static let v05: [(path: String, body: WireValue)] = [
        ("/care-contexts/on-discover", ["transactionId": "t", "patient": patient, "resp": resp]),
        ("/links/link/on-init", ["transactionId": "t", "link": link, "resp": resp]),
        ("/links/link/on-confirm", ["patient": patient, "resp": resp]),
        (
            "/patients/profile/on-share",
            ["acknowledgement": ["status": "SUCCESS", "healthId": "a@sbx"], "resp": resp]
        ),
        ("/patients/status/on-notify", ["acknowledgment": ["status": "OK"], "resp": resp]),
        ("/users/auth/fetch-modes", ["query": query]),
        ("/users/auth/init", ["query": query]),
        ("/users/auth/confirm", ["transactionId": "t", "credential": ["authCode": "123456"]]),
        ("/users/auth/on-notify", ["acknowledgement": ["status": "OK"], "resp": resp]),
        ("/links/link/add-contexts", ["link": ["accessToken": "t", "patient": patient]]),
        ("/links/context/notify", ["notification": notification]),
        ("/patients/sms/notify2", ["notification": deepLink]),
    ]

    static let v3: [(path: String, body: WireValue)] = [
        (
            "/user-initiated-linking/v3/patient/care-context/on-discover",
            ["transactionId": "t", "patient": groups, "response": resp]
        ),
        (
            "/user-initiated-linking/v3/link/care-context/on-init",
            ["transactionId": "t", "link": link, "response": resp]
        ),
        (
            "/user-initiated-linking/v3/link/care-context/on-confirm",
            ["patient": groups, "response": resp]
        ),
        (
            "/patient-share/v3/on-share",
            ["acknowledgement": ["status": "SUCCESS", "abhaAddress": "a@sbx"], "response": resp]
        ),
        (
            "/patients/v3/status/on-notify",
            ["acknowledgement": ["status": "OK"], "response": resp]
        ),
        (
            "/v3/token/generate-token",
            ["name": "A", "gender": "F", "yearOfBirth": 1988, "abhaAddress": "a@sbx"]
        ),
        ("/hip/v3/link/carecontext", ["abhaAddress": "a@sbx", "patient": groups]),
        ("/hip/v3/link/context/notify", ["notification": notification]),
        ("/hip/v3/link/patient/links/sms/notify2", ["notification": deepLink]),
    ]

    /// All of them, by whole path and with the envelope where it belongs into the body.
    static let all: [(path: String, body: WireValue)] =
        v05.map { entry in
            let body = (envelope.members ?? []).reduce(entry.body) { $0.with($1.name, $1.value) }
            return ("/gateway/v0.5" + entry.path, body)
        } + v3.map { ("/api/hiecm" + $0.path, $0.body) }
        + [("/gateway/v1.0/patients/profile/on-share", shareWithNumber)]

    private static let shareWithNumber: WireValue = [
        "requestId": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "timestamp": "2026-11-21T09:30:12.250Z", "resp": resp,
        "acknowledgement": ["status": "SUCCESS", "healthId": "a@sbx", "tokenNumber": "7"],
    ]
}

extension WireValue {
    /// Every value that differs from this one in one place: a member gone, a value of another type, or a
    /// member too many.
    var mutants: [(what: String, value: WireValue)] {
        switch self {
        case .object(let members):
            members.flatMap { member -> [(what: String, value: WireValue)] in
                [("without \(member.name)", without(member.name))]
                    + member.value.mutants.map {
                        ("\(member.name): \($0.what)", with(member.name, $0.value))
                    }
            } + [("with an unknown member", with("surprise", 1)), ("not an object", "text")]
        case .list(let values):
            values.indices.flatMap { index in
                values[index].mutants.map { mutant -> (what: String, value: WireValue) in
                    var changed = values
                    changed[index] = mutant.value
                    return ("[\(index)] \(mutant.what)", .list(changed))
                }
            } + [("not a list", "text")]
        case .text: [("an empty text", ""), ("a number", 7), ("null", .null)]
        default: [("a text", "text"), ("a list", [])]
        }
    }
}
