internal import ABDM
internal import Index
internal import JSON
internal import Matcher
internal import TestSupport

/// Patients and care contexts on their way into a snapshot, by the names of a file's columns.
struct Hospital {
    static let defaultFacility = "HIP1"

    var patients: [[String: String]] = []
    var careContexts: [[String: String]] = []

    /// The snapshot, through the same doors as a patient file's rows.
    func snapshot() throws -> Snapshot {
        var builder = ImageBuilder(defaultFacility: Self.defaultFacility, seed: 1)
        var patient = PatientRecord()
        for row in patients {
            patient.reset()
            // In the order of the columns: a year of birth does not outdo a date.
            for field in PatientField.allCases {
                guard let value = row[field.rawValue] else { continue }
                let bytes = Array(value.utf8)
                do throws(PatientFieldError) {
                    try patient.set(field, bytes.span)
                } catch {
                    // A masked mobile is left out, as a load would.
                    guard error.isUnusable else { throw error }
                }
            }
            try patient.finish()
            try builder.append(patient)
        }
        var context = CareContextRecord()
        for row in careContexts {
            context.reset()
            for field in CareContextField.allCases {
                guard let value = row[field.rawValue] else { continue }
                let bytes = Array(value.utf8)
                try context.set(field, bytes.span)
            }
            try context.finish()
            try builder.append(context)
        }
        return Snapshot(image: builder.build(), position: "test", publishedAtSeconds: 0)
    }
}

/// A reply and what it cost.
struct Answer {
    let report: DiscoveryReport
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func tree() throws -> JSONTree { try JSONTree(parsing: bytes) }
}

/// A discoverer with its snapshot: bodies in, replies out.
struct Desk: ~Copyable {
    private var snapshot: Snapshot
    private var discoverer: Discoverer
    private var writer = JSONWriter()

    init(_ hospital: Hospital, rule: MatchRule = Profile.seed) throws {
        snapshot = try hospital.snapshot()
        discoverer = Discoverer(rule: rule, defaultFacility: Hospital.defaultFacility)
    }

    mutating func ask(
        _ body: [UInt8], facility: String? = nil, requestID: String? = nil, explain: Bool = false
    ) -> Answer {
        let facility = facility.map { Array($0.utf8) }
        let requestID = requestID.map { Array($0.utf8) }
        writer.reset()
        let report = discoverer.discover(
            body: body.span, facility: facility?.span, requestID: requestID?.span,
            explain: explain, in: snapshot, into: &writer)
        return Answer(report: report, bytes: writer.take())
    }

    /// The answers to bodies that are handed over at once.
    mutating func ask(
        all bodies: [[UInt8]], facility: String? = nil, requestID: String? = nil,
        explain: Bool = false
    ) -> [Answer] {
        let facility = facility.map { Array($0.utf8) }
        let requestID = requestID.map { Array($0.utf8) }
        // Something that is no body stands between them.
        var bytes: [UInt8] = []
        var parts: [Range<Int>] = []
        for body in bodies {
            bytes.append(0)
            parts.append(bytes.count..<bytes.count + body.count)
            bytes += body
        }
        writer.reset()
        var reports: [DiscoveryReport] = []
        var ends: [Int] = []
        discoverer.discover(
            parts.span, of: bytes.span, facility: facility?.span, requestID: requestID?.span,
            explain: explain, in: snapshot, into: &writer
        ) { report, writer in
            reports.append(report)
            ends.append(writer.bytes.count)
            writer.raw("\n")
        }
        let replies = writer.take()
        var start = 0
        return zip(reports, ends).map { report, end in
            defer { start = end + 1 }
            return Answer(report: report, bytes: Array(replies[start..<end]))
        }
    }

    /// Goes on with another hospital's records.
    mutating func move(to hospital: Hospital) throws { snapshot = try hospital.snapshot() }

    mutating func ask(_ body: String, explain: Bool = false) -> Answer {
        ask(Array(body.utf8), explain: explain)
    }
}
