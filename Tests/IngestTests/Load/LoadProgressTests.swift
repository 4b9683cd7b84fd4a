import Synchronization
import Testing

@testable import Ingest

@Suite("Progress of a load")
struct LoadProgressTests {
    /// A clock that goes on by a fixed step each time it is asked, and what was told meanwhile.
    private final class Watch: Sendable {
        let seconds = Mutex(100.0)
        let told = Mutex<[LoadProgress]>([])
        let step: Double

        init(step: Double) { self.step = step }

        func read() -> Double {
            seconds.withLock { seconds in
                defer { seconds += step }
                return seconds
            }
        }
    }

    @Test("is told after a second and then every half second, with rate and remaining time")
    func throttled() throws {
        let watch = Watch(step: 0.25)
        var meter = ProgressMeter(
            { progress in watch.told.withLock { $0.append(progress) } }, clock: { watch.read() })
        meter.begin(.careContexts)
        // Each look at the clock is a quarter of a second after the one before.
        let looks = 8
        for row in 1...looks * ProgressMeter.rowsBetweenLooks {
            meter.count { Double(row) / Double(4 * looks * ProgressMeter.rowsBetweenLooks) }
        }
        let told = watch.told.withLock { $0 }
        // Looks happen 0.25, 0.5 ... 2 s after `begin`, which was 0.25 s after the start.
        #expect(told.map { $0.rows / ProgressMeter.rowsBetweenLooks } == [3, 5, 7])
        let first = try #require(told.first)
        #expect(first.source == .careContexts)
        #expect(first.rowsPerSecond == Double(3 * ProgressMeter.rowsBetweenLooks) / 0.75)
        let left = try #require(first.secondsLeft)
        #expect(abs(left - 0.75 * (32.0 / 3 - 1)) < 1e-9)
    }

    @Test("tells that rows are stored, once, unless the first second has not passed")
    func storing() {
        let watch = Watch(step: 0.3)
        let meter = ProgressMeter(
            { progress in watch.told.withLock { $0.append(progress) } }, clock: { watch.read() })
        for rows in 1...5 { meter.tellStoring(.patients, rows: rows) }
        let told = watch.told.withLock { $0 }
        #expect(told.map(\.rows) == [4, 5])
        #expect(told.allSatisfy { $0.isStoring && $0.source == .patients })
    }

    @Test("is silent in a load of less than a second, and says no end where none is known")
    func quiet() {
        let watch = Watch(step: 0.01)
        var meter = ProgressMeter(
            { progress in watch.told.withLock { $0.append(progress) } }, clock: { watch.read() })
        meter.begin(.patients)
        for _ in 0..<50 * ProgressMeter.rowsBetweenLooks { meter.count { nil } }
        #expect(watch.told.withLock { $0.isEmpty })
        watch.seconds.withLock { $0 += 1 }
        for _ in 0..<ProgressMeter.rowsBetweenLooks { meter.count { nil } }
        #expect(watch.told.withLock { $0.map(\.secondsLeft) } == [nil])
    }
}
