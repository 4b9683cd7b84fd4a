import Gateway
import Glibc
import TestSupport
import Testing

/// A client for tests: short of patience, and not led away by the machine's proxies.
func testClient(
    connectMilliseconds: Int = 5000, wholeMilliseconds: Int = 10_000, concurrentMax: Int = 64,
    waitingMax: Int = 1000, answerBytesMax: Int = 1 << 20, authoritiesFile: String? = nil
) throws -> HTTPClient {
    try HTTPClient(
        HTTPClientLimits(
            connectMilliseconds: connectMilliseconds, wholeMilliseconds: wholeMilliseconds,
            concurrentMax: concurrentMax, waitingMax: waitingMax, answerBytesMax: answerBytesMax,
            authoritiesFile: authoritiesFile, usesEnvironmentProxy: false))
}

/// What came of a call that was waited for on a thread of its own.
func outcome(
    _ client: HTTPClient, _ call: HTTPCall
) throws -> Result<HTTPAnswer, TransportError> {
    let thread = try #require(
        WorkThread { () -> Result<HTTPAnswer, TransportError> in
            Result { () throws(TransportError) in try client.sendAndWait(call) }
        })
    return try #require(thread.join())
}

extension Result where Success == HTTPAnswer, Failure == TransportError {
    /// The error, if there is no answer.
    var error: TransportError? {
        if case .failure(let error) = self { return error }
        return nil
    }
}

/// Looks again and again; for threads of their own only.
func waitUntil(_ isSo: () -> Bool) {
    while !isSo() { _ = usleep(1000) }
}

/// A hundredth of a second.
func waitABit() { _ = usleep(10_000) }
