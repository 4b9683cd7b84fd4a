internal import CMicroHTTPD
internal import Index
internal import Synchronization

/// What a request has waited for.
enum DeferredAnswer {
    /// What its token was found to be.
    case judged(TokenJudgement)
    /// It is written down.
    case accepted
    /// It is not.
    case notWritten
    /// A body to be sent as it is, under a status.
    case json([UInt8], status: UInt32 = 200)
}

/// A request that is set aside until somebody on another thread has its answer.
///
/// The library calls for the request again when it goes on.
final class Deferral: Sendable {
    private let answer = ThreadLock<DeferredAnswer?>(nil)
    private let shared: ServerShared
    /// The library's name for the connection; valid as long as it is set aside.
    private let connection: UInt

    private init(_ shared: ServerShared, _ connection: OpaquePointer) {
        self.shared = shared
        self.connection = UInt(bitPattern: connection)
    }

    /// Sets a request aside; `resume` must be called once.
    static func suspend(
        _ connection: OpaquePointer, of shared: ServerShared
    ) -> Deferral {
        shared.suspendedConnections.add(1, ordering: .relaxed)
        unsafe MHD_suspend_connection(connection)
        return unsafe Deferral(shared, connection)
    }

    /// Lets the request go on; from any thread.
    func resume(_ answer: DeferredAnswer) {
        self.answer.withLock { $0 = answer }
        if let connection = unsafe OpaquePointer(bitPattern: connection) {
            unsafe MHD_resume_connection(connection)
        }
        shared.suspendedConnections.subtract(1, ordering: .releasing)
    }

    /// The answer, once.
    func take() -> DeferredAnswer? {
        answer.withLock { answer in
            defer { answer = nil }
            return answer
        }
    }
}
