internal import JSON

/// An answer of ABDM to a request of ours.
public struct OwnAnswer: Equatable, Sendable {
    /// The request id of the try that is answered.
    public var requestID: String
    /// What it says.
    public var answer: OwnRequestAnswer

    /// An answer from its parts.
    public init(requestID: String, answer: OwnRequestAnswer) {
        self.requestID = requestID
        self.answer = answer
    }
}

extension OwnAnswer {
    /// Reads an answer of either protocol.
    init(
        _ root: MessageObject, _ path: CallbackPath, in document: borrowing JSONDocument
    ) throws(MessageError) {
        var response = try root.object("response", in: document)
        if response == nil { response = try root.object("resp", in: document) }
        guard let requestID = try response?.text("requestId", in: document) else {
            throw MessageError(
                path.version == .v3 ? "response.requestId" : "resp.requestId", "is missing")
        }
        self.requestID = requestID
        if let error = try root.object("error", in: document) {
            var code = ""
            if let node = try error.value("code", in: document) {
                if document.kind(of: node) == .string {
                    code = document.text(of: node)
                } else {
                    code = document.integer(of: node).map { String($0) } ?? ""
                }
            }
            answer = .refused(
                GatewayRefusal(
                    code: code, message: try error.text("message", in: document) ?? ""))
            return
        }
        switch path.kind {
        case .onGenerateToken:
            let address = try root.text("abhaAddress", in: document)
            answer = .token(
                GrantedToken(
                    try root.requiredText("linkToken", in: document),
                    of: address.map { PatientAddress($0) }))
        case .onAuthInit:
            let auth = try root.requiredObject("auth", in: document)
            answer = .begun(try BegunAuthentication(auth, in: document))
        case .onAuthModes:
            let auth = try root.requiredObject("auth", in: document)
            answer = .modes(try auth.words("modes", in: document))
        case .onAuthConfirm:
            let auth = try root.requiredObject("auth", in: document)
            answer = .token(GrantedToken(try auth.requiredText("accessToken", in: document)))
        case .onAddContexts, .onContextNotify: answer = .linked
        case .onMessageNotify:
            // v3 has been seen with the status at the top, and described with it in the acknowledgement.
            var status = try root.text("status", in: document)
            if status == nil {
                status = try root.object("acknowledgement", in: document)?
                    .text("status", in: document)
            }
            answer =
                status == "ERRORED"
                ? .refused(GatewayRefusal(code: "", message: "")) : .delivered
        case .discover, .linkInit, .linkConfirm, .profileShare, .statusNotify, .authNotify:
            throw MessageError("body", "answers nothing")
        }
    }
}
