internal import CArgp
internal import Glibc

/// One option of a command, as `--help` shows it.
struct CommandOption {
    /// Without the two dashes.
    var name: String
    /// What its value is called in the help; nil for a switch.
    var valueName: String?
    var help: String
}

/// What the command line said, by option name.
struct ParsedOptions {
    private(set) var values: [String: String] = [:]
    /// What stood there without a dash, in order.
    fileprivate(set) var arguments: [String] = []

    /// The value of an option; "" for a switch that was given; nil when absent.
    subscript(name: String) -> String? { values[name] }

    func isGiven(_ name: String) -> Bool { values[name] != nil }

    fileprivate mutating func set(_ name: String, _ value: String) { values[name] = value }
}

/// Parses options through glibc's argp, which also prints `--help`, `--usage` and `--version` and
/// ends the process with status 2 on a wrong option.
struct OptionTable {
    /// As it appears behind "Usage:", such as `milaan serve`.
    var program: String
    /// The arguments without a dash, such as `COMMAND`; nil when there are none.
    var argumentsName: String?
    var help: String
    var options: [CommandOption]
    /// Whether the first argument without a dash ends the options.
    var stopsAtArgument = false

    func parse(_ words: [String]) -> ParsedOptions {
        let state = ParseState(table: self)
        var argv: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + words).map {
            unsafe strdup($0)
        }
        unsafe argv.append(nil)
        var list: [argp_option] = unsafe options.enumerated().map { index, option in
            unsafe argp_option(
                name: UnsafePointer(strdup(option.name)), key: Int32(ParseState.firstKey + index),
                arg: option.valueName.map { unsafe UnsafePointer(strdup($0)) } ?? nil, flags: 0,
                doc: UnsafePointer(strdup(option.help)), group: 0)
        }
        unsafe list.append(argp_option())
        // argp keeps pointers into all of these until it returns; the process parses once.
        unsafe argv.withUnsafeMutableBufferPointer { argv in
            unsafe list.withUnsafeBufferPointer { list in
                var parser = unsafe argp(
                    options: list.baseAddress, parser: parseKey,
                    args_doc: argumentsName.map { unsafe UnsafePointer(strdup($0)) } ?? nil,
                    doc: UnsafePointer(strdup(help)), children: nil, help_filter: nil,
                    argp_domain: nil)
                let input = unsafe Unmanaged.passUnretained(state).toOpaque()
                let flags = stopsAtArgument ? cargp_in_order : 0
                let code = unsafe argp_parse(
                    &parser, Int32(argv.count - 1), argv.baseAddress, flags, nil, input)
                precondition(code == 0, "argp returned an error that it should have reported")
            }
        }
        withExtendedLifetime(state) {}
        return state.parsed
    }
}

/// What argp's callback needs, behind one pointer.
private final class ParseState {
    /// Beyond every character, so that no option has a short form by accident.
    static let firstKey = 0x1000

    let table: OptionTable
    var parsed = ParsedOptions()

    init(table: OptionTable) { self.table = table }
}

private func parseKey(
    _ key: CInt, _ value: UnsafeMutablePointer<CChar>?,
    _ state: UnsafeMutablePointer<argp_state>?
) -> error_t {
    guard let state = unsafe state, let input = unsafe state.pointee.input else {
        return cargp_unknown
    }
    let parse = unsafe Unmanaged<ParseState>.fromOpaque(input).takeUnretainedValue()
    let text = unsafe value.map { unsafe String(cString: $0) } ?? ""
    if key == cargp_key_arg {
        if parse.table.argumentsName == nil {
            unsafe cargp_error(state, "takes no arguments without dashes")
        }
        parse.parsed.arguments.append(text)
        if parse.table.stopsAtArgument {
            let next = unsafe Int(state.pointee.next)
            let count = unsafe Int(state.pointee.argc)
            for index in next..<max(next, count) {
                if let word = unsafe state.pointee.argv[index] {
                    unsafe parse.parsed.arguments.append(String(cString: word))
                }
            }
            unsafe cargp_leave_rest(state)
        }
        return 0
    }
    let index = Int(key) - ParseState.firstKey
    guard parse.table.options.indices.contains(index) else { return cargp_unknown }
    parse.parsed.set(parse.table.options[index].name, text)
    return 0
}
