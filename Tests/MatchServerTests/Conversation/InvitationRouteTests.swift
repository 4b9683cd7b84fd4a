internal import JSON
@testable import MatchServer
internal import TestSupport
internal import Testing

@Suite("New records of patients without an address, over HTTP")
struct InvitationRouteTests {
    private func record(
        _ body: String, of under: ConversationUnderTest, facility: String = "HIP1"
    ) throws -> HTTPReply {
        try requestOnce(
            port: under.server.port,
            "POST /v1/care-contexts HTTP/1.1\r\nHost: x\r\nX-HIP-ID: \(facility)\r\nContent-Type: "
                + "application/json\r\nContent-Length: \(body.utf8.count)", body: body)
    }

    @Test("the mobile is the one of the patient's record, and the facility has its name")
    func known() throws {
        let under = try ConversationUnderTest()
        for reference in ["N-1", "N-2"] {
            let body = "{\"patientId\":\"P-1002\",\"reference\":\"\(reference)\"}"
            #expect(try record(body, of: under).status == 202)
        }
        let sent = try #require(try under.body("/gateway/v0.5/patients/sms/notify2"))
        #expect(sent["notification"]?["phoneNo"]?.text == "+91-9848022339")
        #expect(sent["notification"]?["hip"]?["name"]?.text == "Lake Hospital")
        #expect(under.sent("/sms/notify2").count == 1)
        let id = try #require(sent["requestId"]?.text)
        let answer = """
            {"requestId":"r-1","timestamp":"2022-05-15T15:16:48.277264","status":"ACKNOWLEDGED",\
            "error":null,"resp":{"requestId":"\(id)"}}
            """
        #expect(try under.post("/v0.5/patients/sms/on-notify", answer).status == 202)
    }

    @Test("a patient who is in no table yet is told at the mobile that came with the record, in v3")
    func unknown() throws {
        let under = try ConversationUnderTest()
        let body = "{\"patientId\":\"P-9\",\"reference\":\"N-1\",\"mobile\":\"98480 22340\"}"
        #expect(try record(body, of: under, facility: "HIP2").status == 202)
        let sent = try #require(try under.body("/hip/v3/link/patient/links/sms/notify2"))
        #expect(sent["notification"]?["phoneNo"]?.text == "+91-9848022340")
        #expect(sent["notification"]?["hip"]?["id"]?.text == "HIP2")
        #expect(sent["requestId"] == nil)
        #expect(
            try record("{\"patientId\":\"P-9\",\"reference\":\"N-2\",\"mobile\":\"no\"}", of: under)
                .text.contains("mobile is not a mobile"))
        #expect(
            try record("{\"patientId\":\"P\\u001f9\",\"reference\":\"N-2\"}", of: under)
                .text.contains("patientId holds a unit separator"))
    }

    @Test("a patient whose record has an address, and one without a mobile, are told nothing")
    func withAddress() throws {
        let under = try ConversationUnderTest()
        for patient in ["P-1001", "P-9"] {
            let body = "{\"patientId\":\"\(patient)\",\"reference\":\"N-1\"}"
            #expect(try record(body, of: under).status == 202)
        }
        let body = "{\"patientId\":\"P-1002\",\"reference\":\"N-1\"}"
        #expect(try record(body, of: under).status == 202)
        _ = try under.body("/sms/notify2")
        #expect(under.sent("/sms/notify2").count == 1)
    }

    @Test("a mobile that one of a patient's records came with counts, though another came without")
    func statedOnce() throws {
        let under = try ConversationUnderTest()
        let body = """
            [{"patientId":"P-9","reference":"N-1","mobile":"98480 22340"},\
            {"patientId":"P-9","reference":"N-2"}]
            """
        #expect(try record(body, of: under).status == 202)
        let sent = try #require(try under.body("/gateway/v0.5/patients/sms/notify2"))
        #expect(sent["notification"]?["phoneNo"]?.text == "+91-9848022340")
        #expect(under.sent("/sms/notify2").count == 1)
    }
}
