internal import Glibc

/// When this process started, in seconds since 1970; nil where the kernel does not say.
let processStartSeconds: Double? = {
    guard let file = unsafe fopen("/proc/self/stat", "r") else { return nil }
    defer { _ = unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe fread($0.baseAddress, 1, $0.count, file)
    }
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    // proc(5): the 22nd field is in clock ticks since the boot. The 2nd, the command in
    // parentheses, may hold spaces; what follows it does not.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 19, let ticks = Double(fields[19]) else { return nil }
    var sinceBoot = timespec()
    guard unsafe clock_gettime(CLOCK_BOOTTIME, &sinceBoot) == 0 else { return nil }
    let uptime = Double(sinceBoot.tv_sec) + Double(sinceBoot.tv_nsec) / 1e9
    return wallSeconds() - uptime + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
}()
