import Ingest
import Testing

@Suite("Counts in words")
struct CountedTests {
    @Test(
        "one is one, and everything else is many",
        arguments: [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (21, "21 rows")])
    func plural(count: Int, words: String) {
        #expect(count.counted("row") == words)
    }
}
