/// What the kernel says of this process: its memory, and the cores that it may use.
///
/// Not `getrusage`: its peak of memory is inherited from whatever process started this one.
struct ProcessStatus {
    /// In memory now.
    let residentBytes: Int
    /// The most that was in memory since the process began.
    let residentBytesPeak: Int
    /// Which may be fewer than there are.
    let coresAllowed: Int

    /// Reads `/proc/self/status`.
    ///
    /// - Throws: `CommandError` where the kernel tells nothing of that kind.
    init() throws(CommandError) {
        let file = try OpenFile(path: "/proc/self/status")
        var reader = LineReader(descriptor: file.descriptor)
        var resident: Int?
        var peak: Int?
        var cores: Int?
        while try reader.nextLine({ (line) throws(CommandError) in
            if let value = Self.value(line, of: "VmRSS:") { resident = Self.decimal(value) << 10 }
            if let value = Self.value(line, of: "VmHWM:") { peak = Self.decimal(value) << 10 }
            if let value = Self.value(line, of: "Cpus_allowed:") { cores = Self.bits(value) }
        }) {}
        guard let resident, let peak, let cores, cores > 0 else {
            throw CommandError("/proc/self/status does not tell memory and cores of this process")
        }
        residentBytes = resident
        residentBytesPeak = peak
        coresAllowed = cores
    }

    /// What stands behind a name; nil in another's line.
    @_lifetime(copy line)
    private static func value(_ line: Span<UInt8>, of name: StaticString) -> Span<UInt8>? {
        let count = name.utf8CodeUnitCount
        guard line.count >= count else { return nil }
        for index in 0..<count {
            guard unsafe line[index] == name.utf8Start[index] else { return nil }
        }
        return line.extracting(count..<line.count)
    }

    /// The number of a text such as `5120 kB`.
    private static func decimal(_ text: Span<UInt8>) -> Int {
        var number = 0
        for index in text.indices where text[index] >= 0x30 && text[index] <= 0x39 {
            number = number * 10 + Int(text[index]) - 0x30
        }
        return number
    }

    /// How many bits are set in hexadecimal digits such as `ff,0000000f`.
    private static func bits(_ text: Span<UInt8>) -> Int {
        var count = 0
        for index in text.indices {
            let digit = Character(Unicode.Scalar(text[index])).hexDigitValue ?? 0
            count += digit.nonzeroBitCount
        }
        return count
    }
}
