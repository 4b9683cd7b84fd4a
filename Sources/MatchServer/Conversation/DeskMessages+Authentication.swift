internal import ABDM
internal import JSON
internal import Ledger

// The bodies of `/v1/profiles/{id}/auth`.
extension DeskMessages {
    /// Reads `{}`, `{"mode": "..."}` or `{"otp": "..."}`.
    static func authenticationStep(
        _ body: Span<UInt8>
    ) throws(MessageError) -> DeskAuthenticationStep {
        var document = JSONDocument()
        try document.parse(body: body)
        let root = try MessageObject(rootOf: document)
        let mode = try root.text("mode", in: document)
        let code = try root.text("otp", in: document)
        if let code {
            guard mode == nil else { throw MessageError("body", "has both mode and otp") }
            guard (1...16).contains(code.utf8.count),
                code.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else {
                throw MessageError("otp", "must be 1 to 16 digits")
            }
            return .code(code)
        }
        guard let mode else { return .askModes }
        guard let known = AuthenticationMode(rawValue: mode) else {
            let names = AuthenticationMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw MessageError("mode", "is none of \(names)")
        }
        return .begin(known)
    }

    /// What became of an authentication.
    static func answer(_ outcome: AuthenticationOutcome, isBegun: Bool) -> DeferredAnswer {
        switch outcome {
        case .stands(let authentication):
            return .json(body(of: authentication), status: isBegun ? 202 : 200)
        case .unknownProfile:
            return .json(errorObject(code: 3404, message: "there is no such profile"), status: 404)
        case .notBegun:
            return .json(
                errorObject(code: 3404, message: "nobody has begun to authenticate this person"),
                status: 404)
        case .noSuchWay:
            return .json(
                errorObject(
                    code: 3400, message: "this facility speaks v3, whose mode is DEMOGRAPHICS"),
                status: 409)
        case .noCodeAwaited:
            return .json(
                errorObject(code: 3400, message: "no code is awaited; begin by a mode first"),
                status: 409)
        }
    }

    private static func body(of authentication: DeskAuthentication) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("id", authentication.profileID)
        writer.member("state", authentication.state.rawValue)
        writer.member("mode", authentication.mode?.rawValue)
        writer.key("modes")
        writer.beginArray()
        for mode in authentication.modes { writer.string(mode) }
        writer.endArray()
        writer.member("hint", authentication.hint.isEmpty ? nil : authentication.hint)
        writer.member("expires", authentication.deadline.text)
        writer.key("problem")
        if authentication.problem == 0 {
            writer.null()
        } else {
            writer.integer(authentication.problem)
        }
        writer.member("message", authentication.meaning.map { "\($0)" })
        writer.endObject()
        return writer.take()
    }
}
