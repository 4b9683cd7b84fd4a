public import Tokens

/// Where the gateway's public keys are.
public enum KeySource: Sendable {
    /// `GET {gateway}/v0.5/certs`, open to all.
    case v05(gateway: String)
    /// `GET {hiecm}/gateway/v3/certs`, with a session token and the headers that every v3 call has.
    case v3(hiecm: String, cmID: String, SessionTokens)
}

/// Why there are no keys.
public enum KeyFetchError: Error, Equatable, Sendable {
    /// There is no session token to ask with.
    case session(SessionError)
    /// The gateway could not be asked.
    case transport(TransportError)
    /// It said no.
    case refused(status: Int)
    /// What it said is no set of keys that can be used.
    case keys(KeySetError)
}

/// Why a token that somebody sent us is not accepted.
public enum InboundTokenError: Error, Equatable, Sendable {
    /// The token is at fault.
    case token(TokenError)
    /// It may be good, but there are no keys to judge it with.
    case keysUnavailable
}

extension KeySource {
    /// Fetches the keys, once.
    func fetch(
        _ sender: any CallSender, _ clock: any GatewayClock,
        then: @escaping @Sendable (Result<KeySet, KeyFetchError>) -> Void
    ) {
        let accept = HTTPHeader("Accept", "application/json")
        switch self {
        case .v05(let gateway):
            let call = HTTPCall(.get, gateway + "/v0.5/certs", headers: [accept])
            sender.send(call) { then(Self.keys($0)) }
        case .v3(let hiecm, let cmID, let sessions):
            sessions.withToken { session in
                switch session {
                case .failure(let error):
                    then(.failure(.session(error)))
                case .success(let token):
                    let stamp = CallStamp(clock: clock)
                    let headers = [
                        accept, token.authorization, HTTPHeader("REQUEST-ID", stamp.requestID),
                        HTTPHeader("TIMESTAMP", stamp.timestamp), HTTPHeader("X-CM-ID", cmID),
                    ]
                    let call = HTTPCall(.get, hiecm + "/gateway/v3/certs", headers: headers)
                    sender.send(call) { result in
                        if case .success(let answer) = result, answer.status == 401 {
                            sessions.refuse(token)
                        }
                        then(Self.keys(result))
                    }
                }
            }
        }
    }

    private static func keys(
        _ result: Result<HTTPAnswer, TransportError>
    ) -> Result<KeySet, KeyFetchError> {
        switch result {
        case .failure(let error): return .failure(.transport(error))
        case .success(let answer):
            guard answer.isSuccess else { return .failure(.refused(status: answer.status)) }
            do throws(KeySetError) {
                return .success(try KeySet(answer.body.span))
            } catch {
                return .failure(.keys(error))
            }
        }
    }
}
