internal import CCurl

/// Where calls are left for the loop's thread, from any thread.
@safe final class CallIntake: Sendable {
    /// What the loop finds when it looks.
    struct Taken {
        var calls: [PendingCall]
        var isStopping: Bool
    }

    @safe private struct State {
        var calls: [PendingCall] = []
        var isStopping = false
        /// The multi handle to wake; nil once the loop has ended, after which none may be woken.
        var sleeper: UnsafeMutableRawPointer?
    }

    private let state = Waitable(State())

    /// Says whom to wake; until `close`.
    func open(_ multi: borrowing MultiHandle) {
        let sleeper = unsafe multi.pointer
        state.withLock { unsafe $0.sleeper = sleeper }
    }

    /// Leaves a call; false when the loop takes no more.
    func submit(_ call: PendingCall) -> Bool {
        state.withLock { state in
            guard !state.isStopping, unsafe state.sleeper != nil else { return false }
            state.calls.append(call)
            // Whoever left the one before has woken it, and it has not looked since.
            if state.calls.count == 1 { unsafe curl_multi_wakeup(state.sleeper) }
            return true
        }
    }

    /// Tells the loop to end.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            if unsafe state.sleeper != nil { unsafe curl_multi_wakeup(state.sleeper) }
        }
    }

    /// What has been left since the last time.
    func take() -> Taken {
        state.withLock { state in
            let taken = Taken(calls: state.calls, isStopping: state.isStopping)
            state.calls = []
            return taken
        }
    }

    /// Nobody may be woken from here on; gives what was left meanwhile.
    func close() -> [PendingCall] {
        state.withLock { state in
            unsafe state.sleeper = nil
            let calls = state.calls
            state.calls = []
            return calls
        }
    }
}
