internal import Glibc
internal import QR

/// `milaan qr`: what a patient scans at a facility's counter.
enum QRCommand: Command {
    static let name = "qr"
    static let summary = "draw the QR code of a facility, or of one of its counters"

    private static let table = OptionTable(
        program: "milaan qr", argumentsName: nil,
        help: "Draws the code that patients scan to share their profile with a facility."
            + " v3 is a URL that any camera opens, v0.5 a JSON text for the scanner inside of"
            + " a PHR app.",
        options: [
            CommandOption(name: "hip", valueName: "ID", help: "The facility's id"),
            CommandOption(
                name: "counter", valueName: "CODE",
                help: "What comes back with each scan, such as the counter"),
            CommandOption(
                name: "format", valueName: "FORMAT", help: "svg, png or terminal (the default)"),
            CommandOption(name: "form", valueName: "FORM", help: "v0.5 or v3 (the default)"),
            CommandOption(
                name: "cm-id", valueName: "ID",
                help: "sbx for the sandbox (the default), abdm for production"),
            CommandOption(
                name: "output", valueName: "FILE",
                help: "Where to write it (default: the standard output)"),
        ])

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let options = table.parse(words)
        guard let hip = options["hip"] else { throw CommandError("needs --hip ID", code: .usage) }
        let format = try options.choice("format", among: QRFormat.self) ?? .terminal
        let form = try options.choice("form", among: FacilityQR.Form.self) ?? .v3
        let network = try options.choice("cm-id", among: FacilityQR.Network.self) ?? .sandbox
        guard format != .png || options.isGiven("output") || isatty(STDOUT_FILENO) == 0 else {
            throw CommandError("--format png needs --output FILE on a terminal", code: .usage)
        }
        let bytes: [UInt8]
        do throws(FacilityQRError) {
            bytes = try FacilityQR(
                facility: hip, counter: options["counter"], form: form, network: network
            ).draw(as: format)
        } catch {
            throw CommandError(error.description, code: .usage)
        }
        guard let path = options["output"] else {
            try Terminal.write(bytes.span)
            return .success
        }
        try write(bytes, to: path)
        return .success
    }

    /// Writes a file, or leaves what stands there as it was.
    private static func write(_ bytes: [UInt8], to path: String) throws(CommandError) {
        var status = stat()
        // What is no plain file, such as a device or a link, is written to itself.
        let isPlain = unsafe lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
        let part = isPlain ? path + ".part" : path
        guard let stream = unsafe fopen(part, "we") else {
            throw CommandError("cannot write \(path): \(Terminal.lastErrorText())")
        }
        var isWhole = unsafe fwrite(bytes, 1, bytes.count, stream) == bytes.count
        // What is buffered may still fail.
        isWhole = unsafe fclose(stream) == 0 && isWhole
        if isWhole, isPlain { isWhole = unsafe rename(part, path) == 0 }
        guard isWhole else {
            let problem = Terminal.lastErrorText()
            if isPlain { _ = unsafe unlink(part) }
            throw CommandError("cannot write \(path): \(problem)")
        }
    }
}

extension ParsedOptions {
    /// The value of an option that has a few of them; nil when absent.
    ///
    /// - Throws: `CommandError` when it is none of them.
    func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ name: String, among values: Value.Type
    ) throws(CommandError) -> Value? {
        guard let text = self[name] else { return nil }
        guard let value = Value(rawValue: text) else {
            let names = values.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError("--\(name) must be one of \(names)", code: .usage)
        }
        return value
    }
}
