/// A callback of the gateway's to the HRP.
struct OutgoingCallback: Sendable {
    var path: String
    var facility: String
    var version: GatewayProtocol
    /// Without the members or headers that say which request it is.
    var body: WireValue
    /// Of the callback; the HRP answers it by this.
    var requestID = WireMoment.freshID()
}

/// What the consent manager does for an HRP that asks, and tells it by a callback.
struct GatewayAnswers {
    /// Makes a linking token.
    let makeToken: (TokenHolder) -> String

    /// The callback that a request leads to; nil for a message that is an answer itself.
    func callback(to message: TakenMessage, at desk: inout GatewayDesk) -> OutgoingCallback? {
        let body = message.body
        switch message.entry.kind {
        case .onDiscover, .onLinkInit, .onLinkConfirm, .onShare, .onStatus, .onAuthNotify:
            return nil
        case .authModes:
            return answer(
                message, "/v0.5/users/auth/on-fetch-modes",
                body["query"]?["requester"]?["id"]?.text,
                [
                    "auth": [
                        "purpose": body["query"]?["purpose"] ?? "LINK",
                        "modes": ["MOBILE_OTP", "DEMOGRAPHICS", "DIRECT"],
                    ], "error": .null,
                ])
        case .authInit: return authInit(message, &desk)
        case .authConfirm: return authConfirm(message, &desk)
        case .generateToken: return generateToken(message, &desk)
        case .addContexts: return addContexts(message, &desk)
        case .contextNotify:
            let path = message.entry.version == .v3 ? "/api/v3" : "/v0.5"
            return answer(
                message, path + "/links/context/on-notify",
                body["notification"]?["hip"]?["id"]?.text,
                ["acknowledgement": ["status": "SUCCESS"], "error": .null])
        case .messageNotify:
            let path = message.entry.version == .v3 ? "/api/v3" : "/v0.5"
            return answer(
                message, path + "/patients/sms/on-notify",
                body["notification"]?["hip"]?["id"]?.text,
                ["status": "ACKNOWLEDGED", "error": .null])
        }
    }

    private func answer(
        _ message: TakenMessage, _ path: String, _ facility: String?, _ body: WireValue
    ) -> OutgoingCallback {
        let isV3 = message.entry.version == .v3
        let requestID = isV3 ? message.headers["request-id"] : message.body["requestId"]?.text
        return OutgoingCallback(
            path: path, facility: facility ?? message.facility, version: message.entry.version,
            body: body.with(
                isV3 ? "response" : "resp", ["requestId": .text(requestID ?? "")]))
    }

    private func failure(_ code: WireValue, _ words: String) -> WireValue {
        ["error": ["code": code, "message": .text(words)]]
    }

    private func authInit(
        _ message: TakenMessage, _ desk: inout GatewayDesk
    ) -> OutgoingCallback {
        let query = message.body["query"]
        let holder = TokenHolder(
            facility: query?["requester"]?["id"]?.text ?? "",
            abhaAddress: query?["id"]?.text ?? "")
        let path = "/v0.5/users/auth/on-init"
        guard let user = desk.users[holder.abhaAddress] else {
            return answer(
                message, path, holder.facility, failure(1414, "User not found").with("auth", .null))
        }
        let transaction = WireMoment.freshID()
        desk.authentications[transaction] = holder
        var hint = WireValue.null
        let mobile = user.mobileDigits
        switch query?["authMode"]?.text {
        case "MOBILE_OTP", "AADHAAR_OTP":
            let code = String(Int.random(in: 100_000...999_999))
            desk.authCodes[transaction] = code
            desk.passwords[mobile] = code
            hint = .text("xxxxxxxx" + mobile.suffix(2))
        case "DIRECT": desk.approvals[holder] = transaction
        default: break
        }
        let expiry = WireMoment.text(WireMoment.now + 7_200_000).dropLast()
        return answer(
            message, path, holder.facility,
            [
                "auth": [
                    "transactionId": .text(transaction),
                    "mode": query?["authMode"] ?? "DEMOGRAPHICS",
                    "meta": ["hint": hint, "expiry": .text(String(expiry))],
                ], "error": .null,
            ])
    }

    private func authConfirm(
        _ message: TakenMessage, _ desk: inout GatewayDesk
    ) -> OutgoingCallback {
        let transaction = message.body["transactionId"]?.text ?? ""
        let holder = desk.authentications[transaction]
        let code = desk.authCodes[transaction]
        let path = "/v0.5/users/auth/on-confirm"
        let claim = message.body["credential"]?["demographic"]
        guard let holder, let user = desk.users[holder.abhaAddress],
            code.map({ message.body["credential"]?["authCode"]?.text == $0 })
                ?? Self.agrees(claim, with: user)
        else {
            // A code may be typed again, what was said may not be said otherwise.
            if code == nil { desk.authentications[transaction] = nil }
            return answer(
                message, path, holder?.facility,
                failure(1441, "Invalid auth confirm request.").with("auth", .null))
        }
        desk.authentications[transaction] = nil
        desk.authCodes[transaction] = nil
        let token = makeToken(holder)
        desk.linkTokens[token] = holder
        return answer(
            message, path, holder.facility,
            ["auth": ["accessToken": .text(token), "patient": .null], "error": .null])
    }

    private static func agrees(_ claim: WireValue?, with user: AppUser) -> Bool {
        claim?["name"]?.text == user.name && claim?["gender"]?.text == user.gender
            && claim?["dateOfBirth"]?.text?.hasPrefix("\(user.yearOfBirth)-") == true
    }

    private func generateToken(
        _ message: TakenMessage, _ desk: inout GatewayDesk
    ) -> OutgoingCallback {
        let path = "/api/v3/hip/token/on-generate-token"
        let body = message.body
        let user = desk.users.values.first { user in
            user.abhaAddress == body["abhaAddress"]?.text
                || user.abhaNumber != nil && user.abhaNumber == body["abhaNumber"]?.text
        }
        guard let user, body["name"]?.text == user.name, body["gender"]?.text == user.gender,
            body["yearOfBirth"]?.integer == user.yearOfBirth
        else {
            return answer(message, path, nil, failure("ABDM-1207", "Demographic details invalid"))
        }
        let holder = TokenHolder(facility: message.facility, abhaAddress: user.abhaAddress)
        let token = makeToken(holder)
        desk.linkTokens[token] = holder
        return answer(
            message, path, nil,
            ["abhaAddress": .text(user.abhaAddress), "linkToken": .text(token)])
    }

    private func addContexts(
        _ message: TakenMessage, _ desk: inout GatewayDesk
    ) -> OutgoingCallback {
        let isV3 = message.entry.version == .v3
        let path = isV3 ? "/api/v3/link/on_carecontext" : "/v0.5/links/link/on-add-contexts"
        let link = message.body["link"]
        let token = (isV3 ? message.headers["x-link-token"] : link?["accessToken"]?.text) ?? ""
        // Of v0.5 a token is good for one call only.
        let holder = isV3 ? desk.linkTokens[token] : desk.linkTokens.removeValue(forKey: token)
        guard let holder else {
            return answer(
                message, path, nil,
                isV3
                    ? failure("ABDM-1026", "Invalid Link Token")
                    : failure(1401, "Invalid token").with("acknowledgement", .null))
        }
        let groups = isV3 ? message.body["patient"]?.elements ?? [] : [link?["patient"] ?? .null]
        let references = CareContextList.references(groups)
        guard desk.linked[holder, default: []].isDisjoint(with: references) else {
            return answer(
                message, path, holder.facility,
                isV3
                    ? failure("ABDM-9999", "Duplicate HIP link request")
                    : failure(
                        1439,
                        "Some of the Care Contexts are already linked, please remove"
                            + " the linked Care Contexts."
                    ).with("acknowledgement", .null))
        }
        desk.linked[holder, default: []].formUnion(references)
        return answer(
            message, path, holder.facility,
            isV3
                ? [
                    "abhaAddress": .text(holder.abhaAddress),
                    "status": "Successfully Linked care context", "error": .null,
                ] : ["acknowledgement": ["status": "SUCCESS"], "error": .null])
    }
}

/// The care contexts of one patient or of many groups.
enum CareContextList {
    /// Every reference number, group by group.
    static func references(_ groups: [WireValue]) -> [String] {
        groups.flatMap { group in
            (group["careContexts"]?.elements ?? []).compactMap { $0["referenceNumber"]?.text }
        }
    }
}
