internal import ABDM
internal import Glibc
internal import Index
internal import Ledger
internal import Matcher
internal import TestSupport

/// Two small facilities with invented patients.
enum Ward {
    static let patients: [[String: String]] = [
        [
            "id": "P-1001", "hip_id": "HIP1", "name": "Asha Verma", "gender": "F",
            "yob": "1984", "mobile": "9848022338", "abha_address": "asha.verma@sbx",
            "abha_number": "42-7175-8604-4553",
        ],
        [
            "id": "P-1002", "hip_id": "HIP1", "name": "Ravi Kumar", "gender": "M",
            "yob": "1971", "mobile": "9848022339",
        ],
        [
            "id": "P-1003", "hip_id": "HIP1", "name": "Meena Pillai", "gender": "F",
            "yob": "1990", "abha_address": "meena.p@sbx",
        ],
        [
            "id": "Q-7", "hip_id": "HIP2", "name": "Asha Verma", "gender": "F",
            "yob": "1984", "mobile": "9848022338", "abha_address": "asha.verma@sbx",
        ],
    ]
    static let careContexts: [[String: String]] = [
        context("P-1001", "V-1", "OP consultation on 12-05-22", "OPConsultation"),
        context("P-1001", "V-2", "Prescription of 12-05-22", "Prescription"),
        context("P-1001", "V-3", "Discharge on 16-05-22", "DischargeSummary", linked: "true"),
        context("P-1002", "V-4", "Visit on 01-02-20", ""),
        context("P-1003", "V-5", "Visit on 03-02-20", "OPConsultation"),
        context("Q-7", "V-1", "Visit on 05-06-21", "OPConsultation", facility: "HIP2"),
    ]

    static func context(
        _ patient: String, _ reference: String, _ display: String, _ type: String,
        facility: String = "HIP1", linked: String = "false"
    ) -> [String: String] {
        [
            "patient_id": patient, "hip_id": facility, "reference": reference,
            "display": display, "hi_type": type, "linked": linked,
        ]
    }

    static func snapshot(
        patients: [[String: String]] = patients, careContexts: [[String: String]] = careContexts
    ) throws -> Snapshot {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
        var patient = PatientRecord()
        for row in patients {
            patient.reset()
            for field in PatientField.allCases {
                guard let value = row[field.rawValue] else { continue }
                try patient.set(field, value.utf8.span)
            }
            try patient.finish()
            try builder.append(patient)
        }
        var context = CareContextRecord()
        for row in careContexts {
            context.reset()
            for field in CareContextField.allCases {
                guard let value = row[field.rawValue] else { continue }
                try context.set(field, value.utf8.span)
            }
            try context.finish()
            try builder.append(context)
        }
        return Snapshot(image: builder.build(), position: "test", publishedAtSeconds: 0)
    }
}

/// Ids and passwords that a test can foretell: `id-1`, `id-2`..., and always the same digits.
final class CountingSecrets: @unchecked Sendable {
    static let digits = "345234"
    /// Tokens that say something of themselves.
    static let speakingTokens: [String: LinkingTokenClaims] = [
        "of-another-facility": LinkingTokenClaims(facilities: ["HIP2"]),
        "of-another-address": LinkingTokenClaims(
            facilities: ["HIP1"], addresses: [PatientAddress("ravi@sbx")]),
        "of-two-addresses": LinkingTokenClaims(
            addresses: [PatientAddress("asha.verma@sbx"), PatientAddress("ravi@sbx")]),
        "over": LinkingTokenClaims(expires: WireTime(milliseconds: 1_653_440_000_000)),
        "of-the-patient": LinkingTokenClaims(
            expires: WireTime(milliseconds: 1_653_450_000_000), facilities: ["HIP1"],
            addresses: [PatientAddress("asha.verma@sbx")], numbers: numbers("42-7175-8604-4553")),
        "numbered": LinkingTokenClaims(numbers: numbers("42717586044553")),
        "of-another-number": LinkingTokenClaims(
            addresses: [PatientAddress("asha.verma@sbx")], numbers: numbers("42-7175-8604-4554")),
    ]

    /// An ABHA number as a claim.
    private static func numbers(_ text: String) -> [ABHANumber] {
        (try? ABHANumber(parsing: text.utf8.span)).map { [$0] } ?? []
    }

    private let prefix: String
    private var count = 0

    init(prefix: String = "id-") { self.prefix = prefix }

    var secrets: LedgerSecrets {
        LedgerSecrets(
            makeID: { self.nextID() },
            makePassword: {
                OneTimePassword(
                    linkReference: self.nextID(), digits: Self.digits,
                    hash: "hash of \(Self.digits)")
            },
            matches: { hash, _, typed in hash == "hash of \(typed)" },
            hashMobile: { "mobile \($0)" },
            tokenClaims: { Self.speakingTokens[$0] ?? LinkingTokenClaims() })
    }

    private func nextID() -> String {
        count += 1
        return "\(prefix)\(count)"
    }
}

/// A ledger with a decoder in front of it: bodies in, messages out.
final class ConversationDesk {
    static let start = WireTime(milliseconds: 1_653_440_000_000)

    let ledger: LedgerBook
    private let snapshot: Snapshot
    private let decoder = DecoderBox()

    init(
        _ place: LedgerPlace = .sqlite(path: ":memory:"), seal: LedgerSeal = .plain,
        limits: FlowLimits = FlowLimits(), snapshot: Snapshot? = nil,
        versions: [String: WireVersion] = [:], announces: Bool = false,
        patience: LedgerPatience = LedgerPatience()
    ) throws {
        self.snapshot = try snapshot ?? Ward.snapshot()
        ledger = try LedgerBook(
            place, secrets: CountingSecrets().secrets, seal: seal, limits: limits,
            versions: versions, announces: announces, patience: patience)
    }

    func callback(
        _ path: String, _ body: String, facility: String = "HIP1", requestID: String? = nil,
        timestamp: String? = nil
    ) throws -> Callback {
        let entry = CallbackPath.all.first { $0.path == path }
        return try decoder.decode(
            Array(body.utf8), path: entry ?? CallbackPath.all[0],
            headers: CallbackHeaders(
                facility: facility, requestID: requestID, timestamp: timestamp), in: snapshot)
    }

    func post(
        _ path: String, _ body: String, facility: String = "HIP1", requestID: String? = nil,
        at now: WireTime = ConversationDesk.start
    ) throws -> LedgerReply {
        let callback = try callback(path, body, facility: facility, requestID: requestID)
        return try perform(.receive(callback), at: now)
    }

    func perform(
        _ command: LedgerCommand, at now: WireTime = ConversationDesk.start
    ) throws -> LedgerReply {
        try ledger.perform([command], now: now)[0].get()
    }
}

extension LedgerReply {
    /// The messages to send; none for any other reply.
    var entries: [OutboxEntry] {
        switch self {
        case .toSend(let entries), .forgotten(let entries, _): entries
        default: []
        }
    }
}

/// A decoder that a class can hold.
final class DecoderBox {
    private var decoder = CallbackDecoder()

    func decode(
        _ body: [UInt8], path: CallbackPath, headers: CallbackHeaders, in snapshot: Snapshot
    ) throws(MessageError) -> Callback {
        try decoder.decode(body.span, path: path, headers: headers, in: snapshot)
    }
}

/// A folder in memory, where there is one, that is gone with its owner.
@safe struct LedgerFolder: ~Copyable {
    let path: String

    init() throws {
        let base = unsafe access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(base)/ledger-test-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { template in
            unsafe template.baseAddress.flatMap { path in
                unsafe mkdtemp(path).map { unsafe String(cString: $0) }
            }
        }
        guard let made else { throw LedgerFolderError() }
        path = made
    }

    struct LedgerFolderError: Error {}

    var file: String { path + "/ledger.sqlite" }

    deinit {
        for suffix in ["", "-wal", "-shm", "-journal"] { unsafe unlink(file + suffix) }
        unsafe rmdir(path)
    }
}
