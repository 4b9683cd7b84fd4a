internal import ABDM
internal import Index
internal import Matcher
internal import Testing

@Suite("Callbacks of both protocols")
struct CallbackDecoderTests {
    private static func path(_ text: String) throws -> CallbackPath {
        try #require(CallbackPath.all.first { $0.path == text })
    }

    private static func decode(
        _ path: String, _ body: String, facility: String? = "HIP1", requestID: String? = nil,
        timestamp: String? = nil
    ) throws -> Callback {
        var decoder = CallbackDecoder()
        return try decoder.decode(
            body.utf8.span, path: try Self.path(path),
            headers: CallbackHeaders(
                facility: facility, requestID: requestID, timestamp: timestamp),
            in: try Hospital().snapshot())
    }

    @Test("a typed password keeps its leading zeros, written as a text or as a number")
    func passwords() throws {
        for (token, typed) in [("\"012345\"", "012345"), ("12345", "012345"), ("\" 7 \"", "7")] {
            let callback = try Self.decode(
                "/v0.5/links/link/confirm",
                "{\"requestId\":\"r\",\"confirmation\":{\"linkRefNumber\":\"l\",\"token\":\(token)}}"
            )
            #expect(
                callback.event
                    == .linkConfirm(LinkConfirmation(linkReference: "l", typed: typed)))
        }
    }

    @Test("v3 has request id and time as headers, v0.5 in the body")
    func heads() throws {
        let body =
            "{\"requestId\":null,\"timestamp\":\"\",\"confirmation\":{\"linkRefNumber\":\"l\",\"token\":\"1\"}}"
        let v3 = "/api/v3/hip/link/care-context/confirm"
        let callback = try Self.decode(
            v3, body, requestID: "h", timestamp: "2022-10-06T15:10:00.587Z")
        #expect(callback.head.requestID == "h")
        #expect(callback.head.sentAt?.text == "2022-10-06T15:10:00.587Z")
        #expect(throws: MessageError("header REQUEST-ID", "is missing")) {
            try Self.decode(v3, body)
        }
        #expect(throws: MessageError("requestId", "is missing")) {
            try Self.decode("/v0.5/links/link/confirm", body, requestID: "h")
        }
        #expect(throws: MessageError("header TIMESTAMP", "is not a date and time")) {
            try Self.decode(v3, body, requestID: "h", timestamp: "yesterday")
        }
        #expect(throws: MessageError("header X-HIP-ID", "is missing")) {
            try Self.decode(v3, body, facility: nil, requestID: "h")
        }
    }

    @Test("a profile's parts are read in any of their spellings, and what cannot be is left out")
    func profiles() throws {
        let callback = try Self.decode(
            "/v0.5/patients/profile/share",
            """
            {"requestId":"r","profile":{"patient":{"healthId":"Tara@SBX","healthIdNumber":\
            "1111-1111-1111-11","name":"Tara","gender":"F","yearOfBirth":"2000","monthOfBirth":0,\
            "dayOfBirth":null,"identifiers":[{"type":"EMAIL","value":"t@example.org"},\
            {"type":"MR","value":"+919800083232"}]}}}
            """)
        guard case .profileShare(let profile) = callback.event else {
            Issue.record("no profile")
            return
        }
        #expect(profile.counter == "")
        #expect(profile.address.text == "tara@sbx")
        #expect(profile.abhaNumber?.text == "11111111111111")
        #expect(profile.birthDate == .yearOnly(2000))
        #expect(profile.mobile?.e164 == 919_800_083_232)
        #expect(profile.finding == .notFound)
    }

    @Test("a body that could be read two ways is refused")
    func ambiguous() {
        #expect(throws: MessageError("confirmation", "stands twice")) {
            try Self.decode(
                "/v0.5/links/link/confirm",
                """
                {"requestId":"r","confirmation":{"linkRefNumber":"l","token":"1"},\
                "confirmation":{"linkRefNumber":"m","token":"1"}}
                """)
        }
        #expect(throws: MessageError("patient.careContexts[1]", "must be an object")) {
            try Self.decode(
                "/v0.5/links/link/init",
                """
                {"requestId":"r","transactionId":"t","patient":{"id":"a@sbx","referenceNumber":"P",\
                "careContexts":[{"referenceNumber":"A"},7]}}
                """)
        }
    }
}
