// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody builds a fuzzer without asking for one. `Modules` links to
// the product's own sources: compiled here with --sanitize=fuzzer, they carry libFuzzer's coverage
// counters.

/// The settings of the product, with assertions on in release builds too.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .unsafeFlags(["-assert-config", "Debug"]),
]

/// A module under test: `Modules/<name>`, a link to the product's sources.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Modules/" + name,
        swiftSettings: house)
}

/// A fuzzer: `<name>`, a folder with one `LLVMFuzzerTestOneInput`.
func fuzzer(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: name, exclude: exclude,
        // The fuzzer library brings its own main.
        swiftSettings: house + [.unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "milaan-fuzz",
    targets: [
        .target(name: "CTextDistance", path: "Modules/CTextDistance"),
        module("TextDistance", ["CTextDistance"]),
        .target(
            name: "CSimdJSON", path: "Modules/CSimdJSON",
            linkerSettings: [.linkedLibrary("simdjson")]),
        .systemLibrary(name: "CMemory", path: "Modules/CMemory"),
        .systemLibrary(name: "CPrefetch", path: "Modules/CPrefetch"),
        .systemLibrary(name: "CTagMatch", path: "Modules/CTagMatch"),
        .target(name: "CLetterScan", path: "Modules/CLetterScan"),
        .target(
            name: "CDemandPages", path: "Modules/CDemandPages",
            linkerSettings: [.linkedLibrary("xxhash")]),
        .systemLibrary(name: "CPostgres", path: "Modules/CPostgres", pkgConfig: "libpq"),
        .systemLibrary(name: "CSQLite", path: "Modules/CSQLite", pkgConfig: "sqlite3"),
        .systemLibrary(name: "CCurl", path: "Modules/CCurl", pkgConfig: "libcurl"),
        .systemLibrary(name: "CJose", path: "Modules/CJose", pkgConfig: "cjose"),
        .systemLibrary(name: "CSodium", path: "Modules/CSodium", pkgConfig: "libsodium"),
        module("JSON", ["CSimdJSON"]),
        module("Secrets", ["CSodium"]),
        module("Tokens", ["JSON", "CJose"]),
        module("Matcher", ["TextDistance"]),
        module(
            "Index",
            ["Matcher", "CMemory", "CPrefetch", "CTagMatch", "CLetterScan", "CDemandPages"]),
        module("Gateway", ["JSON", "Tokens", "CCurl"]),
        module("Postgres", ["CPostgres"]),
        module("SQLite", ["CSQLite"]),
        module("Ingest", ["Matcher", "Index", "JSON", "Postgres", "SQLite"]),
        module("ABDM", ["Matcher", "Index", "JSON"]),
        module("Oracles"),

        fuzzer("BatchFuzz", ["TextDistance", "Oracles"], exclude: ["seeds"]),
        fuzzer("CopyFuzz", ["Postgres"]),
        fuzzer("CSVFuzz", ["Ingest"]),
        fuzzer("DistanceFuzz", ["TextDistance", "Oracles"]),
        fuzzer("NameFuzz", ["Matcher"], exclude: ["seeds", "names.dict"]),
        fuzzer(
            "DiscoverFuzz", ["ABDM", "Matcher", "Index", "JSON"],
            exclude: ["seeds", "discover.dict"]),
        fuzzer("SnapshotFuzz", ["Index", "Matcher"], exclude: ["seeds"]),
        fuzzer("ScanFuzz", ["ABDM", "Matcher"], exclude: ["seeds", "scan.dict"]),
        fuzzer("SecretFuzz", ["Secrets"]),
        fuzzer("TokenFuzz", ["Gateway", "Tokens"], exclude: ["seeds", "token.dict"]),
        fuzzer(
            "SearchFuzz", ["ABDM", "Matcher", "Index", "JSON"],
            exclude: ["seeds", "search.dict"]),
    ],
    cxxLanguageStandard: .cxx17
)
