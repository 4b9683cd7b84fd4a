internal import ABDM
internal import Foundation
internal import JSON
internal import Ledger
internal import TestSupport
internal import Testing

/// A conversation of `fixtures/abdm`: callbacks in their order, and what is sent for each.
struct GoldenConversation: CustomTestStringConvertible {
    let name: String
    let steps: [JSONTree]

    var testDescription: String { name }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures/abdm")

    static func load() throws -> [GoldenConversation] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try names.filter { $0.hasSuffix(".json") }.sorted().map { name in
            let data = try Data(contentsOf: folder.appending(path: name))
            let tree = try JSONTree(parsing: Array(data))
            return GoldenConversation(
                name: name, steps: try #require(tree["steps"]?.elements, "\(name)"))
        }
    }

    /// Has the conversation, on a ledger of its own.
    ///
    /// - Returns: the steps with what was sent.
    func play(in place: LedgerPlace = .sqlite(path: ":memory:")) throws -> [JSONTree] {
        let desk = try ConversationDesk(place)
        return try steps.map { step in
            var members = try #require(step.members)
            let time = try #require(WireTime(parsing: try text("at", step).utf8.span))
            let headers = step["headers"]?.members ?? [:]
            let callback = try desk.callback(
                try text("path", step),
                String(decoding: try #require(step["body"]).bytes, as: UTF8.self),
                facility: headers["X-HIP-ID"]?.text ?? "",
                requestID: headers["REQUEST-ID"]?.text, timestamp: headers["TIMESTAMP"]?.text)
            let reply = try desk.perform(.receive(callback), at: time)
            if reply == .repeated { members["repeated"] = .boolean(true) }
            members["sends"] = .array(
                try reply.entries.map { entry in
                    let message = entry.message
                    return .object([
                        "to": .string(
                            "\(message.destination.base.rawValue) \(message.destination.path)"),
                        "facility": .string(message.facility),
                        "consentManager": message.consentManager.map { .string($0) } ?? .null,
                        "body": try JSONTree(parsing: Array(message.body.utf8)),
                    ])
                })
            return .object(members)
        }
    }

    private func text(_ name: String, _ step: JSONTree) throws -> String {
        try #require(step[name]?.text, "\(self.name): \(name)")
    }
}

@Suite("Golden conversations")
struct GoldenConversationTests {
    static let conversations = (try? GoldenConversation.load()) ?? []

    @Test("both protocols have conversations, and every path of ABDM is called")
    func pathsAreCovered() throws {
        let paths = Set(
            try GoldenConversation.load().flatMap { $0.steps.compactMap { $0["path"]?.text } })
        #expect(Set(CallbackPath.all.map(\.path)).subtracting(paths) == [])
    }

    /// `MILAAN_WRITE_GOLDEN=1` writes what is sent into the files instead, to be read as a difference.
    @Test("each callback is answered as the file says", arguments: conversations)
    func answers(conversation: GoldenConversation) throws {
        let played = try conversation.play()
        if ProcessInfo.processInfo.environment["MILAAN_WRITE_GOLDEN"] == "1" {
            let tree = JSONTree.object(["steps": .array(played)])
            let data = try JSONSerialization.data(
                withJSONObject: JSONSerialization.jsonObject(with: Data(tree.bytes)),
                options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
            try (data + Data([0x0A])).write(
                to: GoldenConversation.folder.appending(path: conversation.name))
        }
        for (index, step) in conversation.steps.enumerated() {
            #expect(played[index] == step, "\(conversation.name), step \(index + 1)")
        }
    }
}
