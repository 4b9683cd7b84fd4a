internal import Index
import Gateway
import TestSupport

/// A clock that a test moves.
final class MovedClock: GatewayClock {
    private let moment: ThreadLock<Int64>

    init(_ moment: Int64 = 1_800_000_000_000) { self.moment = ThreadLock(moment) }

    var unixMilliseconds: Int64 { moment.withLock { $0 } }

    func advance(seconds: Int64) { moment.withLock { $0 += seconds * 1000 } }
}

/// A sender that answers when the test says so.
final class PlayedGateway: CallSender {
    private struct State {
        var calls: [HTTPCall] = []
        var waiting: [@Sendable (Result<HTTPAnswer, TransportError>) -> Void] = []
    }

    private let state = ThreadLock(State())

    func send(
        _ call: HTTPCall, then: @escaping @Sendable (Result<HTTPAnswer, TransportError>) -> Void
    ) {
        state.withLock { state in
            state.calls.append(call)
            state.waiting.append(then)
        }
    }

    var calls: [HTTPCall] { state.withLock { $0.calls } }

    /// Answers the oldest call that waits.
    func answer(_ result: Result<HTTPAnswer, TransportError>) {
        let then = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        then?(result)
    }

    func answer(status: Int = 200, _ body: String) {
        answer(.success(HTTPAnswer(status: status, body: Array(body.utf8))))
    }

    /// Answers with a session token.
    func give(_ token: String, seconds: Int = 1800) {
        answer("{\"accessToken\":\"\(token)\",\"expiresIn\":\(seconds),\"tokenType\":\"bearer\"}")
    }
}

/// What a callback was called with, in order.
final class Heard<Value: Sendable>: Sendable {
    private let values = ThreadLock<[Value]>([])

    var all: [Value] { values.withLock { $0 } }

    func hear(_ value: Value) { values.withLock { $0.append(value) } }
}
