internal import CArgp
internal import Glibc

/// The command line: a table of subcommands.
@main
enum Milaan {
    static let version = "0.1.0"

    private static var commands: [CommandEntry] {
        [
            CommandEntry(ServeCommand.self), CommandEntry(ImportCommand.self),
            CommandEntry(DiscoverCommand.self), CommandEntry(ExplainCommand.self),
            CommandEntry(GenerateCommand.self), CommandEntry(EvaluateCommand.self),
            CommandEntry(SnapshotCommand.self), CommandEntry(BenchCommand.self),
            CommandEntry(ConfigCommand.self), CommandEntry(QRCommand.self),
            CommandEntry(OutboxCommand.self), CommandEntry(GatewaySimulatorCommand.self),
        ]
    }

    static func main() {
        // Strings that argp prints at any time later must live as long as the process.
        unsafe cargp_configure(strdup("milaan \(version)"), ExitCode.usage.rawValue)
        signal(SIGPIPE, SIG_IGN)
        let table = OptionTable(
            program: "milaan", argumentsName: "COMMAND [OPTION...]", help: overview, options: [],
            stopsAtArgument: true)
        var words = table.parse(Array(CommandLine.arguments.dropFirst())).arguments
        guard !words.isEmpty else {
            Terminal.error("a command is missing; `milaan --help` lists them")
            exit(ExitCode.usage.rawValue)
        }
        let name = words.removeFirst()
        guard let command = commands.first(where: { $0.name == name }) else {
            Terminal.error("there is no such command; `milaan --help` lists them")
            exit(ExitCode.usage.rawValue)
        }
        do throws(CommandError) {
            exit(try command.run(words).rawValue)
        } catch {
            Terminal.error(error.message)
            exit(error.code.rawValue)
        }
    }

    private static var overview: String {
        let width = (commands.map(\.name.count).max() ?? 0) + 2
        let lines = commands.map { command in
            "  " + command.name + String(repeating: " ", count: width - command.name.count)
                + command.summary
        }
        return "Finds which of a facility's patient records belongs to the person who asks.\n\n"
            + "Commands:\n" + lines.joined(separator: "\n")
            + "\n\n`milaan COMMAND --help` shows a command's options.\u{b}"
            + "Exit codes: 0 all is well, 1 the work failed, 2 the command line or the"
            + " configuration is wrong."
    }
}

/// What the process ends with.
enum ExitCode: Int32 {
    case success = 0
    case failure = 1
    case usage = 2
}

/// Why a command ended; the message names fields and files, never personal data.
struct CommandError: Error {
    var message: String
    var code = ExitCode.failure

    init(_ message: String, code: ExitCode = .failure) {
        self.message = message
        self.code = code
    }
}

/// One subcommand.
protocol Command {
    static var name: String { get }
    /// One line for the list of commands.
    static var summary: String { get }
    /// Runs with the words behind the command's name.
    static func run(_ words: [String]) throws(CommandError) -> ExitCode
}

/// A row of the table of subcommands.
private struct CommandEntry {
    let name: String
    let summary: String
    let run: ([String]) throws(CommandError) -> ExitCode

    init<Subcommand: Command>(_ command: Subcommand.Type) {
        name = command.name
        summary = command.summary
        run = { (words) throws(CommandError) in try command.run(words) }
    }
}
