internal import GatewaySimulator
internal import Glibc

/// `milaan gateway-simulator`: a gateway, a consent manager and people with a PHR app, all invented.
enum GatewaySimulatorCommand: Command {
    static let name = "gateway-simulator"
    static let summary = "play ABDM's gateway, consent manager and PHR app, for trials"

    private static let table = OptionTable(
        program: "milaan gateway-simulator", argumentsName: nil,
        help: "Plays ABDM towards an HRP: sessions, keys, signed callbacks, strict checks of every"
            + " message. With a script it plays it and ends; without one it serves until it is told to"
            + " stop.\u{b}"
            + "The bases are http://HOST:PORT/gateway (v0.5) and http://HOST:PORT/api/hiecm (v3);"
            + " http://HOST:PORT/sms takes the short messages with one-time passwords."
            + " Exit code 0: every step of the script was answered as expected.",
        options: [
            CommandOption(
                name: "listen", valueName: "HOST:PORT",
                help: "An IPv4 address and a port (default: 127.0.0.1:9090)"),
            CommandOption(
                name: "hrp", valueName: "URL", help: "The HRP's callback base"),
            CommandOption(
                name: "script", valueName: "FILE",
                help: "What people do: a JSON array or one object a line; - for the standard input"),
            CommandOption(
                name: "fault", valueName: "LIST",
                help: "What goes wrong with the first messages, such as slow:2,429,drop-after:1; of"
                    + " slow, 5xx, 429, drop-before, drop-after, expired-token, duplicate"),
            CommandOption(
                name: "client-id", valueName: "ID",
                help: "Whose sessions are opened (default: everybody's)"),
            CommandOption(
                name: "patience", valueName: "SECONDS",
                help: "How long people wait for an answer (default: 15)"),
        ])

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let options = table.parse(words)
        guard var base = options["hrp"], base.hasPrefix("http") else {
            throw CommandError("needs --hrp URL", code: .usage)
        }
        while base.hasSuffix("/") { base.removeLast() }
        var settings = SimulatorOptions(callbackBase: base)
        let address = try ListenAddress(options["listen"] ?? "127.0.0.1:9090")
        guard address.unixPath == nil else {
            throw CommandError("--listen must be HOST:PORT", code: .usage)
        }
        settings.host = address.host
        settings.port = address.port
        settings.clientID = options["client-id"]
        if let list = options["fault"] {
            guard let faults = InjectedFault.list(parsing: list) else {
                throw CommandError("--fault is no list of faults", code: .usage)
            }
            settings.faults = faults
        }
        if let patience = options["patience"] {
            guard let seconds = Int(patience), (1...600).contains(seconds) else {
                throw CommandError("--patience must be from 1 to 600", code: .usage)
            }
            settings.patienceSeconds = seconds
        }
        var script: GatewayScript?
        if let path = options["script"] { script = try read(scriptAt: path) }
        // Before any thread is made.
        let signals = script == nil ? StopSignals() : nil
        let gateway: SimulatedGateway
        do throws(SimulatorError) {
            gateway = try SimulatedGateway(settings)
        } catch {
            throw CommandError(
                error == .noKey
                    ? "OpenSSL made no key pair"
                    : "cannot listen on \(settings.host):\(settings.port)")
        }
        defer { gateway.stop() }
        Terminal.note("simulating a gateway on \(settings.host):\(gateway.port)")
        guard let script else {
            try signals?.watch(first: {}, second: {}).join()
            for complaint in gateway.complaints { Terminal.note("refused \(complaint)") }
            return .success
        }
        let runner = ScriptRunner(gateway) { line in
            // Whoever has closed the pipe still gets the exit code.
            try? Terminal.line(line)
        }
        return runner.run(script) ? .success : .failure
    }

    private static func read(scriptAt path: String) throws(CommandError) -> GatewayScript {
        let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandError("cannot read \(path): \(Terminal.lastErrorText())")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { piece in
                unsafe Glibc.read(descriptor, piece.baseAddress, piece.count)
            }
            guard count >= 0 else {
                throw CommandError("cannot read \(path): \(Terminal.lastErrorText())")
            }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        do throws(ScriptError) {
            return try GatewayScript(parsing: bytes)
        } catch {
            let place = error.step == 0 ? "the script" : "step \(error.step)"
            throw CommandError("\(place): \(error.reason)", code: .usage)
        }
    }
}
