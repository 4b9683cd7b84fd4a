internal import ABDM
internal import Index
internal import JSON
internal import Ledger

/// Whose queue a desk looks at.
struct DeskCounter: Hashable, Sendable {
    var facility: String
    var counter: String
}

/// What a desk is told next.
enum DeskNews {
    /// So many bytes, and the number of the last event in them.
    case bytes([UInt8], through: Int64)
    /// Nothing yet.
    case nothing
    /// More than is at hand: it has to be asked of the ledger.
    case inLedger
}

/// The live streams of all desks: what happens at a counter is read from the ledger once, and kept for a while for
/// those who look at that counter.
///
/// A stream is a number and the bytes that its client has not taken yet. One that falls behind what is kept asks the
/// ledger for a page at a time.
final class DeskStreams: Sendable {
    /// Events of a counter that are kept.
    private static let keptMax = 64
    /// Events that the ledger is asked for at a time.
    private static let pageMax = 100
    /// Bytes that a stream is given at a time, unless one event is larger.
    private static let bytesMax = 16 << 10
    /// How often the ledger is asked where nothing is heard of, as another server may use it too.
    private static let pollMilliseconds: Int64 = 1000

    private struct KeptEvent {
        var id: Int64
        var profileID: String
        var bytes: [UInt8]
    }

    private struct Topic {
        /// What is not beyond this number may have been let go of; nil until the ledger's last number is known.
        var floor: Int64?
        var kept: [KeptEvent] = []
        var streams: [ObjectIdentifier: DeskStream] = [:]
    }

    private struct State {
        var topics: [DeskCounter: Topic] = [:]
        var count = 0
        /// The last event that has been read; nil where nobody looks.
        var lastRead: Int64?
        var isAsking = false
        /// Whether something has happened since the ledger was asked.
        var mustAskAgain = false
        var askedAt: Int64 = 0
        var isEnded = false
    }

    private let ledger: LedgerThread
    private let state = ThreadLock(State())

    init(_ ledger: LedgerThread) { self.ledger = ledger }

    /// How many are open.
    var count: Int { state.withLock { $0.count } }

    /// Whether the server is going down.
    var hasEnded: Bool { state.withLock { $0.isEnded } }

    /// Lets a stream look at its counter; false where there are `limit` of them, or the server is going down.
    func open(_ stream: DeskStream, limit: Int) -> Bool {
        let isOpen = state.withLock { state in
            guard !state.isEnded, state.count < limit else { return false }
            state.count += 1
            var topic = state.topics[stream.counter] ?? Topic(floor: state.lastRead)
            topic.streams[ObjectIdentifier(stream)] = stream
            state.topics[stream.counter] = topic
            return true
        }
        if isOpen { ask() }
        return isOpen
    }

    /// Forgets a stream whose connection has ended.
    func close(_ stream: DeskStream) {
        state.withLock { state in
            guard
                state.topics[stream.counter]?.streams.removeValue(forKey: ObjectIdentifier(stream))
                    != nil
            else { return }
            state.count -= 1
            if state.topics[stream.counter]?.streams.isEmpty == true {
                state.topics[stream.counter] = nil
            }
            // Whoever comes next begins where the ledger is by then.
            if state.count == 0 { state.lastRead = nil }
        }
    }

    /// Ends all streams, and lets no more begin.
    func end() {
        wake(
            state.withLock { state in
                state.isEnded = true
                return state.topics.values.flatMap { Array($0.streams.values) }
            })
    }

    /// What is behind a number.
    func news(of counter: DeskCounter, after id: Int64) -> DeskNews {
        state.withLock { state in
            guard let topic = state.topics[counter], let floor = topic.floor else {
                return .nothing
            }
            if id < floor { return .inLedger }
            var bytes: [UInt8] = []
            var through = id
            for event in topic.kept where event.id > id {
                if !bytes.isEmpty, bytes.count + event.bytes.count > Self.bytesMax { break }
                bytes += event.bytes
                through = event.id
            }
            return bytes.isEmpty ? .nothing : .bytes(bytes, through: through)
        }
    }

    /// Asks the ledger for what a stream has missed, a page of it.
    func fetch(for stream: DeskStream, after id: Int64) {
        let counter = stream.counter
        ledger.submit(
            .deskBacklog(
                facility: counter.facility, counter: counter.counter, after: id, max: Self.pageMax)
        ) { result in
            guard case .success(.deskEvents(let events, let through)) = result else {
                return stream.give(nil, through: id)
            }
            stream.give(events.flatMap { Self.bytes(of: $0) }, through: through)
        }
    }

    /// Reads on, because something has happened.
    func ask() {
        let after: Int64?? = state.withLock { state in
            guard state.count > 0, !state.isEnded else { return nil }
            guard !state.isAsking else {
                state.mustAskAgain = true
                return nil
            }
            state.isAsking = true
            state.mustAskAgain = false
            state.askedAt = ledger.now.milliseconds
            return .some(state.lastRead)
        }
        guard let after else { return }
        ledger.submit(.deskEvents(after: after, max: Self.pageMax)) { result in
            guard case .success(.deskEvents(let events, let through)) = result else {
                return self.state.withLock { $0.isAsking = false }
            }
            self.take(events, after: after, through: through)
        }
    }

    /// Asks the ledger now and then, and gives every stream a sign of life.
    func tick() {
        let now = ledger.now.milliseconds
        let (isDue, streams) = state.withLock { state -> (Bool, [DeskStream]) in
            // Also where the clock was set back.
            (
                abs(now - state.askedAt) >= Self.pollMilliseconds,
                state.topics.values.flatMap { Array($0.streams.values) }
            )
        }
        guard !streams.isEmpty else { return }
        if isDue { ask() }
        // At every tick: a client may have little time.
        for stream in streams { stream.beat() }
    }

    private func take(_ events: [DeskEvent], after: Int64?, through: Int64) {
        let rendered = events.map { event in
            (
                counter: DeskCounter(facility: event.facility, counter: event.counter),
                hasLeft: event.kind == .left,
                event: KeptEvent(
                    id: event.id, profileID: event.profileID, bytes: Self.bytes(of: event))
            )
        }
        var mustAskAgain = false
        let woken = state.withLock { state -> [DeskStream] in
            state.isAsking = false
            mustAskAgain = state.mustAskAgain || events.count == Self.pageMax
            // Between two askings everybody may have gone.
            guard state.count > 0, state.lastRead == after else {
                mustAskAgain = state.count > 0
                return []
            }
            state.lastRead = through
            var woken: [DeskStream] = []
            for (counter, topic) in state.topics where topic.floor == nil {
                state.topics[counter]?.floor = through
                woken += Array(topic.streams.values)
            }
            var touched: Set<DeskCounter> = []
            for (counter, hasLeft, event) in rendered where state.topics[counter] != nil {
                // Who left is told to nobody any more; those who have been told hear of the leaving.
                if hasLeft {
                    state.topics[counter]?.kept.removeAll { $0.profileID == event.profileID }
                }
                state.topics[counter]?.kept.append(event)
                touched.insert(counter)
            }
            for counter in touched {
                guard var topic = state.topics.removeValue(forKey: counter) else { continue }
                let excess = topic.kept.count - Self.keptMax
                if excess > 0 {
                    topic.floor = max(topic.floor ?? 0, topic.kept[excess - 1].id)
                    topic.kept.removeFirst(excess)
                }
                woken += Array(topic.streams.values)
                state.topics[counter] = topic
            }
            return woken
        }
        wake(woken)
        if mustAskAgain { ask() }
    }

    private func wake(_ streams: [DeskStream]) {
        for stream in streams { stream.wake() }
    }

    /// An event as a stream has it.
    private static func bytes(of event: DeskEvent) -> [UInt8] {
        var writer = JSONWriter()
        switch event.happening {
        case .profile(let queued), .registered(let queued):
            ProfileText.write(queued, into: &writer)
        case .left(let profileID):
            writer.beginObject()
            writer.key("id")
            writer.string(profileID)
            writer.endObject()
        }
        var bytes = Array("id: \(event.id)\nevent: \(event.kind.rawValue)\ndata: ".utf8)
        bytes += writer.take()
        bytes += [0x0A, 0x0A]
        return bytes
    }
}
