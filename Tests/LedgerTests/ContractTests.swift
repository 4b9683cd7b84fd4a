internal import ABDM
internal import Foundation
internal import JSON
internal import Matcher
internal import TestSupport
internal import Testing

/// `ABDM_OPENAPI_DIR` names the folder of ABDM's published OpenAPI files, which are not ours to keep here.
private let openAPIFolder = ProcessInfo.processInfo.environment["ABDM_OPENAPI_DIR"]

@Suite("The published contract")
struct ContractTests {
    @Test(
        "every message of the golden conversations fits ABDM's description",
        .enabled(if: openAPIFolder != nil, "ABDM_OPENAPI_DIR is not set"))
    func messagesFit() throws {
        let folder = try #require(openAPIFolder)
        let envelope = MessageEnvelope(
            requestID: "5f7a535d-a3fd-416b-b069-c97d021fbacd", sentAt: ConversationDesk.start)
        var lines: [String] = []
        for conversation in try GoldenConversation.load() {
            for message in conversation.steps.flatMap({ $0["sends"]?.elements ?? [] }) {
                let to = try #require(message["to"]?.text)
                guard to.hasPrefix("gateway ") else { continue }
                let body = String(decoding: try #require(message["body"]).bytes, as: UTF8.self)
                lines.append(
                    "{\"to\":\"\(to)\",\"body\":\(envelope.complete(body, for: .gateway))}")
            }
        }
        let address = PatientAddress("asha.verma@sbx")
        let claim = PatientClaim(
            name: "Asha Verma", gender: .female, birthDate: .yearOnly(1984), abhaNumber: nil)
        let context = OfferedContext(
            patientReference: "P-1001", reference: "N-1", display: "Visit", hiType: .prescription)
        let linking = LinkedContexts(
            patientReference: "P-1001", display: "Asha Verma", contexts: [context])
        let requests: [OwnRequest] = [
            .modes(of: address), .authentication(of: address),
            .authentication(of: address, by: .direct),
            .code("123456", transactionID: "tx", of: address),
            .confirmation(of: address, transactionID: "tx", claim),
            .link(linking, of: address, claim, token: "token"),
            .update(context, of: address, day: "2026-11-21"),
        ]
        for request in requests {
            let message = RequestWriter.message(
                request, .gateway, facility: "HIP1", subject: "subject")
            let body = envelope.complete(message.body, for: .gateway)
            lines.append("{\"to\":\"gateway \(message.destination.path)\",\"body\":\(body)}")
        }
        #expect(lines.count > 30)
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "scripts/check-abdm-bodies.py")
        let run = try MilaanProgram.run(
            "/usr/bin/env", ["python3", script.path, folder],
            input: Array((lines.joined(separator: "\n") + "\n").utf8))
        #expect(run.end == .exit(0), "\(String(decoding: run.bytes, as: UTF8.self)) \(run.errors)")
    }
}
