internal import ABDM
internal import Foundation
internal import Index
internal import JSON
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Golden decisions")
struct GoldenDecisionTests {
    /// All scenarios of `fixtures/decisions`; empty when the files cannot be read, which a test sees.
    static let vectors: [DecisionVector] = (try? load()) ?? []

    @Test("every file is understood and every profile has its scenarios")
    func filesAreRead() throws {
        let vectors = try Self.load()
        for profile in Profile.names {
            #expect(vectors.contains { $0.profile == profile }, "no scenario for \(profile)")
        }
        for outcome in DiscoveryOutcome.allCases where outcome != .badRequest {
            #expect(
                vectors.contains { $0.cases.contains { $0.expect.outcome == outcome.rawValue } },
                "no case ends as \(outcome)")
        }
    }

    @Test("a scenario's requests get the answers that the documents demand", arguments: vectors)
    func answers(vector: DecisionVector) throws {
        let hospital = Hospital(patients: vector.patients, careContexts: vector.careContexts)
        var desk = try Desk(hospital, rule: vector.rule())
        for item in vector.cases {
            let answer = desk.ask(
                item.request.bytes, facility: item.headers["X-HIP-ID"],
                requestID: item.headers["REQUEST-ID"])
            let reply = try answer.tree()
            let context: Comment = "\(item.name): \(answer.text)"
            #expect(answer.report.outcome.rawValue == item.expect.outcome, context)
            #expect(reply["outcome"]?.text == item.expect.outcome, context)
            let patient = reply["patient"]
            #expect((patient != nil) == (item.expect.outcome == "match"), context)
            #expect((reply["error"] == nil) == (item.expect.outcome == "match"), context)
            #expect(patient?["referenceNumber"]?.text == item.expect.referenceNumber, context)
            #expect(
                references(of: patient) == (patient == nil ? nil : item.expect.careContexts ?? []),
                context)
            #expect(
                patient?["matchedBy"]?.elements?.compactMap(\.text).sorted()
                    == item.expect.matchedBy, context)
            #expect(reply["error"]?["code"]?.number == item.expect.error, context)
            #expect(reply["explanation"] == nil, context)
            #expect(reply["snapshot"]?["rows"]?.number == vector.patients.count, context)
            #expect(reply["transactionId"] == item.request["transactionId"], context)
            #expect(reply["requestId"] == requestID(of: item), context)

            // Asking for the reasons must not change the decision.
            let explained = desk.ask(
                item.request.bytes, facility: item.headers["X-HIP-ID"],
                requestID: item.headers["REQUEST-ID"], explain: true)
            var members = try explained.tree().members ?? [:]
            #expect(members.removeValue(forKey: "explanation") != nil, context)
            #expect(JSONTree.object(members) == reply, "explained: \(item.name)")
        }
    }

    private func references(of patient: JSONTree?) -> [String]? {
        patient?["careContexts"]?.elements?.compactMap { $0["referenceNumber"]?.text }.sorted()
    }

    /// The body's own, else the header's.
    private func requestID(of item: DecisionVector.Case) -> JSONTree {
        if let text = item.request["requestId"]?.text, !text.isEmpty { return .string(text) }
        return item.headers["REQUEST-ID"].map(JSONTree.string) ?? .null
    }

    private static func load() throws -> [DecisionVector] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../fixtures/decisions").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        var vectors: [DecisionVector] = []
        for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "json" {
            let name = file.deletingPathExtension().lastPathComponent
            let tree = try JSONTree(parsing: Array(Data(contentsOf: file)))
            for scenario in tree.elements ?? [] {
                vectors.append(try DecisionVector(scenario, file: name))
            }
        }
        return vectors
    }
}
