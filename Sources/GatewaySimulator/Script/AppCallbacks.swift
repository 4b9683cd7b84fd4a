/// What the consent manager tells an HRP when somebody uses the PHR app, in the words of both protocols.
enum AppCallbacks {
    static func discover(
        _ user: AppUser, transaction: String, medicalRecord: String?, _ version: GatewayProtocol,
        facility: String
    ) -> OutgoingCallback {
        let isV3 = version == .v3
        var verified: [WireValue] = []
        if let mobile = user.mobile { verified.append(identifier("MOBILE", mobile)) }
        if let number = user.abhaNumber {
            verified.append(identifier(isV3 ? "ABHA_NUMBER" : "NDHM_HEALTH_NUMBER", number))
        }
        verified.append(identifier(isV3 ? "ABHA_ADDRESS" : "HEALTH_ID", user.abhaAddress))
        return OutgoingCallback(
            path: isV3
                ? "/api/v3/hip/patient/care-context/discover" : "/v0.5/care-contexts/discover",
            facility: facility, version: version,
            body: [
                "transactionId": .text(transaction),
                "patient": [
                    "id": .text(user.abhaAddress), "verifiedIdentifiers": .list(verified),
                    "unverifiedIdentifiers": .list(
                        medicalRecord.map { [identifier("MR", $0)] } ?? []),
                    "name": .text(user.name), "gender": .text(user.gender),
                    "yearOfBirth": .integer(user.yearOfBirth),
                ],
            ])
    }

    private static func identifier(_ type: String, _ value: String) -> WireValue {
        ["type": .text(type), "value": .text(value)]
    }

    /// Chooses among what was found: the groups of v3 as they were offered, of v0.5 the one patient.
    static func link(
        _ user: AppUser, transaction: String, groups: [WireValue], _ version: GatewayProtocol,
        facility: String
    ) -> OutgoingCallback {
        let chosen = groups.map { group -> WireValue in
            let contexts = CareContextList.references([group]).map {
                ["referenceNumber": .text($0)] as WireValue
            }
            return group.without("display").with("careContexts", .list(contexts))
        }
        var body: WireValue = ["transactionId": .text(transaction)]
        if version == .v3 {
            let counted = chosen.map { group in
                group.with("count", .integer(group["careContexts"]?.elements?.count ?? 0))
            }
            body = body.with("abhaAddress", .text(user.abhaAddress))
                .with("patient", .list(counted))
        } else {
            let patient = (chosen.first ?? [:]).without("matchedBy")
            body = body.with("patient", patient.with("id", .text(user.abhaAddress)))
        }
        return OutgoingCallback(
            path: version == .v3 ? "/api/v3/hip/link/care-context/init" : "/v0.5/links/link/init",
            facility: facility, version: version, body: body)
    }

    static func confirm(
        reference: String, password: String, _ version: GatewayProtocol, facility: String
    ) -> OutgoingCallback {
        OutgoingCallback(
            path: version == .v3
                ? "/api/v3/hip/link/care-context/confirm" : "/v0.5/links/link/confirm",
            facility: facility, version: version,
            body: ["confirmation": ["linkRefNumber": .text(reference), "token": .text(password)]])
    }

    static func share(
        _ user: AppUser, counter: String, _ version: GatewayProtocol, facility: String
    ) -> OutgoingCallback {
        let address: WireValue = [
            "line": "1 Invented Street", "district": "Pune", "state": "Maharashtra",
            "pincode": "411001",
        ]
        let number = user.abhaNumber.map { WireValue.text($0) } ?? .null
        if version == .v3 {
            return OutgoingCallback(
                path: "/api/v3/hip/patient/share", facility: facility, version: version,
                body: [
                    "intent": "PROFILE_SHARE",
                    "metaData": [
                        "hipId": .text(facility), "context": .text(counter), "hprId": .null,
                        "latitude": "18.52", "longitude": "73.85",
                    ],
                    "profile": [
                        "patient": [
                            "abhaNumber": number, "abhaAddress": .text(user.abhaAddress),
                            "name": .text(user.name), "gender": .text(user.gender),
                            "dayOfBirth": .null, "monthOfBirth": .null,
                            "yearOfBirth": .text("\(user.yearOfBirth)"), "address": address,
                            "phoneNumber": user.mobile.map { .text($0) } ?? .null,
                        ]
                    ],
                ])
        }
        let identifiers = user.mobile.map { [identifier("MOBILE", $0)] } ?? []
        return OutgoingCallback(
            path: "/v1.0/patients/profile/share", facility: facility, version: version,
            body: [
                "intent": ["type": "PROFILE_SHARE"],
                "location": ["latitude": "18.52", "longitude": "73.85"],
                "profile": [
                    "hipCode": .text(counter),
                    "patient": [
                        "healthId": .text(user.abhaAddress), "healthIdNumber": number,
                        "name": .text(user.name), "gender": .text(user.gender), "address": address,
                        "yearOfBirth": .integer(user.yearOfBirth),
                        "identifiers": .list(identifiers),
                    ],
                ],
            ])
    }

    /// Says yes or no to a facility that asks in the app whether it may link records.
    static func approval(
        _ user: AppUser, transaction: String, token: String?, facility: String
    ) -> OutgoingCallback {
        let validity: WireValue = [
            "purpose": "LINK", "requester": ["type": "HIP", "id": .text(facility)],
            "expiry": .text(WireMoment.text(WireMoment.now + 86_400_000)), "limit": 1,
        ]
        return OutgoingCallback(
            path: "/v0.5/users/auth/notify", facility: facility, version: .v05,
            body: [
                "auth": [
                    "transactionId": .text(transaction),
                    "status": .text(token == nil ? "DENIED" : "GRANTED"),
                    "accessToken": token.map { .text($0) } ?? .null,
                    "validity": token == nil ? .null : validity, "patient": .null,
                ]
            ])
    }

    static func status(
        _ status: String, of user: AppUser, _ version: GatewayProtocol, facility: String
    ) -> OutgoingCallback {
        OutgoingCallback(
            path: version == .v3
                ? "/api/v3/patients/status/notify" : "/v0.5/patients/status/notify",
            facility: facility, version: version,
            body: [
                "notification": [
                    "status": .text(status), "patient": ["id": .text(user.abhaAddress)],
                ]
            ])
    }
}
