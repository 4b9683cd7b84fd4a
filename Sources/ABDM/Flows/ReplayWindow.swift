/// Which callbacks may be taken in at all: those that have an id of their own and, where that is asked for, were sent
/// just now.
///
/// An id is remembered for a day, and the token that comes along is good for less: an old callback could be done
/// again only by whoever has a new token. A clock that is wrong, or a time without a zone that is not meant as UTC,
/// would have every patient's request refused: hence no window unless an operator sets one.
public struct ReplayWindow: Equatable, Sendable {
    /// By how much a callback's time may differ from ours, in either direction; nil for any time, and none.
    ///
    /// - Source: the reference gateway takes what is at most nine minutes ahead and one behind; clocks are not perfect.
    public var minutes: Int?

    /// No window: an id of its own is all that a callback needs.
    public init() {}

    /// Judges a callback's id and time.
    ///
    /// - Parameters:
    ///   - head: the callback's.
    ///   - now: our time.
    /// - Throws: `MessageError` where the id is no UUID, or the time is missing or too far from ours.
    public func judge(_ head: CallbackHead, now: WireTime) throws(MessageError) {
        guard Self.isUUID(head.requestID.utf8.span) else {
            throw MessageError(head.path.requestIDField, "is not a UUID")
        }
        guard let minutes else { return }
        let field = head.path.timestampField
        guard let sentAt = head.sentAt else { throw MessageError(field, "is missing") }
        let window = Int64(minutes) * 60_000
        guard abs(sentAt.milliseconds - now.milliseconds) <= window else {
            throw MessageError(field, "differs from our time by more than \(minutes) minutes")
        }
    }

    /// Whether a text is a UUID of any version, in the form 8-4-4-4-12.
    private static func isUUID(_ text: Span<UInt8>) -> Bool {
        guard text.count == 36 else { return false }
        return text.indices.allSatisfy { index in
            let byte = text[index]
            switch index {
            case 8, 13, 18, 23: return byte == UInt8(ascii: "-")
            default:
                return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
            }
        }
    }
}
