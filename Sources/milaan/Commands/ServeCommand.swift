internal import ABDM
internal import Gateway
internal import Glibc
internal import Index
internal import MatchServer
internal import Synchronization

/// `milaan serve`: loads, listens, and answers until it is told to stop.
enum ServeCommand: Command {
    static let name = "serve"
    static let summary = "load patients and answer discover requests over HTTP"

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let settings =
            Settings.answering + [
                Settings.listen, Settings.threads, Settings.facilities, Settings.profile,
                Settings.ledger, Settings.tokenKeyFile,
            ]
        let table = OptionTable(
            program: "milaan serve", argumentsName: nil,
            help: "Loads patient records and answers ABDM discover requests over HTTP.\u{b}"
                + "POST /v1/discover, /v1/discover/batch, /v1/search and /v1/scan; GET /healthz, /readyz,"
                + " /metrics and /openapi.json, which tells of all. What changes at the source is seen"
                + " after a restart. SIGTERM and Ctrl-C answer what is in flight, then stop; a request that"
                + " does not go on for \(ServerConfiguration().drainStallSeconds) seconds is cut. A second"
                + " signal waits for nothing.",
            options: SourceOptions.options(settings))
        let configuration = try Configuration(table.parse(words))
        let serverConfiguration = try serverConfiguration(configuration)
        let rule = try configuration.rule()
        let origin = try configuration.origin()
        // Before any thread is made: each inherits the mask, and only `watch` below takes a signal.
        let signals = StopSignals()
        OpenFilesLimit.raise()

        let snapshots = CurrentSnapshot()
        let facility = serverConfiguration.defaultFacility
        let abdm = try ConversationOptions.open(configuration, rule: rule)
        // After the server, whose last callbacks still need it.
        defer {
            abdm?.conversation.service.stop()
            abdm?.client.stop()
        }
        let server: MilaanServer
        do throws(ServerError) {
            server = try MilaanServer(
                configuration: serverConfiguration, snapshots: snapshots,
                conversation: abdm?.conversation
            ) {
                Discoverer(rule: rule, defaultFacility: facility)
            }
        } catch {
            throw CommandError("cannot serve: \(problem(of: error, serverConfiguration))")
        }
        let drainSeconds = configuration.integer("server.drainSeconds") ?? 30
        defer { server.drain(timeoutSeconds: drainSeconds) }
        let load = LoadState()
        let stopping = try signals.watch(
            first: {
                server.drain(timeoutSeconds: drainSeconds)
                // Nothing interrupts a load, and nothing is lost by ending in the middle of one.
                if !load.isOver.load(ordering: .acquiring) { _exit(ExitCode.success.rawValue) }
            }, second: { server.endDrain() })
        Terminal.note("listening on \(ListenAddress(serverConfiguration, port: server.port).shown)")
        let snapshot = try SourceOptions.load(configuration)
        snapshots.publish(snapshot)
        load.isOver.store(true, ordering: .releasing)
        Terminal.note("ready")
        if case .snapshot(let path) = origin {
            try SnapshotOptions.bringRest(of: snapshot, path)
        }
        stopping.join()
        return .success
    }

    /// What the server is to do, from the configuration.
    ///
    /// - Throws: `CommandError` with the code for wrong usage, naming the setting at fault.
    static func serverConfiguration(
        _ configuration: Configuration
    ) throws(CommandError) -> ServerConfiguration {
        let address = try ListenAddress(configuration.text(Settings.listen) ?? "")
        var server = ServerConfiguration(
            host: address.host, port: address.port, unixPath: address.unixPath,
            defaultFacility: configuration.text(Settings.hip) ?? "HIP1")
        let threads = configuration.integer(Settings.threads)
        if threads > 0 { server.threads = threads }
        server.discoverBytesMax =
            configuration.integer("server.discoverBytesMax") ?? server.discoverBytesMax
        server.batchBytesMax =
            configuration.integer("server.batchBytesMax") ?? server.batchBytesMax
        server.connectionsMax =
            configuration.integer("server.connectionsMax") ?? server.connectionsMax
        server.requestSeconds =
            configuration.integer("server.requestSeconds") ?? server.requestSeconds
        server.idleSeconds = configuration.integer("server.idleSeconds") ?? server.idleSeconds
        server.facilities = configuration.text(Settings.facilities).map(Setting.entries)
        if let facilities = server.facilities, !facilities.contains(server.defaultFacility) {
            throw CommandError(
                "server.facilities lacks \(server.defaultFacility), which answers requests that name"
                    + " no facility; add it, or set --hip to one of them", code: .usage)
        }
        return server
    }

    /// What the operating system or the library objected to, as a sentence goes on.
    private static func problem(
        of error: ServerError, _ configuration: ServerConfiguration
    ) -> String {
        switch error {
        case .configuration(let field): "server.\(field) is out of its range"
        case .pathTooLong: "the path of server.listen is longer than 107 bytes"
        case .addressUnknown(let host): "the host \(host) of server.listen is not known"
        case .system(let call, let code) where call == "bind" || call == "listen":
            "cannot listen on \(ListenAddress(configuration, port: configuration.port)):"
                + " \(Terminal.text(ofError: code))"
        case .system(let call, let code): "\(call) failed: \(Terminal.text(ofError: code))"
        case .eventLoop: "the HTTP library cannot start an event loop"
        }
    }
}

/// How far the start has come.
private final class LoadState: Sendable {
    let isOver = Atomic<Bool>(false)
}
