/// Why a message is turned away.
package enum RefusalReason: Sendable, Equatable {
    case badSession, missingHeader, badBody, badCount, badID, badTime, repeated
    case unknownCallback, wrongTransaction
    case secondAnswer(MessageKind)
}

/// A message that is turned away, in the words of its protocol.
package struct MessageRefusal: Error, Sendable {
    package let status: UInt32
    package let code: String
    /// What exactly, without any of the message's contents.
    package let reason: String
    private let version: GatewayProtocol
    private let isFlat: Bool

    init(_ reason: RefusalReason, _ version: GatewayProtocol, _ detail: String) {
        (status, code) =
            version == .v3 ? Self.consentManagerCode(reason) : Self.gatewayCode(reason)
        self.reason = detail
        self.version = version
        isFlat = version == .v3 && reason == .badSession
    }

    /// The published numbers of the v0.5 gateway.
    private static func gatewayCode(_ reason: RefusalReason) -> (UInt32, String) {
        switch reason {
        case .badSession: (401, "2401")
        case .repeated, .badTime: (429, "2429")
        case .unknownCallback: (400, "2506")
        case .wrongTransaction: (400, "1513")
        case .missingHeader, .badBody, .badCount, .badID, .secondAnswer: (400, "2500")
        }
    }

    /// The published numbers of v3.
    private static func consentManagerCode(_ reason: RefusalReason) -> (UInt32, String) {
        switch reason {
        case .badSession: (401, "900901")
        case .missingHeader: (403, "ABDM-1032")
        case .badBody: (400, "ABDM-1006")
        case .badCount: (400, "ABDM-1037")
        case .badID: (400, "ABDM-2404")
        case .badTime: (400, "ABDM-1016")
        case .repeated: (400, "ABDM-1064")
        case .unknownCallback: (400, "ABDM-2500")
        case .wrongTransaction: (400, "ABDM-1017")
        case .secondAnswer(.onLinkInit): (400, "ABDM-1107")
        case .secondAnswer(.onLinkConfirm): (400, "ABDM-1108")
        case .secondAnswer: (400, "ABDM-1106")
        }
    }

    /// What is answered.
    var body: WireValue {
        if isFlat { return ["code": .text(code), "message": .text(reason)] }
        let number = version == .v05 ? Int(code).map { WireValue.integer($0) } : nil
        return ["error": ["code": number ?? .text(code), "message": .text(reason)]]
    }
}
