internal import Glibc
internal import JSON

/// One measurement: repetitions of the same work, with a checksum of its answers.
struct BenchReport {
    /// `module/operation/input`.
    var name: String
    /// Operations in one repetition.
    var operations: Int
    /// Nanoseconds an operation, one entry a repetition: the median one, or the mean of all.
    var nanoseconds: [Double] = []
    /// The 99th percentile of the repetitions that timed each operation.
    var nanoseconds99: [Double] = []
    var bytesPerRow: Double?
    var checksum: UInt64 = 0
    /// Whether the checksum is a sum of answers, which others can repeat: then it is written as a number.
    var isSum = false
    /// Further figures, by name.
    var extra: [(name: StaticString, value: Int)] = []

    /// Prints the line.
    func write(_ scale: BenchScale) throws(CommandError) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("name")
        writer.string(name)
        writer.key("n")
        writer.integer(operations)
        writer.key("repetitions")
        writer.integer(nanoseconds.count)
        if let median = Self.median(nanoseconds), let minimum = nanoseconds.min() {
            // A tenth of a nanosecond is much where the whole is less than one.
            let decimals = median < 10 ? 3 : 1
            writer.key("median_ns")
            writer.decimal(median, decimals: decimals)
            writer.key("min_ns")
            writer.decimal(minimum, decimals: decimals)
            if let tail = Self.median(nanoseconds99) {
                writer.key("p99_ns")
                writer.decimal(tail, decimals: 1)
            }
            writer.key("per_second")
            writer.integer(Int(1e9 / max(median, 1e-3)))
        }
        if let bytesPerRow {
            writer.key("bytes_per_row")
            writer.decimal(bytesPerRow, decimals: 2)
        }
        for (name, value) in extra {
            writer.key(name)
            writer.integer(value)
        }
        writer.key("checksum")
        if isSum {
            writer.integer(Int(checksum))
        } else {
            writer.string(String(checksum, radix: 16))
        }
        writer.key("rows")
        writer.integer(scale.rows)
        writer.key("seed")
        writer.string("\(scale.seed)")
        writer.key("version")
        writer.string(Milaan.version)
        writer.endObject()
        writer.raw("\n")
        try Terminal.write(writer.bytes)
    }

    static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// Repeats work at least five times and until the time is up.
    ///
    /// - Parameters:
    ///   - scale: for how long.
    ///   - body: one repetition; gives its checksum and nanoseconds an operation.
    /// - Throws: `CommandError` when two repetitions give different answers.
    mutating func repeating(
        _ scale: BenchScale,
        _ body: () throws(CommandError) -> (checksum: UInt64, nanoseconds: Double, tail: Double?)
    ) throws(CommandError) {
        let start = BenchClock.nanoseconds
        _ = try body()  // caches, memory and branch predictors are warm from here on
        while nanoseconds.count < 5
            || Double(BenchClock.nanoseconds - start) < scale.seconds * 1e9
        {
            let (checksum, mean, tail) = try body()
            if !nanoseconds.isEmpty, checksum != self.checksum {
                throw CommandError("\(name): two repetitions gave different answers")
            }
            self.checksum = checksum
            nanoseconds.append(mean)
            if let tail { nanoseconds99.append(tail) }
        }
    }
}

/// The clocks of measurements.
enum BenchClock {
    /// Since some moment before the program.
    static var nanoseconds: UInt64 { read(CLOCK_MONOTONIC) }

    /// The processor time of all threads of the process so far.
    static var processorNanoseconds: UInt64 { read(CLOCK_PROCESS_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// A checksum over answers: FNV-1a, 64 bits.
struct Checksum {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ number: Int) {
        value = (value ^ UInt64(bitPattern: Int64(number))) &* 0x0100_0000_01B3
    }

    mutating func add(_ bytes: Span<UInt8>) {
        for index in bytes.indices { value = (value ^ UInt64(bytes[index])) &* 0x0100_0000_01B3 }
    }
}
