internal import ABDM
internal import AllocationCount
internal import Index
internal import JSON
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Discover memory")
struct DiscoverAllocationTests {
    private static let isOptimized = {
        // The argument of an assertion is evaluated in debug builds only.
        var isDebug = false
        assert(
            {
                isDebug = true; return true
            }())
        return !isDebug
    }()

    /// A request and how it is answered.
    struct Kind: Sendable, CustomTestStringConvertible {
        let outcome: DiscoveryOutcome
        let what: String
        let body: String
        /// Parsers' errors on the way, each of which the test library remembers with a back trace in a
        /// block of its own; outside of tests a thrown error of a known type costs no memory.
        let thrown: Int

        var testDescription: String { what }

        init(
            _ outcome: DiscoveryOutcome, _ what: String, name: String = "Asha Verma",
            gender: String = "F", verified: [(String, String)], unverified: [(String, String)] = [],
            thrown: Int = 0
        ) {
            func list(_ identifiers: [(String, String)]) -> String {
                identifiers.map { "{\"type\":\"\($0)\",\"value\":\"\($1)\"}" }
                    .joined(separator: ",")
            }
            self.outcome = outcome
            self.what = what
            self.thrown = thrown
            body =
                #"{"requestId":"r","transactionId":"t","patient":{"id":"someone@sbx","name":"\#(name)","#
                + #""gender":"\#(gender)","yearOfBirth":1985,"verifiedIdentifiers":[\#(list(verified))],"#
                + #""unverifiedIdentifiers":[\#(list(unverified))]}}"#
        }
    }

    private static let kinds = [
        Kind(.match, "by address", verified: [("HEALTH_ID", "asha@sbx")]),
        Kind(
            .match, "by number, mobile and record number",
            verified: [("MOBILE", "+91-9800000001"), ("NDHM_HEALTH_NUMBER", "91-1111-2222-3331")],
            unverified: [("MR", "MR-1")]),
        Kind(.match, "two records of one person", verified: [("MOBILE", "9800000001")]),
        Kind(
            .match, "a name with accents", name: "Smt. Áshā Vermā S/O Rām",
            verified: [("MOBILE", "9800000001")]),
        Kind(
            .match, "a name in another script", name: "आशा देवी",
            verified: [("MOBILE", "9800000009")]),
        Kind(
            .match, "by unverified record number", verified: [("MOBILE", "9899999999")],
            unverified: [("MR", "mr -9"), ("MOBILE", "98XXXXX001"), ("EMAIL", "a@example.org")],
            thrown: 1),
        Kind(
            .noMatch, "nobody", verified: [("MOBILE", "9899999999"), ("ABHA_ADDRESS", "x@sbx")]),
        Kind(.noMatch, "another name", name: "Gita Das", verified: [("MOBILE", "9800000001")]),
        Kind(.ambiguous, "two persons", name: "Bina Das", verified: [("MOBILE", "9800000002")]),
        Kind(
            .match, "unusable identifiers of every kind", gender: "Q",
            verified: [
                ("MOBILE", "98XXXXX001"), ("MOBILE", "?"), ("NDHM_HEALTH_NUMBER", "17"),
                ("NDHM_HEALTH_NUMBER", "x"), ("HEALTH_ID", "asha"), ("HEALTH_ID", "é@sbx"),
                ("MR", String(repeating: "9", count: 200)), ("EMAIL", "a@example.org"),
                ("HEALTH_ID", "asha@sbx"),
            ], thrown: 8),
        Kind(.noVerifiedIdentifier, "masked", verified: [("MOBILE", "98XXXXX001")], thrown: 1),
        Kind(.tooManyCandidates, "a crowd", verified: [("MOBILE", "9800000003")]),
    ]

    private static let hospital: Hospital = {
        var hospital = Hospital.family
        for (id, year) in [("D1", "1984"), ("D2", "1985")] {
            hospital.patients.append([
                "id": id, "name": "Bina Das", "gender": "F", "yob": year, "mobile": "9800000002",
            ])
        }
        hospital.patients.append([
            "id": "E1", "name": "आशा देवी", "gender": "F", "yob": "1985", "mobile": "9800000009",
        ])
        hospital.patients.append([
            "id": "E2", "name": "Asha Verma", "gender": "F", "yob": "1985", "mr_number": "MR-9",
        ])
        for number in 0..<20 {
            hospital.patients.append(["id": "X\(number)", "mobile": "9800000003"])
        }
        return hospital
    }()

    @Test(
        "a warm request allocates nothing",
        .enabled(if: Self.isOptimized, "without optimisation the compiler boxes what it likes"),
        arguments: kinds, Profile.names)
    func nothingAllocated(kind: Kind, profile: String) throws {
        var rule = try #require(Profile.rule(named: profile))
        rule.candidatesMax = 16
        let snapshot = try Self.hospital.snapshot()
        var discoverer = Discoverer(rule: rule, defaultFacility: Hospital.defaultFacility)
        var writer = JSONWriter()
        let body = Array(kind.body.utf8)
        let facility = Array("HIP1".utf8)
        let first = discoverer.discover(
            body: body.span, facility: nil, requestID: nil, explain: false, in: snapshot,
            into: &writer)
        if profile == "seed" { #expect(first.outcome == kind.outcome) }

        let before = allocation_count()
        for round in 0..<1000 {
            writer.reset()
            _ = discoverer.discover(
                body: body.span, facility: round % 2 == 0 ? nil : facility.span, requestID: nil,
                explain: false, in: snapshot, into: &writer)
        }
        let after = allocation_count()
        #expect(after - before <= 1000 * kind.thrown)
    }

    @Test(
        "a warm group of requests allocates nothing",
        .enabled(if: Self.isOptimized, "without optimisation the compiler boxes what it likes"))
    func nothingAllocatedByGroups() throws {
        var rule = Profile.milaan
        rule.candidatesMax = 16
        let snapshot = try Self.hospital.snapshot()
        var discoverer = Discoverer(rule: rule, defaultFacility: Hospital.defaultFacility)
        var writer = JSONWriter()
        var bytes: [UInt8] = []
        var parts: [Range<Int>] = []
        for kind in Self.kinds + Self.kinds {
            let body = Array(kind.body.utf8)
            parts.append(bytes.count..<bytes.count + body.count)
            bytes += body
        }
        var before: UInt64 = 0
        var answers = 0
        for round in 0..<102 {
            if round == 2 { before = allocation_count() }
            writer.reset()
            discoverer.discover(
                parts.span, of: bytes.span, facility: nil, requestID: nil, explain: false,
                in: snapshot, into: &writer
            ) { _, writer in
                writer.raw("\n")
                answers += 1
            }
        }
        let after = allocation_count()
        let thrown = 2 * Self.kinds.reduce(0) { $0 + $1.thrown }
        #expect(answers == 102 * parts.count)
        #expect(after - before <= UInt64(100 * thrown))
    }
}
