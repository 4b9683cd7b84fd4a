import Foundation
import Glibc
import JSON
import TestSupport
import Testing

/// Everybody of the sample hospital, as they speak for themselves.
private struct Person {
    var id: String
    var name: String
    var gender: String
    var year: String
    var mobile: String
    var address: String
    var number: String

    static func all() throws -> [Person] {
        try CSVTable(file: SampleHospital.patients).rows.compactMap { row in
            guard row["hip_id"] == "HIP1", let id = row["id"], let name = row["name"] else {
                return nil
            }
            let address = row["abha_address"] ?? ""
            return Person(
                id: id, name: name.filter { $0 != "\"" && $0 != "\\" },
                gender: ["M", "F"].contains(row["gender"] ?? "") ? row["gender"] ?? "U" : "U",
                year: row["yob"].flatMap { Int($0) }.map { "\($0)" } ?? "1970",
                mobile: String((row["mobile"] ?? "").filter(\.isNumber).suffix(10)),
                address: address.isEmpty ? "person.\(id.lowercased())@sbx" : address,
                number: (row["abha_number"] ?? "").filter(\.isNumber))
        }
    }

    /// What nobody may read about them, in the spellings that a program might make of it.
    var secrets: [String] {
        let words = name.split(separator: " ").map { String($0) }.filter { $0.count >= 4 }
        var values = [name, address] + words
        if mobile.count == 10 { values += [mobile, "91" + mobile] }
        if number.count == 14 {
            values += [number, Self.dashed(number)]
        }
        return values.filter { $0.count >= 4 }.flatMap { [$0, $0.lowercased(), $0.uppercased()] }
    }

    private static func dashed(_ number: String) -> String {
        let digits = Array(number)
        return [digits[0..<2], digits[2..<6], digits[6..<10], digits[10..<14]].map {
            String($0)
        }.joined(separator: "-")
    }
}

/// A whole life with every person: shared, registered, discovered, linked, recorded and linked by itself.
private final class WholeStory {
    let network: PlayedNetwork
    let server: ProgramServer
    private(set) var passwords: Set<String> = []
    private(set) var linked = 0

    init(ledger: String) throws {
        network = try PlayedNetwork()
        server = try network.serve(ledger: ledger)
    }

    private func post(_ path: String, _ id: String, _ members: String) {
        let body = "{\"requestId\":\"\(id)\",\"timestamp\":\"2026-11-21T09:30:12Z\",\(members)}"
        #expect(network.post(server, path, CallbackStamp.body(body)) == 202, "\(path)")
    }

    /// The message on a path that fits.
    private func message(
        _ path: String, where fits: (JSONTree) -> Bool
    ) throws -> JSONTree {
        for _ in 0..<1000 {
            if let tree = try network.sent(path).first(where: fits) { return tree }
            usleep(10_000)
        }
        Issue.record("no message on \(path)")
        return .null
    }

    func share(_ person: Person) {
        let mobile =
            person.mobile.isEmpty
            ? "" : ",\"identifiers\":[{\"type\":\"MOBILE\",\"value\":\"+91-\(person.mobile)\"}]"
        post(
            "/v0.5/patients/profile/share", "s-\(person.id)",
            """
            "profile":{"hipCode":"C1","patient":{"healthId":"\(person.address)","healthIdNumber":\
            "\(person.number)","name":"\(person.name)","gender":"\(person.gender)",\
            "yearOfBirth":\(person.year)\(mobile)}}
            """)
    }

    func discoverAndLink(_ person: Person) throws {
        guard person.mobile.count == 10 else { return }
        post(
            "/v0.5/care-contexts/discover", "d-\(person.id)",
            """
            "transactionId":"t-\(person.id)","patient":{"id":"\(person.address)","verifiedIdentifiers":\
            [{"type":"MOBILE","value":"+91-\(person.mobile)"}],"name":"\(person.name)","gender":\
            "\(person.gender)","yearOfBirth":\(person.year)}
            """)
        let found = try message("/v0.5/care-contexts/on-discover") {
            $0["resp"]?["requestId"]?.text == CallbackStamp.id("d-\(person.id)")
        }["patient"]
        guard let reference = found?["referenceNumber"]?.text,
            let context = found?["careContexts"]?.elements?.first?["referenceNumber"]?.text
        else { return }
        let messages = try network.sent("/sms/send/").count
        post(
            "/v0.5/links/link/init", "i-\(person.id)",
            """
            "transactionId":"t-\(person.id)","patient":{"id":"\(person.address)","referenceNumber":\
            "\(reference)","careContexts":[{"referenceNumber":"\(context)"}]}
            """)
        let challenge = try message("/v0.5/links/link/on-init") {
            $0["resp"]?["requestId"]?.text == CallbackStamp.id("i-\(person.id)")
        }
        guard let link = challenge["link"]?["referenceNumber"]?.text else { return }
        var sent = try network.sent("/sms/send/")
        for _ in 0..<1000 where sent.count == messages {
            usleep(10_000)
            sent = try network.sent("/sms/send/")
        }
        let digits = try #require(sent.last?["text"]?.text)
        passwords.insert(digits)
        post(
            "/v0.5/links/link/confirm", "c-\(person.id)",
            "\"confirmation\":{\"linkRefNumber\":\"\(link)\",\"token\":\"\(digits)\"}")
        linked += 1
    }

    func register(_ people: [Person]) throws {
        let reply = try requestOnce(
            port: server.port,
            "GET /v1/counters/C1/profiles HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1")
        let profiles = try #require(try JSONTree(parsing: reply.body)["profiles"]?.elements)
        #expect(profiles.count == people.count)
        for profile in profiles {
            let address = profile["abhaAddress"]?.text
            let person = try #require(people.first { $0.address == address })
            #expect(
                try server.post(
                    "/v1/profiles/\(profile["id"]?.text ?? "")/register",
                    "{\"patientReference\":\"\(person.id)\",\"override\":\"Operator Zarina\"}",
                    headers: ["X-HIP-ID: HIP1"]
                ).status == 200)
        }
    }

    func record(_ person: Person) throws {
        let body = """
            {"patientId":"\(person.id)","reference":"NEW-\(person.id)","display":"Visit of \(person.name)",\
            "hiType":"OPConsultation"}
            """
        #expect(
            try server.post("/v1/care-contexts", body, headers: ["X-HIP-ID: HIP1"]).status == 202)
        func answer(_ path: String, _ id: String, _ members: String, to message: JSONTree) {
            post(
                path, "\(id)-\(person.id)",
                members + ",\"resp\":{\"requestId\":\"\(message["requestId"]?.text ?? "")\"}")
        }
        let start = try message("/v0.5/users/auth/init") {
            $0["query"]?["id"]?.text == person.address
        }
        answer(
            "/v0.5/users/auth/on-init", "oi",
            "\"auth\":{\"transactionId\":\"x-\(person.id)\",\"mode\":\"DEMOGRAPHICS\"}", to: start)
        let confirm = try message("/v0.5/users/auth/confirm") {
            $0["transactionId"]?.text == "x-\(person.id)"
        }
        answer(
            "/v0.5/users/auth/on-confirm", "oc",
            "\"auth\":{\"accessToken\":\"token-of-\(person.id)\"}", to: confirm)
        let link = try message("/v0.5/links/link/add-contexts") {
            $0["link"]?["accessToken"]?.text == "token-of-\(person.id)"
        }
        // The last one's answer is lost: what was asked lies there too.
        if person.id != "S002" {
            answer(
                "/v0.5/links/link/on-add-contexts", "oa",
                "\"acknowledgement\":{\"status\":\"SUCCESS\"}", to: link)
        }
    }
}

@Suite("Privacy of the ledger", .serialized)
struct LedgerPrivacyTests {
    /// Whether a text stands in the bytes; digits not as part of a longer hexadecimal number.
    private static func stands(_ text: String, in bytes: Data, alone: Bool = false) -> Bool {
        func isDigit(_ index: Int) -> Bool {
            bytes.indices.contains(index) && isxdigit(Int32(bytes[index])) != 0
        }
        var rest = bytes.startIndex..<bytes.endIndex
        while let found = bytes.range(of: Data(text.utf8), in: rest) {
            if !alone || !isDigit(found.lowerBound - 1) && !isDigit(found.upperBound) {
                return true
            }
            rest = found.upperBound..<bytes.endIndex
        }
        return false
    }

    @Test("nobody's name, number, address or password can be read in the ledger or the log")
    func nothingIsReadable() throws {
        let folder = try ProgramFolder()
        // Whatever the umask: the file holds sealed data, and is its owner's all the same.
        let old = umask(0)
        let started = Result { try WholeStory(ledger: "sqlite:" + folder.file("ledger.db")) }
        umask(old)
        let story = try started.get()
        let people = try Person.all()
        #expect(people.count > 30)
        for person in people { story.share(person) }
        for person in people { try story.discoverAndLink(person) }
        try story.register(people)
        for person in people { try story.record(person) }
        #expect(story.linked > 10)
        var files: [String: Data] = [:]
        for suffix in ["", "-wal", "-shm"] {
            var status = stat()
            #expect(unsafe stat(folder.file("ledger.db" + suffix), &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600, "the mode of ledger.db\(suffix)")
            files["ledger" + suffix] = Data(try folder.bytes("ledger.db" + suffix))
        }
        story.server.process.send(SIGTERM)
        #expect(try story.server.process.end() == .exit(0))
        files["ledger at rest"] = Data(try folder.bytes("ledger.db"))
        files["log"] = Data(story.server.process.errors.utf8)
        #expect(story.server.process.output.isEmpty)
        // What is looked for is what was written: the facility's id is there to be read.
        #expect(Self.stands("HIP1", in: files["ledger at rest"] ?? Data()))
        let secrets = Set(people.flatMap(\.secrets) + ["Operator Zarina", "token-of-S001"])
        #expect(secrets.count > 300)
        for (name, bytes) in files {
            let read = secrets.filter { Self.stands($0, in: bytes) }.sorted()
            #expect(read == [], "\(name)")
            let passwords = story.passwords.filter { Self.stands($0, in: bytes, alone: true) }
            #expect(passwords.isEmpty, "\(name)")
        }
    }
}
