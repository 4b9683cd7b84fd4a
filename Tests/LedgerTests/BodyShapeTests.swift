internal import ABDM
internal import Foundation
internal import JSON
internal import Matcher
internal import TestSupport
internal import Testing

/// One member of a body, as `fixtures/abdm-shapes` has it.
private struct MemberRule {
    var path: String
    var member: String
    var isRequired: Bool
    var type: String
    var words: Set<String>
}

/// The tables of one protocol, with the exceptions.
private struct ShapeTable {
    let rules: [String: [String: MemberRule]]
    /// Paths and members.
    let exceptions: [(path: String, member: String)]

    private static let folder = GoldenConversation.folder.deletingLastPathComponent()
        .appending(path: "abdm-shapes")

    init(_ names: [String]) throws {
        var rules: [String: [String: MemberRule]] = [:]
        for name in names {
            for cells in try Self.lines(name) {
                try #require((4...5).contains(cells.count), "\(name): \(cells)")
                let rule = MemberRule(
                    path: cells[0], member: cells[1], isRequired: cells[2] == "required",
                    type: cells[3],
                    words: Set(
                        (cells.count > 4 ? cells[4] : "").split(separator: " ").map { String($0) }))
                rules[cells[0], default: [:]][cells[1]] = rule
            }
        }
        self.rules = rules
        exceptions = try Self.lines("exceptions.tsv").map { cells in
            try #require(cells.count == 3, "every exception has a reason")
            return (cells[0], cells[1])
        }
    }

    private static func lines(_ name: String) throws -> [[String]] {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return text.split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
        }
    }

    /// What is wrong with a body.
    func flaws(_ body: JSONTree, _ path: String) -> [String] {
        guard let rules = rules[path] else { return ["\(path) has no table"] }
        return flaws(body, "", path, rules)
    }

    private func flaws(
        _ value: JSONTree, _ place: String, _ path: String, _ rules: [String: MemberRule]
    ) -> [String] {
        if let elements = value.elements {
            return elements.flatMap { element -> [String] in
                let inner = place + "[]"
                guard let rule = rules[inner] else { return ["\(path): \(inner) is unknown"] }
                return misfit(element, rule) + self.flaws(element, inner, path, rules)
            }
        }
        guard let members = value.members else { return [] }
        var flaws: [String] = []
        for (name, member) in members {
            let inner = place.isEmpty ? name : "\(place).\(name)"
            if isException(path, inner) { continue }
            guard let rule = rules[inner] else {
                flaws.append("\(path): \(inner) is unknown")
                continue
            }
            flaws += misfit(member, rule) + self.flaws(member, inner, path, rules)
        }
        for rule in rules.values where rule.isRequired {
            guard let dot = rule.member.lastIndex(of: ".") else {
                if place.isEmpty, members[rule.member] == nil {
                    flaws.append("\(path): \(rule.member) is missing")
                }
                continue
            }
            let name = String(rule.member[rule.member.index(after: dot)...])
            if rule.member[..<dot] == place, members[name] == nil {
                flaws.append("\(path): \(rule.member) is missing")
            }
        }
        return flaws
    }

    private func isException(_ path: String, _ member: String) -> Bool {
        exceptions.contains { ($0.path == "*" || $0.path == path) && $0.member == member }
    }

    private func misfit(_ value: JSONTree, _ rule: MemberRule) -> [String] {
        let fits =
            switch rule.type {
            case "string": value.text != nil
            case "integer": value.number != nil
            case "array": value.elements != nil
            case "object": value.members != nil
            default: false
            }
        guard fits else { return ["\(rule.path): \(rule.member) is no \(rule.type)"] }
        guard let text = value.text, !rule.words.isEmpty, !rule.words.contains(text) else {
            return []
        }
        return ["\(rule.path): \(rule.member) is none of its words"]
    }
}

@Suite("The form of what we send")
struct BodyShapeTests {
    /// Every kind of message in both protocols: those of the golden conversations, and our own requests.
    private static func messages() throws -> [(path: String, body: JSONTree)] {
        let envelope = MessageEnvelope(
            requestID: "5f7a535d-a3fd-416b-b069-c97d021fbacd", sentAt: ConversationDesk.start)
        var messages: [(path: String, body: JSONTree)] = []
        func add(_ path: String, _ body: String, _ base: GatewayPath.Base) throws {
            let whole = envelope.complete(body, for: base)
            messages.append((path, try JSONTree(parsing: Array(whole.utf8))))
        }
        for conversation in try GoldenConversation.load() {
            for message in conversation.steps.flatMap({ $0["sends"]?.elements ?? [] }) {
                let words = try #require(message["to"]?.text).split(separator: " ")
                let base = try #require(GatewayPath.Base(rawValue: String(words[0])))
                guard base != .sms else { continue }
                let body = String(decoding: try #require(message["body"]).bytes, as: UTF8.self)
                try add(String(words[1]), body, base)
            }
        }
        for version in [WireVersion.gateway, .v3] {
            for message in requests(version) {
                try add(message.destination.path, message.body, message.destination.base)
            }
        }
        let acknowledged = AnswerWriter.message(
            .authenticationTaken(isKnown: true),
            to: CallbackHead(
                facility: "HIP1", requestID: "r",
                path: try #require(
                    CallbackPath.all.first { $0.path == "/v0.5/users/auth/notify" }), sentAt: nil),
            about: nil)
        try add(acknowledged.destination.path, acknowledged.body, .gateway)
        return messages
    }

    private static func requests(_ version: WireVersion) -> [OutboundMessage] {
        let address = PatientAddress("asha.verma@sbx")
        let claim = PatientClaim(
            name: "Asha Verma", gender: .female, birthDate: .yearOnly(1984),
            abhaNumber: try? ABHANumber(parsing: "42717586044553".utf8.span))
        let contexts = HealthInformationType.allCases.map { type in
            OfferedContext(
                patientReference: "P-1001", reference: "N-\(type)", display: "Visit", hiType: type)
        }
        let linking = LinkedContexts(
            patientReference: "P-1001", display: "Asha Verma", contexts: contexts)
        var requests: [OwnRequest] = [.link(linking, of: address, claim, token: "token")]
        // v0.5 knows no invoices.
        for context in contexts where version == .v3 || context.hiType != .invoice {
            requests.append(.update(context, of: address, day: "2026-11-21"))
        }
        switch version {
        case .gateway:
            requests += [
                .modes(of: address), .code("123456", transactionID: "tx", of: address),
                .confirmation(of: address, transactionID: "tx", claim),
            ]
            requests += AuthenticationMode.allCases.map { .authentication(of: address, by: $0) }
        case .v3: requests.append(.linkingToken(for: address, claim))
        }
        var messages = requests.map {
            RequestWriter.message($0, version, facility: "HIP1", subject: "subject")
        }
        if let mobile = PhoneNumber(e164: 919_848_022_338) {
            messages.append(
                OutboundMessage(
                    inviting: mobile, version, facility: "HIP1", name: "Lake Hospital",
                    subject: "subject"))
        }
        return messages
    }

    @Test("every message of both protocols has the members, types and words of the tables")
    func messagesFit() throws {
        let table = try ShapeTable(["v0.5.tsv", "v3.tsv"])
        let messages = try Self.messages()
        for message in messages {
            #expect(table.flaws(message.body, message.path) == [])
        }
        // Nothing is in the tables that no message here is held against.
        #expect(Set(table.rules.keys).subtracting(messages.map(\.path)) == [])
        #expect(messages.count > 60)
    }

    @Test("a member that is missing, misspelled, of another type or word is seen")
    func flawsAreSeen() throws {
        let table = try ShapeTable(["v0.5.tsv"])
        let good = """
            {"requestId":"r","timestamp":"t","transactionId":"x","link":{"referenceNumber":"l",\
            "authenticationType":"MEDIATED","meta":{"communicationMedium":"MOBILE"}},"resp":{"requestId":"q"}}
            """
        func flaws(_ old: String, _ new: String) throws -> [String] {
            let text = good.replacing(old, with: new)
            return table.flaws(
                try JSONTree(parsing: Array(text.utf8)), "/v0.5/links/link/on-init")
        }
        #expect(try flaws("nothing", "") == [])
        #expect(try flaws("\"transactionId\":\"x\",", "").count == 1)
        #expect(try flaws("\"requestId\":\"q\"", "").count == 1)
        #expect(try flaws("transactionId", "transactionID").count == 2)
        #expect(try flaws("\"x\"", "7").count == 1)
        #expect(try flaws("MEDIATED", "MEDIATE").count == 1)
        #expect(table.flaws(.object([:]), "/v0.5/nothing") == ["/v0.5/nothing has no table"])
    }
}
