internal import Glibc
internal import Ingest
internal import JSON
internal import Matcher

/// A configuration file: one JSON object whose members are the settings' paths, taken apart.
///
/// Members that are not known are errors: a misspelt limit that is silently not applied is worse than
/// a server that does not start.
struct ConfigurationFile {
    /// Scalar settings by path, as text.
    private(set) var values: [String: String] = [:]
    private(set) var mapping: DatabaseMapping?
    private(set) var steps: [MatchStep]?
    private(set) var thresholds: StepThresholds?
    private(set) var abdm: ABDMSection?

    private static let bytesMax = 16 << 20

    /// Reads a file.
    ///
    /// - Throws: `CommandError` with the code for wrong usage, naming the member at fault.
    init(path: String) throws(CommandError) {
        let text = try Self.read(path)
        var document = JSONDocument()
        do throws(JSONError) {
            try document.parse(text.span)
        } catch {
            throw CommandError("\(path) is not JSON: \(error.reason)", code: .usage)
        }
        guard document.kind(of: document.root) == .object else {
            throw CommandError("\(path) must hold one object", code: .usage)
        }
        do throws(CommandError) {
            try read(document.root, "", in: document)
        } catch {
            throw CommandError("\(path): \(error.message)", code: .usage)
        }
    }

    private mutating func read(
        _ object: JSONNode, _ place: String, in document: borrowing JSONDocument
    ) throws(CommandError) {
        var members = document.members(of: object)
        var seen: Set<String> = []
        while let (name, value) = members.next(in: document) {
            let path = place + document.text(of: name)
            guard seen.insert(path).inserted else {
                throw CommandError("\(path) stands twice")
            }
            switch path {
            case "database":
                try readDatabase(value, in: document)
            case "abdm":
                abdm = try ABDMSection(value, in: document)
            case "rule.steps":
                steps = try RuleSteps.read(value, in: document)
            case "rule.thresholds":
                thresholds = try StepThresholds(value, in: document)
            case "load", "server", "rule":
                guard document.kind(of: value) == .object else {
                    throw CommandError("\(path) must be an object")
                }
                try read(value, path + ".", in: document)
            default:
                try readScalar(value, path, in: document)
            }
        }
    }

    private mutating func readScalar(
        _ value: JSONNode, _ path: String, in document: borrowing JSONDocument
    ) throws(CommandError) {
        guard let setting = Settings.all.first(where: { $0.path == path }) else {
            throw CommandError("\(path) is not a setting")
        }
        switch (setting.kind, document.kind(of: value)) {
        case (_, .null):
            return
        case (.integer, .integer):
            guard let number = document.integer(of: value) else {
                throw CommandError("\(path) is too large")
            }
            values[path] = "\(number)"
        case (.integer, _):
            throw CommandError("\(path) must be an integer")
        case (.list, .array):
            var texts: [String] = []
            var elements = document.elements(of: value)
            while let element = elements.next(in: document) {
                guard document.kind(of: element) == .string else {
                    throw CommandError("\(path) must be a list of texts")
                }
                texts.append(document.text(of: element))
            }
            values[path] = texts.joined(separator: ",")
        case (.text, .string), (.choice, .string), (.databaseURL, .string), (.list, .string):
            values[path] = document.text(of: value)
        default:
            throw CommandError("\(path) must be a text")
        }
    }

    /// `database.url` is a setting; the tables beside it are a mapping.
    private mutating func readDatabase(
        _ value: JSONNode, in document: borrowing JSONDocument
    ) throws(CommandError) {
        guard document.kind(of: value) == .object else {
            throw CommandError("database must be an object")
        }
        if let url = document.member("url", of: value) {
            try readScalar(url, "database.url", in: document)
        }
        guard
            document.member("patients", of: value) != nil
                || document.member("careContexts", of: value) != nil
        else {
            var members = document.members(of: value)
            while let (name, _) = members.next(in: document) {
                let name = document.text(of: name)
                guard name == "url" else { throw CommandError("database.\(name) is not a setting") }
            }
            return
        }
        do throws(LoadFailure) {
            mapping = try DatabaseMapping(value, in: document)
        } catch {
            throw CommandError(error.description)
        }
    }

    private static func read(_ path: String) throws(CommandError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandError("cannot open \(path): \(Terminal.lastErrorText())", code: .usage)
        }
        defer { close(descriptor) }
        var reader = LineReader(descriptor: descriptor)
        let bytes: [UInt8]?
        do throws(CommandError) {
            bytes = try reader.readAll(bytesMax: bytesMax)
        } catch {
            throw CommandError("\(path): \(error.message)", code: .usage)
        }
        guard let bytes else {
            throw CommandError("\(path) is larger than 16 MiB", code: .usage)
        }
        return bytes
    }
}
