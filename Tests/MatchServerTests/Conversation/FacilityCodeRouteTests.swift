internal import ABDM
internal import JSON
@testable import MatchServer
internal import TestSupport
internal import Testing

@Suite("The route of a facility's code")
struct FacilityCodeRouteTests {
    private func get(
        _ target: String, of under: ConversationUnderTest, method: String = "GET"
    ) throws -> HTTPReply {
        try requestOnce(
            port: under.server.port, "\(method) /v1/facilities/\(target) HTTP/1.1\r\nHost: x",
            hasBody: method == "GET")
    }

    /// What a scanner reads from a picture.
    private func text(of reply: HTTPReply, as name: String) throws -> String? {
        let folder = try ProgramFolder()
        return try withExtendedLifetime(folder) {
            try BarcodeReader.text(in: try folder.write(name, reply.body))
        }
    }

    @Test(
        "what is read from a picture is what was asked for",
        .enabled(if: BarcodeReader.isInstalled, "zbarimg is not installed"),
        arguments: [
            (
                "HIP1/qr?format=png&counter=C1",
                "https://phrsbx.abdm.gov.in/share-profile?hip-id=HIP1&counter-id=C1"
            ),
            (
                "HIP2/qr?format=png&form=v3",
                "https://phrsbx.abdm.gov.in/share-profile?hip-id=HIP2"
            ),
            (
                "HIP%31/qr?counter=Ward+5%2B&form=v0.5&format=png",
                "{\"hipId\":\"HIP1\",\"code\":\"Ward 5+\"}"
            ),
        ])
    func readBack(target: String, wanted: String) throws {
        let reply = try get(target, of: try ConversationUnderTest())
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "image/png")
        #expect(try text(of: reply, as: "code.png") == wanted)
    }

    @Test(
        "an SVG drawing of the v3 form is what one gets without a wish",
        .enabled(if: BarcodeReader.readsSVG, "zbarimg or rsvg-convert is not installed"))
    func defaults() throws {
        let reply = try get("HIP1/qr?counter=C1", of: try ConversationUnderTest())
        #expect(reply.headers["content-type"] == "image/svg+xml")
        #expect(
            try text(of: reply, as: "code.svg")
                == "https://phrsbx.abdm.gov.in/share-profile?hip-id=HIP1&counter-id=C1")
    }

    @Test("a production facility's code is for the apps of the real network")
    func production() throws {
        let under = try ConversationUnderTest { $0.consentManager = "abdm" }
        let sandbox = try ConversationUnderTest()
        let target = "HIP1/qr?format=terminal"
        let reply = try get(target, of: under)
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "text/plain; charset=utf-8")
        #expect(try reply.body != get(target, of: sandbox).body)
    }

    @Test("HEAD gives the head alone")
    func head() throws {
        let reply = try get("HIP1/qr", of: try ConversationUnderTest(), method: "HEAD")
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "image/svg+xml")
    }

    @Test(
        "what is wrong with a request is named, and its value is not repeated",
        arguments: [
            ("HIP1/qr?format=gif", "parameter format"), ("HIP1/qr?format=", "parameter format"),
            ("HIP1/qr?form=v2", "parameter form "), ("HIP1/qr?form", "parameter form "),
            ("HIP1/qr?counter=", "parameter counter"),
            ("HIP1/qr?counter=gif-1", "parameter counter"),
            ("HIP1/qr?counter=HIP1", "parameter counter"),
            ("HIP1/qr?form=v0.5&counter=gif%0A", "parameter counter"),
            ("HIP1/qr?counter=C1&counter=gif", "parameter counter"),
            ("HIP1/qr?counter=%zz", "parameter counter"),
            ("HIP1/qr?counter=%FF", "parameter counter"),
            ("HIP1/qr?gif=1", "query only knows counter, format, form"),
        ])
    func refusals(target: String, names: String) throws {
        let reply = try get(target, of: try ConversationUnderTest())
        #expect(reply.status == 400)
        #expect(reply.text.contains(names))
        #expect(!reply.text.contains("gif"))
    }

    @Test("there is no code of a facility that is not configured")
    func unknownFacility() throws {
        let under = try ConversationUnderTest()
        for target in ["HIP3/qr", "hip1/qr", "HIP1%2F/qr", "HIP1%00/qr"] {
            let reply = try get(target, of: under)
            #expect(reply.status == 404)
            #expect(!reply.text.lowercased().contains("hip"))
        }
        let without = try ServerUnderTest()
        #expect(try without.once("GET /v1/facilities/HIP1/qr HTTP/1.1\r\nHost: x").status == 404)
    }
}
