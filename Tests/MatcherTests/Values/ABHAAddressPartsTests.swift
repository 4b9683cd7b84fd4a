internal import Matcher
internal import Testing

@Suite("ABHA address, in its parts")
struct ABHAAddressPartsTests {
    private static let names = [
        "a", "kiranma", "ravi.k_2-x", "91111122223331", "sbx", "abdm.",
        String(repeating: "z", count: ABHAAddressParts.nameMax),
    ]

    @Test("is the address again, for every domain", arguments: names)
    func roundTrip(name: String) throws {
        for domain in ["sbx", "abdm", "ndhm"] {
            let address = "\(name)@\(domain)"
            var arena = TextArena()
            guard
                let range = try? ABHAAddress.parse(Array(address.utf8).span, into: &arena)
            else {
                // Only the longest name is too long with the longer domains.
                #expect(name.utf8.count == ABHAAddressParts.nameMax && domain != "sbx")
                continue
            }
            let parts = ABHAAddressParts(arena.bytes(range))
            let (text, count, isEmpty) = (parts.text, parts.name.count, parts.isEmpty)
            #expect(text == address)
            #expect(count == name.utf8.count && !isEmpty)
        }
    }

    @Test("equals what has the same name and domain, and nothing else")
    func equality() {
        let addresses = ["", "a@sbx", "a@abdm", "a@ndhm", "ab@sbx", "b@sbx"]
        for a in addresses {
            for b in addresses {
                let bytes = (Array(a.utf8), Array(b.utf8))
                let areEqual = ABHAAddressParts(bytes.0.span).equals(ABHAAddressParts(bytes.1.span))
                #expect(areEqual == (a == b), "\(a) \(b)")
            }
        }
    }

    @Test(
        "of no address is empty, as is what no parser gives", arguments: ["", "a", "@sbx", "abc"])
    func none(text: String) {
        let bytes = Array(text.utf8)
        let parts = ABHAAddressParts(bytes.span)
        let (isEmpty, said) = (parts.isEmpty, parts.text)
        #expect(isEmpty && said.isEmpty)
    }
}
