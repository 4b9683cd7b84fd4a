internal import ABDM
internal import JSON
internal import Ledger
internal import MatchServer

/// The section `abdm` of the configuration file: who we are in the network, and to whom.
///
///     {"gateway": "https://...", "hiecm": "https://...", "clientId": "...", "clientSecretFile": "...",
///      "cmId": "sbx", "facilities": [{"id": "IN...", "name": "...", "protocol": "v0.5"}],
///      "sms": {"url": "https://...", "method": "POST", "headers": {}, "body": "...{mobile}...{otp}..."},
///      "webhook": {"url": "https://...", "secretFile": "...", "headersFile": "..."},
///      "offerMinutes": 30, "otpMinutes": 10, "otpsPerHour": 5, "otpsPerDay": 10,
///      "replayMinutes": 10, "useByMinutes": 10, "longestWaitMinutes": 10}
struct ABDMSection {
    private(set) var gateway: String?
    private(set) var hiecm: String?
    private(set) var clientID = ""
    private(set) var clientSecretFile = ""
    private(set) var consentManager = "sbx"
    private(set) var facilities: [ConversationFacility] = []
    private(set) var shortMessages: ShortMessageService?
    private(set) var webhook: WebhookSection?
    private(set) var limits = FlowLimits()
    private(set) var patience = LedgerPatience()
    private(set) var replayWindow = ReplayWindow()
    private(set) var longestWaitMinutes: Int?

    /// Reads the section.
    ///
    /// - Throws: `CommandError`, naming the member at fault.
    init(_ node: JSONNode, in document: borrowing JSONDocument) throws(CommandError) {
        var members = try Self.members(node, "abdm", in: document)
        while let (name, value) = members.next(in: document) {
            let member = document.text(of: name)
            let path = "abdm.\(member)"
            switch member {
            case "gateway": gateway = try Self.base(value, path, in: document)
            case "hiecm": hiecm = try Self.base(value, path, in: document)
            case "clientId": clientID = try Self.text(value, path, in: document)
            case "clientSecretFile": clientSecretFile = try Self.text(value, path, in: document)
            case "cmId": consentManager = try Self.text(value, path, in: document)
            case "facilities": facilities = try Self.facilities(value, path, in: document)
            case "sms": shortMessages = try Self.shortMessages(value, path, in: document)
            case "webhook": webhook = try WebhookSection(value, path, in: document)
            case "offerMinutes":
                limits.offerMinutes = try Self.integer(value, path, in: document, from: 1...1440)
            case "otpMinutes":
                limits.otpMinutes = try Self.integer(value, path, in: document, from: 1...1440)
            case "useByMinutes":
                patience.answerUseMinutes = try Self.integer(
                    value, path, in: document, from: 1...1440)
            case "longestWaitMinutes":
                longestWaitMinutes = try Self.integer(value, path, in: document, from: 1...60)
            case "replayMinutes":
                replayWindow.minutes = try Self.integer(value, path, in: document, from: 10...1440)
            case "otpsPerHour":
                limits.otpsPerHour = try Self.integer(value, path, in: document, from: 1...100)
            case "otpsPerDay":
                limits.otpsPerDay = try Self.integer(value, path, in: document, from: 1...100)
            default: throw CommandError("\(path) is not a setting")
            }
        }
        if gateway == nil, hiecm == nil {
            throw CommandError("abdm.gateway or abdm.hiecm must say where ABDM is")
        }
        if clientID.isEmpty { throw CommandError("abdm.clientId is missing") }
        if clientSecretFile.isEmpty { throw CommandError("abdm.clientSecretFile is missing") }
        if facilities.isEmpty { throw CommandError("abdm.facilities names no facility") }
        for facility in facilities {
            let isSpoken = facility.version == .v3 ? hiecm != nil : gateway != nil
            guard isSpoken else {
                throw CommandError(
                    "abdm.\(facility.version == .v3 ? "hiecm" : "gateway") is missing, whose protocol"
                        + " \(facility.id) speaks")
            }
        }
    }

    static func members(
        _ node: JSONNode, _ path: String, in document: borrowing JSONDocument
    ) throws(CommandError) -> JSONMembers {
        guard document.kind(of: node) == .object else {
            throw CommandError("\(path) must be an object")
        }
        var names: Set<String> = []
        var members = document.members(of: node)
        while let (name, _) = members.next(in: document) {
            guard names.insert(document.text(of: name)).inserted else {
                throw CommandError("\(path).\(document.text(of: name)) stands twice")
            }
        }
        return document.members(of: node)
    }

    static func text(
        _ node: JSONNode, _ path: String, in document: borrowing JSONDocument
    ) throws(CommandError) -> String {
        guard document.kind(of: node) == .string else {
            throw CommandError("\(path) must be a text")
        }
        return document.text(of: node)
    }

    /// A URL that is called as it is; nil where it is null.
    static func url(
        _ node: JSONNode, _ path: String, in document: borrowing JSONDocument
    ) throws(CommandError) -> String? {
        if document.kind(of: node) == .null { return nil }
        let url = try text(node, path, in: document)
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw CommandError("\(path) must begin with https:// or http://")
        }
        return url
    }

    /// A URL to which paths are appended: without a slash at its end.
    private static func base(
        _ node: JSONNode, _ path: String, in document: borrowing JSONDocument
    ) throws(CommandError) -> String? {
        guard var base = try url(node, path, in: document) else { return nil }
        while base.hasSuffix("/") { base.removeLast() }
        return base
    }

    private static func integer(
        _ node: JSONNode, _ path: String, in document: borrowing JSONDocument,
        from range: ClosedRange<Int64>
    ) throws(CommandError) -> Int {
        guard let integer = document.integer(of: node), range.contains(integer) else {
            throw CommandError(
                "\(path) must be an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(integer)
    }

    private static func facilities(
        _ node: JSONNode, _ path: String, in document: borrowing JSONDocument
    ) throws(CommandError) -> [ConversationFacility] {
        guard document.kind(of: node) == .array else {
            throw CommandError("\(path) must be a list")
        }
        var facilities: [ConversationFacility] = []
        var elements = document.elements(of: node)
        while let element = elements.next(in: document) {
            let place = "\(path)[\(facilities.count)]"
            var facility = ConversationFacility(id: "", name: "", version: .gateway)
            var members = try members(element, place, in: document)
            while let (name, value) = members.next(in: document) {
                let member = document.text(of: name)
                let text = try text(value, "\(place).\(member)", in: document)
                switch member {
                case "id": facility.id = text
                case "name": facility.name = text
                case "protocol":
                    guard let version = WireVersion(rawValue: text) else {
                        throw CommandError("\(place).protocol must be v0.5 or v3")
                    }
                    facility.version = version
                default: throw CommandError("\(place).\(member) is not a setting")
                }
            }
            guard !facility.id.isEmpty else { throw CommandError("\(place).id is missing") }
            guard !facilities.contains(where: { $0.id == facility.id }) else {
                throw CommandError("\(place).id stands twice")
            }
            if facility.name.isEmpty { facility.name = facility.id }
            facilities.append(facility)
        }
        return facilities
    }

    private static func shortMessages(
        _ node: JSONNode, _ path: String, in document: borrowing JSONDocument
    ) throws(CommandError) -> ShortMessageService? {
        if document.kind(of: node) == .null { return nil }
        var service = ShortMessageService(url: "", method: "POST", headers: [], body: "")
        var members = try members(node, path, in: document)
        while let (name, value) = members.next(in: document) {
            let member = document.text(of: name)
            switch member {
            case "url": service.url = try Self.url(value, "\(path).url", in: document) ?? ""
            case "method":
                service.method = try text(value, "\(path).method", in: document)
                guard ["POST", "GET"].contains(service.method) else {
                    throw CommandError("\(path).method must be POST or GET")
                }
            case "body": service.body = try text(value, "\(path).body", in: document)
            case "headers":
                var headers = try Self.members(value, "\(path).headers", in: document)
                while let (name, value) = headers.next(in: document) {
                    let header = document.text(of: name)
                    service.headers.append(
                        (header, try text(value, "\(path).headers.\(header)", in: document)))
                }
            default: throw CommandError("\(path).\(member) is not a setting")
            }
        }
        guard !service.url.isEmpty else { throw CommandError("\(path).url is missing") }
        let whole = service.url + service.body
        guard whole.contains("{mobile}"), whole.contains("{otp}") else {
            throw CommandError("\(path) must have {mobile} and {otp} in its url or body")
        }
        return service
    }
}
