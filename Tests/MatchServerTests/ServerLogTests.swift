internal import JSON
import Testing

@testable internal import MatchServer

@Suite("The server's log")
struct ServerLogTests {
    static let events: [ServerEvent] = [
        .started(port: 80, threads: 2), .draining(openConnections: 3), .stopped(cutConnections: 0),
        .libraryMessage(format: "a \"quoted\" \\ line\u{1}", suppressedBefore: 4),
        .systemFailure(call: "accept4", errno: 24),
    ]

    @Test("each event is one JSON object on one line", arguments: events)
    func line(event: ServerEvent) throws {
        let line = event.jsonLine
        #expect(!line.contains("\n"))
        var document = JSONDocument()
        try document.parse(Array(line.utf8).span)
        let level = document.member("level", of: document.root).map { document.text(of: $0) }
        #expect(["info", "debug", "error"].contains(level))
    }

    @Test("what clients do wrong is of level debug, which the standard log leaves out")
    func levels() {
        for event in Self.events {
            #expect(event.jsonLine.contains(#""level":"\#(event.level.rawValue)""#))
            if case .libraryMessage = event {
                #expect(event.level < .info)
            } else {
                #expect(event.level >= .info)
            }
        }
    }

    @Test("the library speaks once a second and the rest is counted")
    func gate() {
        let gate = LibraryMessageGate()
        #expect(gate.pass(atMilliseconds: 5000) == 0)
        #expect(gate.pass(atMilliseconds: 5001) == nil)
        #expect(gate.pass(atMilliseconds: 5999) == nil)
        #expect(gate.pass(atMilliseconds: 6000) == 2)
        #expect(gate.pass(atMilliseconds: 6500) == nil)
    }
}
