internal import Glibc
internal import JSON
internal import TestSupport
internal import Testing

@Suite("JSON numbers")
struct JSONNumberTests {
    @Test(
        "are integers when they fit exactly",
        arguments: [
            ("0", 0), ("-0", 0), ("-0.0", 0), ("1985.0", 1985), ("1985", 1985), ("1.985e3", 1985),
            ("1985.5", nil), ("1e-3", nil), ("9223372036854775807", .max),
            ("9223372036854775808", nil), ("18446744073709551615", nil),
            ("-9223372036854775808", .min), ("9007199254740992.0", 1 << 53),
            ("9007199254740994.0", nil), ("-9007199254740992.0", -(1 << 53)), ("1e308", nil),
        ] as [(String, Int64?)])
    func integers(text: String, expected: Int64?) throws {
        let document = try parsed(text)
        let actual = document.integer(of: document.root)
        #expect(actual == expected)
    }

    @Test(
        "are doubles as the standard library reads them",
        arguments: [
            "0", "-0.0", "1985.0", "1e308", "1.7976931348623157e308", "5e-324", "1e-400",
            "0.1", "123456789.123456789", "9223372036854775807", "-9223372036854775808",
            "18446744073709551615", "2.2250738585072011e-308",
        ])
    func doubles(text: String) throws {
        let document = try parsed(text)
        let actual = document.double(of: document.root)
        #expect(actual?.bitPattern == Double(text)?.bitPattern)
    }

    @Test(
        "are rejected when no 64 bits hold them",
        arguments: ["18446744073709551616", "-9223372036854775809", "1e309", "-1e400"])
    func outOfRange(text: String) {
        #expect(rejection(of: Array(text.utf8)) != nil)
    }

    @Test(
        "are written as integers",
        arguments: [0, 1, -1, 9, 10, 99, 100, -1985, .max, .min] as [Int])
    func writtenIntegers(value: Int) {
        #expect(written { $0.integer(value) } == String(value))
    }

    @Test(
        "are written with at most the decimals asked for",
        arguments: [
            (0, 2, "0"), (-0.0, 2, "0"), (-0.001, 2, "0"), (1985, 3, "1985"), (0.5, 0, "0"),
            (1.5, 0, "2"), (2.5, 0, "2"), (0.125, 2, "0.12"), (0.375, 2, "0.38"),
            (1.115, 2, "1.11"),
            (0.999, 2, "1"), (-9.996, 2, "-10"), (0.05, 1, "0.1"), (0.1, 15, "0.1"),
            (1.0 / 3, 15, "0.333333333333333"), (0.000_001, 6, "0.000001"),
            (9_007_199_254_740_992, 2, "9007199254740992"), (0x1p62, 4, "4611686018427387904"),
            (1e300, 2, "1e+300"), (.infinity, 2, "null"), (.nan, 2, "null"),
        ] as [(Double, Int, String)])
    func writtenDecimals(value: Double, decimals: Int, expected: String) {
        #expect(written { $0.decimal(value, decimals: decimals) } == expected)
    }

    @Test(
        "are written as C writes them, without the zeros at the end",
        arguments: 0..<32 as Range<UInt64>)
    func agreesWithC(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let decimals = Int.random(in: 0...15, using: &random)
            // Few digits, so that ties and near ties are common; and any magnitude below 2^63.
            let value =
                switch Int.random(in: 0..<3, using: &random) {
                case 0: Double(Int.random(in: -99_999...99_999, using: &random)) / 1000
                case 1: Double(Int.random(in: -9999...9999, using: &random)) / 64
                default:
                    Double(
                        sign: .plus, exponent: Int.random(in: -60...62, using: &random),
                        significand: Double.random(in: -2 ..< -1, using: &random))
                }
            let actual = written { $0.decimal(value, decimals: decimals) }
            #expect(
                actual == printed(value, decimals: decimals), "value=\(value) decimals=\(decimals)")
        }
    }

    /// C's `%.*f`, without the zeros at the end and without minus zero.
    private func printed(_ value: Double, decimals: Int) -> String {
        var bytes = [CChar](repeating: 0, count: 400)
        let count = unsafe withVaList([Int32(decimals), value]) {
            unsafe Int(vsnprintf(&bytes, bytes.count, "%.*f", $0))
        }
        var text = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if text.contains(".") {
            while text.last == "0" { text.removeLast() }
            if text.last == "." { text.removeLast() }
        }
        return text == "-0" ? "0" : text
    }
}
