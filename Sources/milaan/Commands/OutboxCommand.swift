internal import ABDM
internal import Gateway
internal import Ledger

/// `milaan outbox`: the messages to ABDM that have not arrived.
enum OutboxCommand: Command {
    static let name = "outbox"
    static let summary = "list the messages to ABDM that did not arrive, or send them again"

    /// The most messages that are listed.
    private static let listedMax = 1000

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let table = OptionTable(
            program: "milaan outbox", argumentsName: "list|retry [ID]",
            help: "Shows what lies dead in the outbox and what waits, or wakes dead messages."
                + "\u{b}list prints number, state, tries, facility, destination and why the last try"
                + " failed; never what a message says. retry wakes the message of that number, or all"
                + " dead ones: the server that uses the ledger sends them within a second.",
            options: SourceOptions.options([Settings.ledger, Settings.database]))
        let options = table.parse(words)
        guard let action = options.arguments.first, ["list", "retry"].contains(action),
            options.arguments.count <= (action == "retry" ? 2 : 1)
        else { throw CommandError("needs list, or retry and perhaps a number", code: .usage) }
        var id: Int64?
        if options.arguments.count == 2 {
            guard let number = Int64(options.arguments[1]), number > 0 else {
                throw CommandError("the number of a message must be an integer", code: .usage)
            }
            id = number
        }
        let configuration = try Configuration(options)
        let place = try ConversationOptions.ledgerPlace(configuration)
        do throws(LedgerError) {
            let ledger = try LedgerBook(
                place, secrets: .none, patience: configuration.abdm?.patience ?? LedgerPatience())
            let now = WireTime(milliseconds: MachineClock().unixMilliseconds)
            if action == "list" { return try list(ledger, now) }
            guard case .revived(let count) = try one(.revive(id: id), ledger, now) else {
                return .failure
            }
            try tell(count == 1 ? "1 message is sent again" : "\(count) messages are sent again")
            return count == 0 && id != nil ? .failure : .success
        } catch {
            throw CommandError("\(error)")
        }
    }

    private static func list(_ ledger: LedgerBook, _ now: WireTime) throws(LedgerError) -> ExitCode
    {
        for state in [OutboxLine.State.dead, .waiting] {
            guard case .listed(let lines) = try one(.list(state, max: listedMax), ledger, now)
            else { continue }
            for line in lines {
                let words = [
                    "\(line.id)", state.rawValue, "\(line.attempts)", line.createdAt.text,
                    line.facility, line.destination.base.rawValue + line.destination.path,
                    line.problem,
                ]
                try tell(words.joined(separator: "\t"))
            }
        }
        return .success
    }

    private static func one(
        _ command: LedgerCommand, _ ledger: LedgerBook, _ now: WireTime
    ) throws(LedgerError) -> LedgerReply {
        guard let result = ledger.perform([command], now: now).first else { return .done }
        return try result.get()
    }

    /// Where nobody reads any more, nothing is left to be done.
    private static func tell(_ line: String) throws(LedgerError) {
        do throws(CommandError) {
            try Terminal.line(line)
        } catch {
            throw .stopped
        }
    }
}
