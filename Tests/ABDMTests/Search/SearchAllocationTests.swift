internal import ABDM
internal import AllocationCount
internal import Index
internal import JSON
internal import TestSupport
internal import Testing

@Suite("Search memory")
struct SearchAllocationTests {
    private static let isOptimized = {
        // The argument of an assertion is evaluated in debug builds only.
        var isDebug = false
        assert(
            {
                isDebug = true; return true
            }())
        return !isDebug
    }()

    /// A search, and how much memory it asks for although it is warm.
    struct Kind: Sendable, CustomTestStringConvertible {
        let what: String
        let body: String
        /// Records that are listed: the evidence of each is gathered in arrays of its own.
        let listed: Int

        var testDescription: String { what }
    }

    private static let kinds = [
        Kind(what: "nobody", body: #"{"name":"Zubin Mistry"}"#, listed: 0),
        Kind(
            what: "nobody of gender and year",
            body: #"{"name":"Zubin Mistry","gender":"M","yearOfBirth":"1985"}"#, listed: 0),
        Kind(
            what: "many of whom none is good enough",
            body: #"{"name":"Asha Vermani","gender":"female","scoreMin":1000}"#, listed: 0),
        Kind(
            what: "an unknown district", body: #"{"name":"Asha Verma","district":"Satara"}"#,
            listed: 0),
        Kind(what: "one", body: #"{"name":"आशा वर्मा","limit":1,"district":"पुणे"}"#, listed: 1),
        Kind(what: "ten", body: #"{"name":"Asha Verma"}"#, listed: 10),
        Kind(what: "fifty", body: #"{"name":"Asha Verma","limit":50}"#, listed: 50),
    ]

    /// What a listed record's evidence may take.
    private static let allocationsPerRecord = 8

    @Test(
        "a warm search allocates nothing but the evidence of the records that it lists",
        .enabled(if: Self.isOptimized, "without optimisation the compiler boxes what it likes"),
        arguments: kinds)
    func warm(kind: Kind) throws {
        var hospital = Hospital.sameNames
        for number in 0..<900 {
            hospital.patients.append(
                Hospital.record(
                    "P\(number)", number % 3 == 0 ? "Asha Verma" : "Bina Das",
                    ["F", "M", ""][number % 3], number % 2 == 0 ? "1985" : "", "Pune"))
        }
        let snapshot = try hospital.snapshot()
        var searcher = Searcher(defaultFacility: Hospital.defaultFacility)
        var writer = JSONWriter()
        let body = Array(kind.body.utf8)
        _ = searcher.search(body: body.span, facility: nil, in: snapshot, into: &writer)
        let rounds = 200
        let before = allocation_count()
        for _ in 0..<rounds {
            writer.reset()
            _ = searcher.search(body: body.span, facility: nil, in: snapshot, into: &writer)
        }
        let after = allocation_count()
        let allocations = Int(after - before)
        #expect(allocations <= rounds * kind.listed * Self.allocationsPerRecord, "\(allocations)")
    }
}
