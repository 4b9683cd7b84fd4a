internal import Gateway
internal import Tokens

/// Reads arbitrary bytes as whatever the gateway sends about tokens.
///
/// Input: byte 0 chooses what (low two bits): the value of an authorization header, a token, a set of keys, a
/// session's reply; the bytes follow.
@c(LLVMFuzzerTestOneInput)
public func tokens(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard let choice = input.first else { return 0 }
    let bytes = Array(input.dropFirst())
    switch choice & 3 {
    case 0:
        if let token = try? BearerHeader.token(in: bytes.span) {
            precondition(!token.isEmpty, "a token of no bytes")
            judge(token.indices.map { token[$0] })
        }
    case 1: judge(bytes)
    case 2:
        if let set = try? KeySet(bytes.span) {
            precondition(!set.keyIDs.isEmpty && set.keyIDs.count <= KeySet.keysMax)
            precondition(Set(set.keyIDs).count == set.keyIDs.count, "two keys of one id")
            _ = try? TokenVerifier().verify(signed.span, keys: set, nowSeconds: 0)
        }
    default:
        if let reply = SessionReply(bytes.span) {
            precondition((1...86_400).contains(reply.expiresInSeconds))
            precondition((1...SessionReply.tokenBytesMax).contains(reply.accessToken.utf8.count))
            precondition(reply.accessToken.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        }
    }
    return 0
}

/// Nobody can sign for the keys here: every token is refused, and none makes its reader stumble.
private func judge(_ token: [UInt8]) {
    for keys in [onlyKey, twoKeys] {
        do throws(TokenError) {
            _ = try TokenVerifier().verify(token.span, keys: keys, nowSeconds: 1_800_000_000)
            preconditionFailure("a token that nobody signed")
        } catch {
            precondition(error != .expired && error != .notYetValid && error != .wrongRole)
        }
    }
    let once = try? TokenClaims(unverified: token.span)
    precondition(once == (try? TokenClaims(unverified: token.span)), "two readings differ")
}

/// A modulus of 2048 bits, all of them set.
private let modulus = String(repeating: "_", count: 341) + "w"

private func key(_ id: String) -> String {
    "{\"kty\":\"RSA\",\"kid\":\"\(id)\",\"n\":\"\(modulus)\",\"e\":\"AQAB\"}"
}

private func keySet(_ keys: [String]) -> KeySet {
    let text = Array("{\"keys\":[\(keys.joined(separator: ","))]}".utf8)
    guard let set = try? KeySet(text.span) else { preconditionFailure("keys that are none") }
    return set
}

private let onlyKey = keySet([key("k")])
private let twoKeys = keySet([key("k"), key("l")])

/// `{"alg":"RS256","kid":"k"}`, `{}` and a signature of the right length.
private let signed = Array(
    ("eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.e30." + String(repeating: "A", count: 342)).utf8)
