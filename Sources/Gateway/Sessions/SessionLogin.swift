internal import JSON

/// Who we are to the gateway, and where it hands out session tokens.
///
/// Its description does not have the secret.
public struct SessionLogin: Sendable {
    /// The two ways to ask for a token.
    public enum Form: Sendable, Equatable {
        /// `POST {gateway}/v0.5/sessions`.
        case v05(gateway: String)
        /// `POST {hiecm}/gateway/v3/sessions`, with the headers that every v3 call has.
        case v3(hiecm: String, cmID: String)
    }

    /// Where, and in which form.
    public let form: Form
    /// What the gateway calls us.
    public let clientID: String
    private let clientSecret: String

    /// A login.
    ///
    /// - Parameters:
    ///   - form: base URLs without a slash at their end.
    ///   - clientID: what the gateway calls us.
    ///   - clientSecret: sent to that gateway and shown nowhere.
    public init(_ form: Form, clientID: String, clientSecret: String) {
        self.form = form
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    /// The call that asks for a token.
    func call(_ stamp: CallStamp) -> HTTPCall {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("clientId", clientID.utf8.span)
        writer.member("clientSecret", clientSecret.utf8.span)
        writer.member("grantType", "client_credentials".utf8.span)
        writer.endObject()
        var headers = [
            HTTPHeader("Content-Type", "application/json"),
            HTTPHeader("Accept", "application/json"),
        ]
        switch form {
        case .v05(let gateway):
            return HTTPCall(
                .post, gateway + "/v0.5/sessions", headers: headers, body: writer.take())
        case .v3(let hiecm, let cmID):
            headers += [
                HTTPHeader("REQUEST-ID", stamp.requestID), HTTPHeader("TIMESTAMP", stamp.timestamp),
                HTTPHeader("X-CM-ID", cmID),
            ]
            return HTTPCall(
                .post, hiecm + "/gateway/v3/sessions", headers: headers, body: writer.take())
        }
    }
}

extension SessionLogin: CustomStringConvertible, CustomReflectable {
    /// Who, and where.
    public var description: String { "client \(clientID) at \(form)" }

    /// Nothing: a dump would show the secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why there is no session token.
public enum SessionError: Error, Equatable, Sendable {
    /// The gateway could not be asked.
    case transport(TransportError)
    /// It said no: 401 and 403 mean that client id and secret are wrong.
    case refused(status: Int)
    /// It said yes, but without a token that can be used.
    case malformedReply
    /// It took back a token that it had given a moment ago.
    case tokenRefused
}

/// A token as the gateway gave it.
///
/// Its description is silent.
public struct SessionToken: Sendable, Equatable {
    /// What stands behind `Bearer `.
    public let text: String
    /// When it is not worth sending any more, in milliseconds since 1970.
    public let expiresAtMilliseconds: Int64
    /// Counts the tokens of one `SessionTokens`, so that a refusal finds the one that it is for.
    let number: Int

    /// The value of the header `Authorization`.
    public var authorization: HTTPHeader { HTTPHeader("Authorization", "Bearer " + text) }
}

extension SessionToken: CustomStringConvertible, CustomReflectable {
    /// Which one, by number.
    public var description: String { "session token \(number)" }

    /// Nothing: a dump would show the token.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
