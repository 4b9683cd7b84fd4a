import Glibc
import Matcher
import TestSupport

@testable import Index

/// A random hospital: its snapshot and its twin.
struct SnapshotSample {
    let snapshot: Snapshot
    let twin: PlainIndex
    private let keys: Int
    private let answers: ImageAnswers

    init(seed: UInt64, rows: Int, keys: Int = 20, facilities: Int = 3) throws {
        var random = SplitMix64(seed: seed)
        var twin = PlainIndex()
        var builder = ImageBuilder(
            defaultFacility: PlainIndex.defaultFacility, seed: random.next())
        var record = PatientRecord()
        while twin.patients.count < rows {
            let patient = random.patient(ids: rows * 2, keys: keys, facilities: facilities)
            guard twin.append(patient) else { continue }
            try patient.fill(&record)
            try builder.append(record)
        }
        for number in 0..<min(rows * 2, 80) {
            guard let patient = twin.patients.randomElement(using: &random) else { continue }
            try builder.append(Self.context(number, of: patient))
        }
        self.keys = keys
        snapshot = Snapshot(
            image: builder.build(), position: "row \(rows)", publishedAtSeconds: 1_700_000_000)
        // The image has an order of its own.
        let patients = Dictionary(uniqueKeysWithValues: twin.patients.map { (Self.name($0), $0) })
        var ordered = PlainIndex()
        for row in 0..<rows {
            guard let patient = patients[Self.name(snapshot.image.patient(row))] else { continue }
            _ = ordered.append(patient)
        }
        self.twin = ordered
        answers = ImageAnswers(of: snapshot.image, ordered, keys: keys)
    }

    private static func name(_ patient: PlainPatient) -> String {
        "\(PlainIndex.facility(of: patient)) \(patient.id)"
    }

    private static func context(
        _ number: Int, of patient: PlainPatient
    ) throws -> CareContextRecord {
        var context = CareContextRecord()
        let display = String(
            repeating: "d", count: [1, 30, 255, 256, 1024][number % 20 == 9 ? 4 : number % 4])
        let fields: [(CareContextField, String)] = [
            (.patientID, patient.id), (.facility, PlainIndex.facility(of: patient)),
            (.reference, "v\(number)"), (.display, display),
            (.linked, number % 2 == 0 ? "yes" : "no"), (.date, number % 3 == 0 ? "" : "31/12/2024"),
        ]
        for (field, text) in fields where !text.isEmpty {
            let bytes = Array(text.utf8)
            try context.set(field, bytes.span)
        }
        try context.finish()
        return context
    }

    /// Whether another snapshot answers as the plain twin, and holds all that this one holds.
    func answersAre(thoseOf other: Snapshot) -> Bool {
        let actual = ImageAnswers(of: other.image, twin, keys: keys)
        return actual == answers && actual.agrees(with: twin)
            && other.position == snapshot.position
            && other.publishedAtSeconds == snapshot.publishedAtSeconds
    }
}

/// All that an image says of the rows and keys of a twin.
struct ImageAnswers: Equatable {
    private struct Question: Hashable {
        var key: PlainKey
        var facility: String
    }

    private var patients: [PlainPatient] = []
    private var contexts: [[String]] = []
    private var found: [Question: [Int]] = [:]
    private var carried: [[PlainKey: Bool]] = []
    private var facilities: [String] = []
    private var types: [Bool] = []
    private var tokens: EstablishedTokens

    init(of image: borrowing PatientImage, _ twin: PlainIndex, keys: Int) {
        tokens = image.establishedTokens
        facilities = (0..<image.facilityCount).map { text(image.facilityName(UInt16($0))) }
        var random = SplitMix64(seed: 5)
        var asked = (0..<20).map { _ in
            random.key(
                IdentifierKind.allCases.randomElement(using: &random) ?? .mobile, of: keys * 2)
        }
        for row in 0..<image.count {
            patients.append(image.patient(row))
            var cursor = image.careContexts(of: image.place(ofRow: row))
            var listed: [String] = []
            while let view = image.next(&cursor) {
                listed.append(
                    "\(text(image.reference(of: view))) \(text(image.display(of: view)))"
                        + " \(view.hiType) \(view.isLinked) \(String(describing: view.date))")
            }
            contexts.append(listed)
            // A set has another order each time.
            asked += twin.patients[row].keys.sorted { "\($0)" < "\($1)" }.prefix(2)
            carried.append(
                Dictionary(
                    twin.patients[row].keys.union(asked.prefix(5)).map { key in
                        (key, image.carries(key, row: row))
                    }, uniquingKeysWith: { first, _ in first }))
        }
        for key in Set(asked.prefix(70)) {
            for facility in facilities + ["X"] {
                found[Question(key: key, facility: facility)] = image.find(key, in: facility)
            }
        }
        for type in ["voter", "pan", "visa"] {
            var query = PatientQuery()
            let key = PlainKey(kind: .other, type: type, value: "m1")
            guard let identifier = query.identifier(key) else { continue }
            types.append(image.knowsType(of: identifier, texts: query.texts))
        }
    }

    func agrees(with twin: PlainIndex) -> Bool {
        let named = twin.patients.map { patient in
            var named = patient
            named.facility = PlainIndex.facility(of: patient)
            named.identifiers = []
            return named
        }
        return named == patients
            && found.allSatisfy { $1 == twin.find($0.key, in: $0.facility) }
            && zip(carried, twin.patients).allSatisfy { answers, patient in
                answers.allSatisfy { $1 == patient.keys.contains($0) }
            }
    }
}

extension Snapshot {
    /// Writes the snapshot into a folder.
    ///
    /// - Returns: the path.
    func written(
        into folder: ProgramFolder, _ name: String = "s.snap", blockBytes: Int? = 4096
    ) throws -> String {
        let path = folder.file(name)
        try write(to: path, defaultFacility: PlainIndex.defaultFacility, blockBytes: blockBytes)
        return path
    }

    /// What a file holds.
    static func opened(_ path: String) throws(SnapshotFileError) -> Snapshot {
        try SnapshotFile(path: path).snapshot()
    }
}

/// What a file is refused with; nil when it is taken and sound.
func refusal(of path: String) -> SnapshotFileError? {
    do throws(SnapshotFileError) {
        let damaged = try SnapshotFile(path: path).damagedSections()
        try Snapshot.opened(path).bringAll()
        return damaged.isEmpty ? nil : .damaged(part: "\(damaged)")
    } catch {
        return error
    }
}

/// How many descriptors of this process lead to a path.
func descriptors(of path: String) -> Int {
    (0..<1024).count { number in
        var target = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink("/proc/self/fd/\(number)", &target, target.count)
        let bytes = target.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self).hasPrefix(path)
    }
}
