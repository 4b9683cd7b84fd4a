internal import ABDM
internal import Glibc
internal import Index
internal import JSON
internal import Matcher
@testable import MatchServer
internal import TestSupport

/// A server on a free port whose decision repeats what it was given.
///
/// A body that begins with `bad` is refused, one that begins with `slow` takes a third of a second,
/// one that begins with `long` is answered with a megabyte.
final class ServerUnderTest: Sendable {
    let server: MilaanServer
    let snapshots = CurrentSnapshot()
    let events: EventRecorder

    var port: UInt16 { server.port }

    init(
        isReady: Bool = true, _ configure: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = ServerConfiguration(port: 0, threads: 2)
        configure(&configuration)
        let events = EventRecorder()
        self.events = events
        server = try MilaanServer(
            configuration: configuration, snapshots: snapshots,
            log: ServerLog { event in events.add(event) }, makeDecide: { echo })
        if isReady { try publish(rows: 7) }
    }

    func publish(rows: Int) throws {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
        var record = PatientRecord()
        for row in 0..<rows {
            record.reset()
            let id = "P\(row)"
            try record.set(.id, id.utf8.span)
            try record.finish()
            try builder.append(record)
        }
        snapshots.publish(
            Snapshot(
                image: builder.build(), position: "test", publishedAtSeconds: 1_700_000_000))
    }

    func connect() throws -> HTTPConnection { try HTTPConnection(port: port) }

    /// One request on a connection of its own.
    func once(_ head: String, body: String = "", hasBody: Bool = true) throws -> HTTPReply {
        try requestOnce(port: port, head, body: body, hasBody: hasBody)
    }

    /// The head and body of a discover request.
    func post(_ body: String, path: String = "/v1/discover", headers: String = "") -> String {
        "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
    }

    /// Waits until something holds; false when it did not within a minute.
    static func eventually(_ holds: () -> Bool) -> Bool {
        for _ in 0..<6000 {
            if holds() { return true }
            _ = usleep(10_000)
        }
        return holds()
    }
}

/// Keeps a server's events.
final class EventRecorder: Sendable {
    private let events = ThreadLock<[ServerEvent]>([])

    func add(_ event: ServerEvent) { events.withLock { $0.append(event) } }

    var all: [ServerEvent] { events.withLock { $0 } }
}

private func echo(
    parts: Span<Range<Int>>, bytes: Span<UInt8>, facility: Span<UInt8>?, requestID: Span<UInt8>?,
    explain: Bool, snapshot: Snapshot, writer: inout JSONWriter,
    each: (DecisionReport, inout JSONWriter) -> Void
) {
    for index in parts.indices {
        let body = bytes.extracting(parts[index])
        each(echo(body, facility, requestID, explain, snapshot, &writer), &writer)
    }
}

private func echo(
    _ body: Span<UInt8>, _ facility: Span<UInt8>?, _ requestID: Span<UInt8>?, _ explain: Bool,
    _ snapshot: Snapshot, _ writer: inout JSONWriter
) -> DecisionReport {
    if begins(body, with: "slow") { _ = usleep(333_000) }
    let isBad = begins(body, with: "bad")
    writer.beginObject()
    writer.key("length")
    writer.integer(body.count)
    writer.key("echo")
    writer.string(body.extracting(first: min(body.count, 200)))
    if let facility {
        writer.key("facility")
        writer.string(facility)
    }
    if let requestID {
        writer.key("requestID")
        writer.string(requestID)
    }
    writer.key("explain")
    writer.boolean(explain)
    writer.key("rows")
    writer.integer(snapshot.rows)
    if begins(body, with: "long") {
        writer.key("filler")
        writer.string(String(repeating: "x", count: 1 << 20))
    }
    writer.endObject()
    return (isBad ? .badRequest : .match, 3, 2)
}

private func begins(_ body: Span<UInt8>, with word: StaticString) -> Bool {
    guard body.count >= word.utf8CodeUnitCount else { return false }
    return word.equalsIgnoringCase(body.extracting(first: word.utf8CodeUnitCount))
}
