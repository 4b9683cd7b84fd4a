import JSON
import TestSupport
import Testing

@Suite("Searches as the interface describes them")
struct SearchContractTests {
    private func schemas(_ server: ProgramServer) throws -> JSONTree {
        let description = try JSONTree(parsing: server.get("/openapi.json").body)
        return try #require(description["components"]?["schemas"])
    }

    @Test(
        "a reply is what the description says",
        arguments: [
            #"{"name":"Sunita Devi"}"#, #"{"name":"Sunita Devi","gender":"F","yearOfBirth":1984}"#,
            #"{"name":"Baby Anvi Deshmukh","district":"pune","scoreMin":0}"#,
            #"{"name":"अनिल देशमुख","limit":1}"#, #"{"name":"Nobody Of That Name"}"#,
            #"{"name":"Sunita Devi","district":"Nowhere"}"#,
        ])
    func reply(body: String) throws {
        let server = try ProgramServer(SampleHospital.source)
        try server.waitUntilReady()
        let schemas = try schemas(server)
        let reply = try server.post("/v1/search", body)
        #expect(reply.status == 200)
        let described = DescribedValue(schemas: schemas)
        let faults = described.faults(
            of: try JSONTree(parsing: reply.body), by: try #require(schemas["SearchReply"]),
            at: "reply")
        #expect(faults == [])
        let refused = try server.post("/v1/search", #"{"name":""}"#)
        let faultsOfRefused = described.faults(
            of: try JSONTree(parsing: refused.body),
            by: .object(["$ref": .string("#/components/schemas/ErrorReply")]), at: "refused")
        #expect(faultsOfRefused == [])
    }

    @Test("a body may leave out what the description does not require, and say no more")
    func body() throws {
        let server = try ProgramServer(SampleHospital.source)
        try server.waitUntilReady()
        let described = try #require(schemas(server)["SearchRequest"])
        guard case .array(let required) = described["required"],
            case .object(let properties) = described["properties"]
        else {
            Issue.record("the body is not described")
            return
        }
        let values = [
            "name": #""Anil""#, "gender": #""M""#, "yearOfBirth": "1984", "district": #""Pune""#,
            "limit": "5", "scoreMin": "600",
        ]
        #expect(Set(values.keys) == Set(properties.keys))
        func status(_ members: [String: String]) throws -> Int {
            let text = members.map { "\"\($0)\":\($1)" }.joined(separator: ",")
            return try server.post("/v1/search", "{\(text)}").status
        }
        #expect(try status(values) == 200)
        for (name, property) in properties {
            let isRequired = required.contains(.string(name))
            for value in [nil, "null"] {
                var members = values
                members[name] = value
                #expect(
                    try status(members) == (isRequired ? 400 : 200),
                    "\(name): \(value ?? "missing")")
            }
            // The ends of a range are within, and what is beyond them is not.
            for (bound, beyond) in [("minimum", -1), ("maximum", 1)] {
                guard let end = property[bound]?.number else { continue }
                var members = values
                members[name] = "\(end)"
                #expect(try status(members) == 200)
                members[name] = "\(end + beyond)"
                #expect(try status(members) == 400)
            }
        }
        #expect(described["additionalProperties"] == .boolean(false))
        var more = values
        more["mobile"] = "1"
        #expect(try status(more) == 400)
    }
}
