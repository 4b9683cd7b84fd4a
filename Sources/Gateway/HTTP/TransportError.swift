/// Why there is no answer to a call.
public enum TransportError: Error, Equatable, Sendable {
    /// The call itself is wrong; nothing was sent.
    case malformedCall(HTTPCallFlaw)
    /// As many calls wait for this destination as may; nothing was sent.
    case tooManyWaiting
    /// The name is not known, or nobody listens; nothing was sent.
    case couldNotConnect
    /// The other side is not who it should be, or speaks no TLS that we do; nothing was sent.
    case tls
    /// The time was up.
    case timedOut(wasSent: Bool)
    /// The connection ended before the answer did.
    case connectionLost(wasSent: Bool)
    /// The answer is larger than allowed; it has been read in part only.
    case tooLarge
    /// What came is no HTTP.
    case malformedAnswer
    /// The client was stopped.
    case stopped(wasSent: Bool)
    /// Something else, by libcurl's number for it.
    case library(code: Int32, wasSent: Bool)

    /// Whether the other side may have acted on the call.
    ///
    /// False says for certain that it has not: not a byte of the request had left.
    public var mayHaveArrived: Bool {
        switch self {
        case .malformedCall, .tooManyWaiting, .couldNotConnect, .tls: false
        case .tooLarge, .malformedAnswer: true
        case .timedOut(let wasSent), .connectionLost(let wasSent), .stopped(let wasSent),
            .library(_, let wasSent):
            wasSent
        }
    }
}

extension TransportError: CustomStringConvertible {
    /// One line for a log, without anything of the call.
    public var description: String {
        switch self {
        case .malformedCall(let flaw): "the call cannot be sent: \(flaw)"
        case .tooManyWaiting: "too many calls wait for the destination"
        case .couldNotConnect: "no connection"
        case .tls: "no TLS connection that can be trusted"
        case .timedOut(let wasSent): "timed out \(Self.moment(wasSent))"
        case .connectionLost(let wasSent): "connection lost \(Self.moment(wasSent))"
        case .tooLarge: "the answer is too large"
        case .malformedAnswer: "the answer is no HTTP"
        case .stopped(let wasSent): "stopped \(Self.moment(wasSent))"
        case .library(let code, let wasSent): "libcurl error \(code) \(Self.moment(wasSent))"
        }
    }

    private static func moment(_ wasSent: Bool) -> String {
        wasSent ? "after the request began to leave" : "before anything was sent"
    }
}

/// Somebody who sends calls: the client, or a test's own.
public protocol CallSender: Sendable {
    /// Sends a call and hands over what came of it, once.
    ///
    /// - Parameters:
    ///   - call: what to send.
    ///   - then: called on a thread of the sender's, which it must not hold up; or at once.
    func send(
        _ call: HTTPCall, then: @escaping @Sendable (Result<HTTPAnswer, TransportError>) -> Void)
}

extension CallSender {
    /// Sends a call and waits; never from within a `then`.
    ///
    /// - Returns: what came of it.
    /// - Throws: `TransportError`.
    public func sendAndWait(_ call: HTTPCall) throws(TransportError) -> HTTPAnswer {
        let box = Waitable<Result<HTTPAnswer, TransportError>?>(nil)
        send(call) { result in box.update { $0 = result } }
        return try box.wait { $0 }.get()
    }
}
