// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of the house is compiled with.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    // Views that borrow from their owner: see ARCHITECTURE.md, "Borrowed bytes".
    .enableExperimentalFeature("Lifetimes"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    // The kernels are called from other modules in loops of nanoseconds.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// A module of the product: `Sources/<name>`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

/// The tests of a module: `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies + ["TestSupport"], swiftSettings: house)
}

let package = Package(
    name: "milaan",
    products: [.executable(name: "milaan", targets: ["milaan"])],
    targets: [
        // The cellar: C libraries, one thin door each.
        .systemLibrary(
            name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CMicroHTTPD", pkgConfig: "libmicrohttpd",
            providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CJose", pkgConfig: "cjose",
            providers: [.apt(["libcjose-dev", "libjansson-dev", "libssl-dev"])]),
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(
            name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CTextDistance"),
        .systemLibrary(name: "CArgp"),
        .systemLibrary(name: "CMemory"),
        .systemLibrary(name: "CPrefetch"),
        .systemLibrary(name: "CTagMatch"),
        .target(name: "CLetterScan"),
        .target(name: "CDemandPages", linkerSettings: [.linkedLibrary("xxhash")]),

        // The ground floor.
        module("TextDistance", ["CTextDistance"]),
        module("JSON", ["CSimdJSON"]),
        module("Postgres", ["CPostgres"]),
        module("SQLite", ["CSQLite"]),
        module("Secrets", ["CSodium"]),
        module("QR", ["JSON", "CQREncode", "CPNG"]),
        module("Tokens", ["JSON", "CJose"]),
        module("Matcher", ["TextDistance"]),
        // The first floor.
        module(
            "Index",
            ["Matcher", "CMemory", "CPrefetch", "CTagMatch", "CLetterScan", "CDemandPages"]),
        module("Gateway", ["JSON", "Tokens", "CCurl"]),
        module("Synthetic"),
        // Stands apart: it reads the protocol for itself.
        module("GatewaySimulator", ["JSON", "CMicroHTTPD", "CCurl", "CJose"]),
        // The second floor.
        module("ABDM", ["Matcher", "Index", "JSON"]),
        module("Ingest", ["Matcher", "Index", "JSON", "Postgres", "SQLite"]),
        module("Ledger", ["ABDM", "Matcher", "JSON", "Postgres", "SQLite"]),
        // The third floor and the roof.
        module(
            "MatchServer",
            [
                "ABDM", "Gateway", "Ledger", "Ingest", "Index", "Matcher", "TextDistance", "JSON",
                "QR", "CMicroHTTPD",
            ]),
        .executableTarget(
            name: "milaan",
            dependencies: [
                "MatchServer", "ABDM", "Gateway", "Ledger", "Secrets", "Tokens", "Ingest", "Index",
                "Matcher", "TextDistance", "JSON", "Synthetic", "QR",
                "GatewaySimulator", "CArgp",
            ],
            swiftSettings: house),

        .target(
            name: "TestSupport", dependencies: ["JSON", "Matcher", "Index"],
            path: "Tests/TestSupport",
            swiftSettings: house),
        .target(name: "AllocationCount", path: "Tests/AllocationCount"),
        tests("TextDistance", ["TextDistance", "AllocationCount"]),
        tests("JSON", ["JSON", "AllocationCount"]),
        tests("Postgres", ["Postgres"]),
        tests("SQLite", ["SQLite"]),
        tests("Secrets", ["Secrets"]),
        tests("QR", ["QR", "JSON"]),
        tests("Tokens", ["Tokens", "JSON"]),
        tests("Gateway", ["Gateway", "Tokens", "Index", "JSON"]),
        tests("Matcher", ["Matcher", "AllocationCount"]),
        tests("Index", ["Index", "Matcher", "AllocationCount"]),
        tests("Synthetic", ["Synthetic"]),
        tests("ABDM", ["ABDM", "Index", "Matcher", "JSON", "Synthetic", "AllocationCount"]),
        tests("Ledger", ["Ledger", "ABDM", "Index", "Matcher", "JSON", "Postgres", "SQLite"]),
        tests("Ingest", ["Ingest", "Index", "Matcher", "Postgres", "SQLite", "Synthetic", "JSON"]),
        tests(
            "MatchServer",
            [
                "MatchServer", "ABDM", "Gateway", "Ledger", "Ingest", "Index", "Matcher", "JSON",
            ]),
        tests("GatewaySimulator", ["GatewaySimulator", "Tokens", "JSON"]),
        tests("Milaan", ["JSON", "Postgres"]),
        tests("House"),
    ],
    cxxLanguageStandard: .cxx17
)
