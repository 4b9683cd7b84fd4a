internal import Glibc

/// Says on standard error how far a long command has come: after a second, then twice a second.
struct CommandProgress {
    private let what: String
    private let total: Int?
    private let started = Self.now
    private var next = Self.now + 1
    private var isDue = 0

    init(_ what: String, total: Int? = nil) {
        self.what = what
        self.total = total
    }

    /// Tells the count, if it is time.
    mutating func count(_ count: Int) {
        isDue += 1
        guard isDue & 0xFF == 0 else { return }
        let now = Self.now
        guard now >= next else { return }
        next = now + 0.5
        let rate = Double(count) / (now - started)
        var line = "\(what): \(count), \(Int(rate))/s"
        if let total, rate > 0 {
            line += ", \(SourceOptions.seconds(Double(total - count) / rate)) left"
        }
        Terminal.note(line)
    }

    private static var now: Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
