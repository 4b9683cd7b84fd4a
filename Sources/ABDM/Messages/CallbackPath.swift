/// What ABDM calls us for.
public enum CallbackKind: String, CaseIterable, Sendable {
    /// A patient looks for records.
    case discover
    /// A patient wants to link what was offered.
    case linkInit
    /// A patient types the one-time password.
    case linkConfirm
    /// A patient scanned a counter's code.
    case profileShare
    /// A patient left ABDM, or came back.
    case statusNotify
    /// The modes of authentication that we asked for.
    case onAuthModes
    /// A patient who was asked in their app to let us link agrees, or does not.
    case authNotify
    /// An authentication that we asked for has begun, or cannot.
    case onAuthInit
    /// An authentication that we asked for has given a linking token, or has failed.
    case onAuthConfirm
    /// A linking token that we asked for has come, or cannot.
    case onGenerateToken
    /// Care contexts that we wanted to link are linked, or cannot be.
    case onAddContexts
    /// A patient has been told of more in a care context, or cannot be.
    case onContextNotify
    /// A patient has been told by a short message of a new record, or cannot be.
    case onMessageNotify
}

/// One path below the callback base, and what it is for.
public struct CallbackPath: Hashable, Sendable {
    /// What it is for.
    public let kind: CallbackKind
    /// Whose words its bodies speak.
    public let version: WireVersion
    /// The path, such as `/v0.5/care-contexts/discover`.
    public let path: String
    /// What else the answer must know: v1.0 of the profile share is answered on v1.0.
    let isVersionOne: Bool

    /// Where a callback says its id: v3 in a header.
    var requestIDField: String { version == .v3 ? "header REQUEST-ID" : "requestId" }
    /// Where a callback says its time: v3 in a header.
    var timestampField: String { version == .v3 ? "header TIMESTAMP" : "timestamp" }

    init(_ kind: CallbackKind, _ version: WireVersion, _ path: String, isVersionOne: Bool = false) {
        self.kind = kind
        self.version = version
        self.path = path
        self.isVersionOne = isVersionOne
    }

    /// Every path that ABDM may post to.
    ///
    /// - Source: HIP API v0.5 (`ndhm-hip.yml`) and the v3 callbacks as they were seen on the wire.
    public static let all: [CallbackPath] = [
        CallbackPath(.discover, .gateway, "/v0.5/care-contexts/discover"),
        CallbackPath(.linkInit, .gateway, "/v0.5/links/link/init"),
        CallbackPath(.linkConfirm, .gateway, "/v0.5/links/link/confirm"),
        CallbackPath(.profileShare, .gateway, "/v0.5/patients/profile/share"),
        CallbackPath(
            .profileShare, .gateway, "/v1.0/patients/profile/share", isVersionOne: true),
        CallbackPath(.statusNotify, .gateway, "/v0.5/patients/status/notify"),
        CallbackPath(.onAuthModes, .gateway, "/v0.5/users/auth/on-fetch-modes"),
        CallbackPath(.authNotify, .gateway, "/v0.5/users/auth/notify"),
        CallbackPath(.onAuthInit, .gateway, "/v0.5/users/auth/on-init"),
        CallbackPath(.onAuthConfirm, .gateway, "/v0.5/users/auth/on-confirm"),
        CallbackPath(.onAddContexts, .gateway, "/v0.5/links/link/on-add-contexts"),
        CallbackPath(.onContextNotify, .gateway, "/v0.5/links/context/on-notify"),
        CallbackPath(.discover, .v3, "/api/v3/hip/patient/care-context/discover"),
        CallbackPath(.linkInit, .v3, "/api/v3/hip/link/care-context/init"),
        CallbackPath(.linkConfirm, .v3, "/api/v3/hip/link/care-context/confirm"),
        CallbackPath(.profileShare, .v3, "/api/v3/hip/patient/share"),
        CallbackPath(.onGenerateToken, .v3, "/api/v3/hip/token/on-generate-token"),
        CallbackPath(.onAddContexts, .v3, "/api/v3/link/on_carecontext"),
        CallbackPath(.onContextNotify, .v3, "/api/v3/links/context/on-notify"),
        CallbackPath(.onMessageNotify, .gateway, "/v0.5/patients/sms/on-notify"),
        CallbackPath(.statusNotify, .v3, "/api/v3/patients/status/notify"),
        CallbackPath(.onMessageNotify, .v3, "/api/v3/patients/sms/on-notify"),
    ]
}

/// Where an answer or a request of ours goes.
public struct GatewayPath: Hashable, Sendable {
    /// Which of the configured bases the path goes behind.
    public enum Base: String, CaseIterable, Sendable {
        /// The v0.5 gateway.
        case gateway
        /// The v3 consent manager.
        case hiecm
        /// The configured SMS service; the path is empty.
        case sms
        /// The webhook of the facility's own system; the path is empty.
        case webhook
    }

    /// The base.
    public let base: Base
    /// What follows the base, beginning with a slash; empty for the SMS service and the webhook.
    public let path: String

    /// A place behind a base.
    public init(_ base: Base, _ path: String) {
        self.base = base
        self.path = path
    }

    static func onDiscover(_ version: WireVersion) -> GatewayPath {
        switch version {
        case .gateway: GatewayPath(.gateway, "/v0.5/care-contexts/on-discover")
        case .v3:
            GatewayPath(.hiecm, "/user-initiated-linking/v3/patient/care-context/on-discover")
        }
    }

    static func onLinkInit(_ version: WireVersion) -> GatewayPath {
        switch version {
        case .gateway: GatewayPath(.gateway, "/v0.5/links/link/on-init")
        case .v3: GatewayPath(.hiecm, "/user-initiated-linking/v3/link/care-context/on-init")
        }
    }

    static func onLinkConfirm(_ version: WireVersion) -> GatewayPath {
        switch version {
        case .gateway: GatewayPath(.gateway, "/v0.5/links/link/on-confirm")
        case .v3: GatewayPath(.hiecm, "/user-initiated-linking/v3/link/care-context/on-confirm")
        }
    }

    static func onShare(_ version: WireVersion, isVersionOne: Bool) -> GatewayPath {
        switch version {
        case .gateway:
            GatewayPath(
                .gateway,
                isVersionOne
                    ? "/v1.0/patients/profile/on-share" : "/v0.5/patients/profile/on-share")
        case .v3: GatewayPath(.hiecm, "/patient-share/v3/on-share")
        }
    }

    static let onAuthNotify = GatewayPath(.gateway, "/v0.5/users/auth/on-notify")

    /// v3's is published nowhere: it is what an integrator was seen to use.
    static func onStatusNotify(_ version: WireVersion) -> GatewayPath {
        switch version {
        case .gateway: GatewayPath(.gateway, "/v0.5/patients/status/on-notify")
        case .v3: GatewayPath(.hiecm, "/patients/v3/status/on-notify")
        }
    }
}
