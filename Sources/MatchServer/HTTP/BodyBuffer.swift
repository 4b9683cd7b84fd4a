internal import Glibc
internal import Synchronization

/// Bytes that the bodies of all requests may still take, beyond each one's first buffer.
final class BodyBudget: Sendable {
    private let left: Atomic<Int>

    init(bytes: Int) { left = Atomic(bytes) }

    /// Takes `bytes` if there are so many left.
    func take(_ bytes: Int) -> Bool {
        let (_, after) = left.subtract(bytes, ordering: .relaxed)
        if after >= 0 { return true }
        left.add(bytes, ordering: .relaxed)
        return false
    }

    /// Gives back what was taken.
    func giveBack(_ bytes: Int) { left.add(bytes, ordering: .relaxed) }

    /// Whether a body of that size could be taken now.
    func hasRoom(for bytes: Int) -> Bool { left.load(ordering: .relaxed) >= bytes }
}

/// A request's body as far as it has come, in memory that grows.
@safe struct BodyBuffer: ~Copyable {
    /// What a buffer has without asking the budget; most discover bodies are below 1 KiB.
    static let firstCapacity = 16 << 10

    enum AppendResult { case stored, tooLarge, noRoom }

    private var base: UnsafeMutableRawPointer
    private(set) var count = 0
    private(set) var capacity = BodyBuffer.firstCapacity
    private let budget: BodyBudget

    /// An empty buffer; nil when there is no memory.
    init?(budget: BodyBudget) {
        guard let base = unsafe malloc(BodyBuffer.firstCapacity) else { return nil }
        unsafe self.base = base
        self.budget = budget
    }

    deinit {
        if capacity > BodyBuffer.firstCapacity {
            budget.giveBack(capacity - BodyBuffer.firstCapacity)
        }
        unsafe free(base)
    }

    /// Forgets the bytes and keeps the memory.
    mutating func reset() { count = 0 }

    /// Adds a piece, unless the body would be longer than `limit` bytes.
    mutating func append(_ piece: UnsafeRawBufferPointer, limit: Int) -> AppendResult {
        guard piece.count <= limit - count else { return .tooLarge }
        guard let source = piece.baseAddress else { return .stored }
        if count + piece.count > capacity, !grow(toHold: count + piece.count, limit: limit) {
            return .noRoom
        }
        unsafe base.advanced(by: count).copyMemory(from: source, byteCount: piece.count)
        count += piece.count
        return .stored
    }

    private mutating func grow(toHold bytes: Int, limit: Int) -> Bool {
        let wanted = max(bytes, min(2 * capacity, max(limit, bytes)))
        guard budget.take(wanted - capacity) else { return false }
        guard let grown = unsafe realloc(base, wanted) else {
            budget.giveBack(wanted - capacity)
            return false
        }
        unsafe base = unsafe grown
        capacity = wanted
        return true
    }

    /// The bytes so far.
    var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let span = unsafe Span<UInt8>(
                _unsafeStart: base.assumingMemoryBound(to: UInt8.self), count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }
}

/// Empty first buffers that a thread keeps for its next requests.
struct SpareBodyBuffers: ~Copyable {
    private var spares: [32 of BodyBuffer?]
    private var count = 0

    init() { spares = [32 of BodyBuffer?] { _ in nil } }

    /// One of them; nil when there is none.
    mutating func take() -> BodyBuffer? {
        guard count > 0 else { return nil }
        count -= 1
        return spares[count].take()
    }

    /// Keeps a buffer, unless it has grown or there are enough.
    mutating func giveBack(_ buffer: consuming BodyBuffer) {
        guard buffer.capacity == BodyBuffer.firstCapacity, count < 32 else { return }
        buffer.reset()
        spares[count] = consume buffer
        count += 1
    }
}
