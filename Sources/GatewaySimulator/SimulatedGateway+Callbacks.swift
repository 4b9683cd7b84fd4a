internal import Glibc
internal import Synchronization

/// Whose signature a callback carries.
enum CallbackToken: String, Sendable, CaseIterable {
    case good, expired, forged, missing
}

extension SimulatedGateway {
    /// Sends a callback from another thread, so that the HRP has its 202 about as soon.
    func sendLater(_ callback: OutgoingCallback) {
        let errand = unsafe Unmanaged.passRetained(CallbackErrand(self, callback))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { closure in
                guard let closure = unsafe closure else { return nil }
                unsafe Unmanaged<CallbackErrand>.fromOpaque(closure).takeRetainedValue().run()
                return nil
            }, errand.toOpaque())
        guard code == 0 else { return unsafe errand.release() }
        pthread_detach(thread)
    }

    /// Sends a callback, and a second time where a fault says so.
    ///
    /// - Returns: the status that came back; 0 for none.
    @discardableResult
    func send(_ callback: OutgoingCallback, token: CallbackToken = .good) -> Int {
        let isDuplicated = desk.withLock { $0.faults.takeDuplicate(for: callback.path) }
        var status = 0
        for _ in 0..<(isDuplicated ? 2 : 1) {
            var headers = ["X-HIP-ID: \(callback.facility)"]
            var body = callback.body
            let timestamp = WireMoment.text(WireMoment.now)
            if callback.version == .v3 {
                headers += ["REQUEST-ID: \(callback.requestID)", "TIMESTAMP: \(timestamp)"]
            } else {
                // As captured ones have it: no zone.
                body = body.with("requestId", .text(callback.requestID))
                    .with("timestamp", .text(String(timestamp.dropLast()) + "549"))
            }
            if let authorization = authorization(token) {
                headers.append("Authorization: Bearer \(authorization)")
            }
            status = deliver(callback.path, headers, body.bytes)
        }
        desk.withLock { $0.sentCount += 1 }
        return status
    }

    /// Waits until another callback has gone out, where a fault says so; a second at most.
    fileprivate func holdBack(_ callback: OutgoingCallback) {
        let count = desk.withLock { desk in
            desk.faults.takeReordering(for: callback.path) ? desk.sentCount : nil
        }
        guard let count else { return }
        for _ in 0..<100 where desk.withLock({ $0.sentCount == count }) { usleep(10_000) }
    }

    /// Tries three times, a second apart, as the real one does where the HRP is away or out of order.
    private func deliver(_ path: String, _ headers: [String], _ body: [UInt8]) -> Int {
        var status = 0
        for attempt in 0..<3 {
            if attempt > 0 { usleep(1_000_000) }
            status =
                CallSending.send(
                    "POST", options.callbackBase + path, headers: headers, body: body
                ).status
            guard status == 0 || status >= 500 else { break }
        }
        return status
    }

    private func authorization(_ token: CallbackToken) -> String? {
        let now = WireMoment.now / 1000
        let end = token == .expired ? now - 600 : now + 600
        let signed = key.sign([
            "iss": "simulator", "sub": "gateway", "iat": .integer(now - 1200), "exp": .integer(end),
            "realm_access": ["roles": ["gateway"]],
        ])
        switch token {
        case .good, .expired: return signed
        case .missing: return nil
        case .forged:
            // The same words under a signature of other bytes.
            return signed.map {
                $0.split(separator: ".").dropLast().joined(separator: ".") + "."
                    + String(($0.split(separator: ".").last ?? "").reversed())
            }
        }
    }
}

/// A callback on its way.
private final class CallbackErrand: Sendable {
    // Strongly: whoever began it waits for nobody.
    private let gateway: SimulatedGateway
    private let callback: OutgoingCallback

    init(_ gateway: SimulatedGateway, _ callback: OutgoingCallback) {
        self.gateway = gateway
        self.callback = callback
    }

    func run() {
        gateway.holdBack(callback)
        gateway.send(callback)
    }
}
