internal import ABDM

/// What an answer is about, as a message carries it.
enum AnswerSubject {
    case quest(String)
    case link(String, PatientAddress)
    case invitation(String)
    case authentication(String)
    case update(attempt: Int, type: UInt8, day: String, PatientAddress, ContextKey)

    /// Between the parts; no address or reference of a message holds one.
    private static let separator: Character = "\u{1F}"

    init?(_ text: String) {
        let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false)
            .map { String($0) }
        switch (parts.first, parts.count) {
        case ("quest", 2): self = .quest(parts[1])
        case ("link", 3): self = .link(parts[1], PatientAddress(parts[2]))
        case ("invitation", 2): self = .invitation(parts[1])
        case ("authentication", 2): self = .authentication(parts[1])
        case ("update", 7):
            self = .update(
                attempt: Int(parts[1]) ?? 0, type: UInt8(parts[2]) ?? 0, day: parts[3],
                PatientAddress(parts[4]),
                ContextKey(patientReference: parts[5], reference: parts[6]))
        default: return nil
        }
    }

    var text: String {
        let parts =
            switch self {
            case .quest(let id): ["quest", id]
            case .link(let batch, let address): ["link", batch, address.text]
            case .invitation(let reference): ["invitation", reference]
            case .authentication(let id): ["authentication", id]
            case .update(let attempt, let type, let day, let address, let key):
                [
                    "update", "\(attempt)", "\(type)", day, address.text, key.patientReference,
                    key.reference,
                ]
            }
        return parts.joined(separator: String(Self.separator))
    }
}
