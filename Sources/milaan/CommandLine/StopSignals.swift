internal import Glibc

/// SIGTERM and SIGINT, taken by a call instead of a handler.
struct StopSignals {
    private let set: sigset_t

    /// Blocks both signals for this thread and those it makes from now on.
    init() {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGTERM)
        unsafe sigaddset(&set, SIGINT)
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        self.set = set
    }

    /// Waits until one of them comes.
    func wait() {
        var set = set
        var number: Int32 = 0
        while unsafe sigwait(&set, &number) != 0 {}
    }

    /// Runs something long that a signal may end together with the process.
    func whileInterruptible<Result>(
        _ body: () throws(CommandError) -> Result
    ) throws(CommandError) -> Result {
        var set = set
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
        defer { unsafe pthread_sigmask(SIG_BLOCK, &set, nil) }
        return try body()
    }
}
