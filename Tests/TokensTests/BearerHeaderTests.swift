import Testing
import Tokens

@Suite("The header Authorization")
struct BearerHeaderTests {
    @Test(
        "the token is found with and without its scheme",
        arguments: [
            ("Bearer a.b.c", "a.b.c"), ("bearer a.b.c", "a.b.c"), ("BEARER\ta.b.c", "a.b.c"),
            ("  Bearer   a.b.c  ", "a.b.c"), ("a.b.c", "a.b.c"), ("Bearer a b", "a b"),
            ("", nil), ("   ", nil), ("Bearer", nil), ("Bearer ", nil), ("Basic YTpi", nil),
            ("Bearerx a.b.c", nil),
        ] as [(String, String?)])
    func tokens(value: String, token: String?) {
        let bytes = Array(value.utf8)
        do throws(TokenError) {
            let found = try BearerHeader.token(in: bytes.span)
            #expect(String(decoding: found.indices.map { found[$0] }, as: UTF8.self) == token)
        } catch {
            #expect(error == .missing)
            #expect(token == nil)
        }
    }
}
