// The baseline: what a user would write in an afternoon. Foundation's JSON, dictionaries of strings to rows, a class
// a patient, the textbook's Levenshtein. The same rule by plain names as peers/postgres/rule.sql.
//
//   dictionary PATIENTS.csv REQUESTS.ndjson ANSWERS [SECONDS]
//
// Writes a line a request (an id, ? for several, - for none) and prints one JSON object.

import Foundation

final class Patient {
    let id, name, gender: String
    let year: Int?
    let address, number, mobile, record, birthDate: String

    init(_ fields: [String]) {
        id = fields[0]
        name = plain(fields[2])
        gender = String(fields[3].prefix(1)).uppercased()
        birthDate = fields[4]
        year = Int(fields[5]) ?? Int(fields[4].prefix(4))
        mobile = String(fields[6].filter(\.isNumber).suffix(10))
        address = fields[7].lowercased()
        number = fields[8].filter(\.isNumber)
        record = fields[9].lowercased()
    }
}

struct Request: Decodable {
    struct Identifier: Decodable {
        let type: String
        let value: String
    }
    struct Person: Decodable {
        let id: String?
        let verifiedIdentifiers: [Identifier]?
        let unverifiedIdentifiers: [Identifier]?
        let name: String?
        let gender: String?
        let yearOfBirth: Int?
    }
    let requestId: String
    let transactionId: String
    let patient: Person
}

struct Reply: Encodable {
    let requestId: String
    let transactionId: String
    let outcome: String
    let referenceNumber: String?
}

func plain(_ name: String) -> String {
    name.lowercased().split(whereSeparator: { !$0.isLetter }).joined(separator: " ")
}

func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.utf8)
    let b = Array(right.utf8)
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var corner = row[0]
        row[0] = i + 1
        for (j, y) in b.enumerated() {
            let above = row[j + 1]
            row[j + 1] = min(above + 1, row[j] + 1, corner + (x == y ? 0 : 1))
            corner = above
        }
    }
    return row[b.count]
}

func csv(_ line: Substring) -> [String] {
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    for letter in line {
        if letter == "\"" {
            isQuoted.toggle()
        } else if letter == ",", !isQuoted {
            fields.append(field)
            field = ""
        } else {
            field.append(letter)
        }
    }
    fields.append(field)
    return fields
}

struct Registry {
    var byAddress: [String: [Patient]] = [:]
    var byNumber: [String: [Patient]] = [:]
    var byMobile: [String: [Patient]] = [:]
    var byRecord: [String: [Patient]] = [:]

    mutating func add(_ patient: Patient) {
        if !patient.address.isEmpty { byAddress[patient.address, default: []].append(patient) }
        if !patient.number.isEmpty { byNumber[patient.number, default: []].append(patient) }
        if !patient.mobile.isEmpty { byMobile[patient.mobile, default: []].append(patient) }
        if !patient.record.isEmpty { byRecord[patient.record, default: []].append(patient) }
    }

    func decide(_ request: Request) -> String {
        let person = request.patient
        let name = plain(person.name ?? "")
        var addresses = Set(person.id.map { [$0.lowercased()] } ?? [])
        var numbers: Set<String> = []
        var mobiles: Set<String> = []
        for identifier in person.verifiedIdentifiers ?? [] {
            switch identifier.type {
            case "MOBILE": mobiles.insert(String(identifier.value.filter(\.isNumber).suffix(10)))
            case "HEALTH_ID", "ABHA_ADDRESS": addresses.insert(identifier.value.lowercased())
            case "NDHM_HEALTH_NUMBER", "ABHA_NUMBER":
                numbers.insert(identifier.value.filter(\.isNumber))
            default: break
            }
        }
        func agrees(_ patient: Patient, strictly: Bool) -> Bool {
            let gender = patient.gender.isEmpty ? !strictly : patient.gender == person.gender
            let year =
                patient.year.flatMap { mine in person.yearOfBirth.map { abs(mine - $0) <= 2 } }
                ?? !strictly
            let isNamed = !patient.name.isEmpty && !name.isEmpty
            return gender && year && (isNamed ? distance(patient.name, name) <= 2 : !strictly)
        }
        func choose(_ found: [Patient]) -> String? {
            guard !found.isEmpty else { return nil }
            let ranked = found.map { patient in
                (
                    patient: patient,
                    keys: (addresses.contains(patient.address) ? 1 : 0)
                        + (numbers.contains(patient.number) ? 1 : 0)
                        + (mobiles.contains(patient.mobile) ? 1 : 0),
                    distance: distance(patient.name, name)
                )
            }.sorted {
                ($1.keys, $0.distance, $0.patient.id) < ($0.keys, $1.distance, $1.patient.id)
            }
            guard ranked.count > 1 else { return ranked[0].patient.id }
            let (one, two) = (ranked[0], ranked[1])
            let isOnePerson =
                (!one.patient.number.isEmpty && one.patient.number == two.patient.number)
                || (!one.patient.address.isEmpty && one.patient.address == two.patient.address)
                || (one.patient.name == two.patient.name
                    && one.patient.birthDate == two.patient.birthDate
                    && one.patient.mobile == two.patient.mobile)
            return isOnePerson || (one.keys, one.distance) != (two.keys, two.distance)
                ? one.patient.id : "?"
        }
        var reached: [String: Patient] = [:]
        for address in addresses {
            for patient in byAddress[address] ?? [] { reached[patient.id] = patient }
        }
        for number in numbers {
            for patient in byNumber[number] ?? [] { reached[patient.id] = patient }
        }
        if let answer = choose(reached.values.filter { agrees($0, strictly: false) }) {
            return answer
        }
        let shared = mobiles.flatMap { byMobile[$0] ?? [] }
        if let answer = choose(shared.filter { agrees($0, strictly: true) }) { return answer }
        let stated = (person.unverifiedIdentifiers ?? []).filter { $0.type == "MR" }
            .flatMap { byRecord[$0.value.lowercased()] ?? [] }
        return choose(stated.filter { agrees($0, strictly: true) }) ?? "-"
    }
}

func resident() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (Int(line.filter(\.isNumber)) ?? 0) * 1024
}

let words = CommandLine.arguments
guard words.count >= 4, let table = FileManager.default.contents(atPath: words[1]),
    let requests = FileManager.default.contents(atPath: words[2])
else {
    FileHandle.standardError.write(
        Data("usage: dictionary PATIENTS.csv REQUESTS.ndjson ANSWERS [SECONDS]\n".utf8))
    exit(2)
}
let seconds = words.count > 4 ? Double(words[4]) ?? 2 : 2
let bodies = requests.split(separator: 10).map { Data($0) }

let before = resident()
var registry = Registry()
var rows = 0
for line in table.split(separator: 10).dropFirst() {
    registry.add(Patient(csv(Substring(decoding: line, as: UTF8.self))))
    rows += 1
}
let bytes = resident() - before

let decoder = JSONDecoder()
let encoder = JSONEncoder()
var answers: [String] = []
var medians: [Double] = []
var tails: [Double] = []
var written = 0
let clock = ContinuousClock()
let start = clock.now
repeat {
    answers = []
    var times: [Double] = []
    for body in bodies {
        let from = clock.now
        let request = try decoder.decode(Request.self, from: body)
        let answer = registry.decide(request)
        let reply = try encoder.encode(
            Reply(
                requestId: request.requestId, transactionId: request.transactionId,
                outcome: answer == "?" ? "ambiguous" : answer == "-" ? "noMatch" : "match",
                referenceNumber: answer))
        times.append(Double((clock.now - from).components.attoseconds) / 1e9)
        written += reply.count
        answers.append(answer)
    }
    times.sort()
    medians.append(times[times.count / 2])
    tails.append(times[times.count * 99 / 100])
} while medians.count < 5 || clock.now - start < .seconds(seconds)
medians.sort()
tails.sort()
try (answers.joined(separator: "\n") + "\n").write(
    toFile: words[3], atomically: true, encoding: .utf8)
print(
    """
    {"n":\(bodies.count),"repetitions":\(medians.count),"median_ns":\(Int(medians[medians.count / 2])),\
    "min_ns":\(Int(medians[0])),"p99_ns":\(Int(tails[tails.count / 2])),"resident_bytes_per_row":\(bytes / max(rows, 1)),\
    "matches":\(answers.count { $0 != "-" && $0 != "?" }),"bytes_written":\(written)}
    """)
