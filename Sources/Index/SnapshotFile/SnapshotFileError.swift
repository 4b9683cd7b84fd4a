internal import Glibc

/// Why a snapshot file was not written or not taken; names no path and no value of a record.
public enum SnapshotFileError: Error, Equatable, Sendable {
    /// The system refused; `code` is its `errno`.
    case system(call: String, code: Int32)
    /// Something else than a snapshot stands where one shall be written.
    case standsInTheWay
    /// The file does not begin as a snapshot does.
    case notASnapshot
    /// It was written by a machine that orders bytes the other way round.
    case foreignByteOrder
    /// It was written in another version of the format.
    case otherVersion(found: Int)
    /// It was written by a Milaan that folds or knows names otherwise, so that none would compare rightly.
    case otherNameRules
    /// It ends before it should.
    case cutShort
    /// A part of it is not what was written.
    case damaged(part: String)
}

extension SnapshotFileError: CustomStringConvertible {
    /// One line that goes on behind the file's name and a colon.
    public var description: String {
        switch self {
        case .system(let call, let code): "\(call) failed: \(Self.text(of: code))"
        case .standsInTheWay:
            "what stands there is no snapshot, and is left as it is; remove it or choose another name"
        case .notASnapshot: "this is no snapshot of Milaan"
        case .foreignByteOrder:
            "this snapshot was written by a machine of another byte order; write it again on this one"
        case .otherVersion(let found):
            "this snapshot has version \(found) of the format, and this Milaan reads version"
                + " \(SnapshotHeader.version); write it again with this Milaan"
        case .otherNameRules:
            "this snapshot was written by a Milaan of other rules for names; write it again with this one"
        case .cutShort: "this snapshot is cut short"
        case .damaged(let part): "this snapshot is damaged: \(part)"
        }
    }

    private static func text(of code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }

    /// What the system refused just now.
    static func last(_ call: String) -> SnapshotFileError { .system(call: call, code: errno) }
}
