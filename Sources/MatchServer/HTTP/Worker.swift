internal import ABDM
internal import CMicroHTTPD
internal import Glibc
internal import Index
internal import Matcher
internal import Synchronization

/// The life of the requests of one event loop, step by step as the library reports them.
///
/// Everything but `connections` and `counters` is used by the event loop's thread alone, and nothing that
/// changes calls back into itself: what changes several times a request goes without the run time's check
/// for overlapping accesses.
final class Worker: @unchecked Sendable {
    /// A body that a refused request may still send, so that its connection can live on.
    static let discardedBytesMax = 64 << 10
    /// A batch's upload counts as progress each time so much more of it has come.
    static let progressBytes = 256 << 10

    let shared: ServerShared
    let counters: WorkerCounters
    @safe @exclusivity(unchecked) var desk: DecisionDesk
    @safe @exclusivity(unchecked) var searches: SearchDesk
    @safe @exclusivity(unchecked) var snapshots: SnapshotReader
    /// Reads callbacks; nil where there is no conversation.
    @safe @exclusivity(unchecked) var callbackDecoder: CallbackDecoder?
    /// Looks up whom a desk has scanned; made for the first of them.
    @safe @exclusivity(unchecked) private var finder: ProfileFinder?
    private let makeFinder: @Sendable () -> ProfileFinder
    @safe @exclusivity(unchecked) private var spares = SpareBodyBuffers()
    /// Connections given to this loop and still open.
    let connections = Atomic<Int>(0)

    init(
        shared: ServerShared, counters: WorkerCounters, decide: @escaping DecideFunction,
        callbackRule: MatchRule? = nil, makeFinder: @escaping @Sendable () -> ProfileFinder
    ) {
        self.makeFinder = makeFinder
        self.shared = shared
        self.counters = counters
        snapshots = SnapshotReader(shared.snapshots)
        desk = DecisionDesk(decide)
        searches = SearchDesk(defaultFacility: shared.configuration.defaultFacility)
        if let callbackRule { callbackDecoder = CallbackDecoder(rule: callbackRule) }
    }

    /// Stands for this loop where it is only compared.
    var loop: ObjectIdentifier { ObjectIdentifier(self) }

    func connectionStarted(_ connection: OpaquePointer) -> ConnectionRecord {
        let record = unsafe ConnectionRecord(
            socket: cmicrohttpd_socket(connection), nowMilliseconds: shared.clock.now, loop: loop)
        unsafe record.connection = unsafe connection
        shared.table.insert(record)
        return record
    }

    /// The last word about a connection; its socket is closed after this returns.
    func connectionClosed(_ record: ConnectionRecord) {
        var byte: UInt8 = 0
        let flags = Int32(MSG_PEEK | MSG_DONTWAIT)
        if record.lingers || (unsafe recv(record.socket, &byte, 1, flags)) > 0 {
            let copy = fcntl(record.socket, F_DUPFD_CLOEXEC, 0)
            if copy >= 0 { shared.lingering.add(copy, nowMilliseconds: shared.clock.now) }
        }
        shared.table.remove(record)
        connections.subtract(1, ordering: .relaxed)
    }

    /// The request's first line has come.
    func requestBegan(_ record: ConnectionRecord, target: UnsafePointer<CChar>) {
        record.stamp(.receiving, shared.clock.now)
        record.targetBytes = unsafe strlen(target)
        let bytes = unsafe Span<UInt8>(
            _unsafeStart: UnsafeRawPointer(target).assumingMemoryBound(to: UInt8.self),
            count: record.targetBytes)
        record.target = RequestTarget(bytes)
        guard shared.conversation != nil else { return }
        switch record.target?.route {
        case .unknown:
            guard let target = ConversationTarget(bytes) else { return }
            record.target = RequestTarget(target.route)
            record.conversation = target
        case .scan: record.conversation = ConversationTarget(.scan)
        default: break
        }
    }

    /// The headers have come; a reply now would mean not to want the body.
    func headersComplete(_ record: ConnectionRecord, _ request: LibraryRequest) -> MHD_Result {
        record.headersAreComplete = true
        record.startedNanoseconds = monotonicNanoseconds()
        record.method = unsafe RequestMethod(request.method)
        unsafe scanHeaders(record, request)
        let admission = admit(record, targetIsWhole: unsafe isTargetWhole(record, request))
        switch admission {
        case .body(let bytesMax):
            record.bodyBytesMax = bytesMax
        case .refusedAfterBody(let refusal):
            record.refusal = refusal
        case .refusedNow(let refusal):
            record.lingers = true
            return unsafe send(refusal, record, request.connection)
        }
        return .YES
    }

    /// A piece of the body has come.
    func bodyPiece(_ record: ConnectionRecord, _ piece: UnsafeRawBufferPointer) -> MHD_Result {
        // A drain has no time for slow requests beyond its own, and cuts only those that stand still.
        let isDraining = shared.isDraining.load(ordering: .relaxed)
        if isDraining { record.stamp(.receiving, shared.clock.now) }
        if record.refusal != nil || record.method != .post {
            record.discardedBytes += piece.count
            return record.discardedBytes > Worker.discardedBytesMax
                ? cut(record, .unneededBodyTooLarge) : .YES
        }
        if record.body == nil {
            record.body = spares.take()
            // A new one where there is none; nil when there is no memory.
            if record.body == nil { record.body = BodyBuffer(budget: shared.budget) }
        }
        switch unsafe record.body?.append(piece, limit: record.bodyBytesMax) {
        case .stored:
            let count = record.body?.count ?? 0
            if count - record.stampedBodyBytes >= Worker.progressBytes {
                record.stampedBodyBytes = count
                record.stamp(.receiving, shared.clock.now)
            }
            return .YES
        case .tooLarge:
            return cut(
                record, record.target?.route == .batch ? .batchTooLarge : .discoverTooLarge)
        case .noRoom: return cut(record, .tooManyBytes)
        case nil: return cut(record, .outOfMemory)
        }
    }

    /// The whole request has come.
    func requestComplete(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        if record.isAnswered { return .YES }
        record.stamp(.replying, shared.clock.now)
        if let refusal = record.refusal { return unsafe send(refusal, record, connection) }
        switch record.target?.route ?? .unknown {
        case .discover: return unsafe answerDiscover(record, connection)
        case .batch: return unsafe answerBatch(record, connection)
        case .search: return unsafe answerSearch(record, connection)
        case .healthz: return unsafe answerHealth(record, connection)
        case .readyz: return unsafe answerReadiness(record, connection)
        case .metrics: return unsafe answerMetrics(record, connection)
        case .openAPI: return unsafe answerOpenAPI(record, connection)
        case .scan: return unsafe answerScan(record, connection)
        case .callback: return unsafe answerCallback(record, connection)
        case .counter: return unsafe answerCounter(record, connection)
        case .authentication: return unsafe answerAuthentication(record, connection)
        case .stream: return unsafe answerStream(record, connection)
        case .heartbeat: return unsafe answerHeartbeat(record, connection)
        case .records: return unsafe answerRecords(record, connection)
        case .register: return unsafe answerRegistration(record, connection)
        case .qr: return unsafe answerQR(record, connection)
        case .unknown: return unsafe send(.unknownPath, record, connection)
        }
    }

    /// Looks up whom a desk has scanned.
    func find(
        _ scanned: ScannedProfile, facility: String, in snapshot: Snapshot
    ) throws(MessageError) -> SharedProfile {
        var finder = finder.take() ?? makeFinder()
        let result: Result<SharedProfile, MessageError>
        do throws(MessageError) {
            result = .success(try finder.find(scanned, facility: facility, in: snapshot))
        } catch {
            result = .failure(error)
        }
        self.finder = consume finder
        return try result.get()
    }

    /// The reply has been sent whole, or the connection broke before that.
    func requestEnded(_ record: ConnectionRecord, isWhole: Bool) {
        if record.isStreaming {
            counters.countRequest(record.target?.route ?? .unknown, status: isWhole ? 200 : 0)
        } else if !record.isAnswered {
            counters.countRequest(record.target?.route ?? .unknown, status: 0)
        }
        if let body = record.body.take() { spares.giveBack(body) }
        record.reset()
        record.stamp(.idle, shared.clock.now)
    }

    func libraryMessage(_ format: UnsafePointer<CChar>) {
        answerBrokenLengths()
        let now = shared.clock.now
        guard let suppressed = shared.libraryMessages.pass(atMilliseconds: now) else { return }
        // The values could come from a request; the format never does.
        let text = unsafe String(cString: format)
        let words = text.split(separator: "\n").joined(separator: " ")
        shared.log.write(.libraryMessage(format: words, suppressedBefore: suppressed))
    }

    /// Answers in the middle of an upload, where the library lets nobody answer, and hangs up.
    func cut(_ record: ConnectionRecord, _ refusal: Refusal) -> MHD_Result {
        counters.countRequest(record.target?.route ?? .unknown, status: refusal.entry.status)
        record.isAnswered = true
        record.lingers = true
        sendAtOnce(refusal.wholeReply, to: record.socket)
        return .NO
    }

    /// The version follows the target in the connection's memory: behind its first NUL, unless
    /// there was another within.
    private func isTargetWhole(_ record: ConnectionRecord, _ request: LibraryRequest) -> Bool {
        unsafe request.version - request.url == record.targetBytes + 1
    }

    private func scanHeaders(_ record: ConnectionRecord, _ request: LibraryRequest) {
        var headers = RequestHeaders()
        unsafe withUnsafeMutablePointer(to: &headers) { pointer in
            _ = unsafe MHD_get_connection_values_n(
                request.connection, .HEADER_KIND,
                { closure, _, name, nameCount, value, valueCount in
                    guard let closure = unsafe closure, let name = unsafe name else { return .NO }
                    guard let value = unsafe value else { return .YES }
                    unsafe closure.assumingMemoryBound(to: RequestHeaders.self).pointee.take(
                        name: name, nameCount: nameCount, value: value, valueCount: valueCount)
                    return .YES
                }, UnsafeMutableRawPointer(pointer))
        }
        unsafe headers.finish(
            head: request.method, headBytes: cmicrohttpd_head_bytes(request.connection),
            isHTTP11: request.version[7] != CChar(UInt8(ascii: "0")))
        record.headers = headers
    }
}

extension RequestMethod {
    /// The method of that name; names are case-sensitive.
    init(_ name: UnsafePointer<CChar>) {
        if unsafe strcmp(name, "POST") == 0 {
            self = .post
        } else if unsafe strcmp(name, "GET") == 0 {
            self = .get
        } else {
            self = unsafe strcmp(name, "HEAD") == 0 ? .head : .other
        }
    }
}
