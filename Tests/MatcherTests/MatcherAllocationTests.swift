internal import AllocationCount
internal import Matcher
internal import Testing

/// Without the optimiser every `for` over an array allocates for the iterator's coroutine.
///
/// No value here is refused: the test library keeps a backtrace of each error that is thrown.
private let isOptimised: Bool = {
    #if DEBUG
        false
    #else
        true
    #endif
}()

@Suite("Matcher memory", .enabled(if: isOptimised, "only an optimised build promises it"))
struct MatcherAllocationTests {
    private static let names = [
        "Smt. Asha Lakshmi Rao W/O Ram", "ASHALAKSHMI RAO", "A. L. Rao", "राम कुमार दास",
        "José D’Souza", "abcd abcf abcg", "abce xbcd abch", "",
    ].map { Array($0.utf8) }

    @Test("folding, preparing and comparing names allocates nothing once warm")
    func names() {
        var arena = TextArena()
        var comparer = NameComparer()
        let comparisons: [NameComparison] = [
            .tokens, .wholeLevenshtein(limit: 2), .equal, .jaroWinkler(minimumPermille: 500),
            .phonetic,
        ]
        var before: UInt64 = 0
        var after: UInt64 = 0
        var agreeing = 0
        for round in 0..<4 {
            if round == 2 { before = allocation_count() }
            for i in 0..<Self.names.count {
                for j in 0..<Self.names.count {
                    arena.reset()
                    let first = Self.names[i]
                    let second = Self.names[j]
                    let mine = NameFolding.fold(first.span, into: &arena)
                    let theirs = NameFolding.fold(second.span, into: &arena)
                    comparer.prepare(arena.bytes(mine))
                    for k in 0..<comparisons.count {
                        let found = comparer.compare(to: arena.bytes(theirs), by: comparisons[k])
                        agreeing += found.agrees ? 1 : 0
                    }
                }
            }
            after = allocation_count()
        }
        #expect(agreeing > 0)
        #expect(after - before == 0)
    }

    /// By what a weighed comparison does with them.
    private static let weighed: [(String, [[UInt8]])] = [
        (
            "two and four words",
            ["Sunita Sharma", "Anita Sharma", "Asha Lata Devi Rao", "Asha L Rao"]
        ),
        ("slips", ["Neelam Zorvanta", "Nerlam Zorvanda", "Ornkar Xyqzor", "Omkar Xyqozr"]),
        (
            "joined names",
            ["Lakshmi Devi", "LAKSHMIDEVI", "Ram Lal Gupta", "Ramlalgupta", "Lakshmi"]
        ),
        ("aliases", ["Guddu @ Ram Bilas", "Ram Bilas", "Ram Bilas urf Guddu", "Guddu"]),
        (
            "relatives",
            ["Suresh S/O Mohan Lal", "Suresh Mohan", "Suresh S/O Dinesh", "Sita W/O Ram"]
        ),
        ("babies", ["B/O Rukmini", "Baby of Rukhmini", "Rukmini", "B/O Rukmini W/O Ram"]),
        ("other scripts", ["लक्ष्मी देवी", "লক্ষ্মী দেবী", "Lakshmi Devi", "محمد", "Иван Петров"]),
        (
            "many words",
            ["a b c d e f g h i j k l m n o p", "ab cd ef gh ij kl mn op qr st uv wx yz"]
        ),
    ].map { ($0.0, $0.1.map { Array($0.utf8) }) }

    @Test("weighing names allocates nothing once warm, whatever they have", arguments: weighed)
    func weighing(kind: String, names: [[UInt8]]) {
        // Common in the facility: the look-up is made, and found or not.
        var counter = TokenCounter()
        let common = Array("zorvanta xyqzor neelam".utf8)
        for _ in 0..<TokenCounter.countMin { counter.add(common.span, facility: 3) }
        let established = counter.finish()
        var arena = TextArena()
        var comparer = NameComparer()
        var before: UInt64 = 0
        var after: UInt64 = 0
        var found = 0
        for round in 0..<4 {
            if round == 2 { before = allocation_count() }
            for i in 0..<names.count {
                for j in 0..<names.count {
                    arena.reset()
                    let first = names[i]
                    let second = names[j]
                    let mine = NameFolding.fold(first.span, into: &arena)
                    let theirs = NameFolding.fold(second.span, into: &arena)
                    comparer.prepare(arena.bytes(mine))
                    let agreement = comparer.compare(
                        to: arena.bytes(theirs), by: .weighed, among: established, at: 3)
                    found += agreement.score
                }
            }
            after = allocation_count()
        }
        #expect(found > 0)
        #expect(after - before == 0, "\(kind)")
    }

    @Test("parsing a query allocates nothing once warm")
    func query() {
        let values: [(IdentifierKind, [UInt8])] = [
            (.abhaAddress, Array("91700000000001@abdm".utf8)),
            (.abhaNumber, Array("42-7175-8604-4553".utf8)),
            (.mobile, Array("+91 98480 22338".utf8)),
            (.medicalRecord, Array("MR 7".utf8)), (.other, Array("X 1".utf8)),
        ]
        let type = Array("Voter".utf8)
        let name = Self.names[0]
        var query = PatientQuery()
        var before: UInt64 = 0
        var after: UInt64 = 0
        var taken = 0
        for round in 0..<10 {
            if round == 2 { before = allocation_count() }
            query.reset()
            query.setName(name.span)
            for index in 0..<values.count {
                let (kind, value) = values[index]
                let isTaken = query.add(
                    kind, value: value.span, type: type.span, isVerified: true)
                taken += isTaken ? 1 : 0
            }
            after = allocation_count()
        }
        #expect(taken == 50)
        #expect(after - before == 0)
    }

    @Test("filling a record again allocates nothing")
    func record() {
        let values: [(PatientField, [UInt8])] = [
            (.id, Array("P-7".utf8)), (.name, Self.names[0]), (.gender, Array("Female".utf8)),
            (.birthDate, Array("12/05/1980".utf8)), (.mobile, Array("98480 22338".utf8)),
            (.abhaAddress, Array("Asha@SBX".utf8)), (.abhaNumber, Array("42717586044553".utf8)),
            (.medicalRecord, Array("MR 7".utf8)),
        ]
        var record = PatientRecord()
        var before: UInt64 = 0
        var after: UInt64 = 0
        var failed = 0
        for round in 0..<10 {
            if round == 2 { before = allocation_count() }
            record.reset()
            do throws(PatientFieldError) {
                for index in 0..<values.count {
                    let (field, value) = values[index]
                    try record.set(field, value.span)
                }
                try record.finish()
            } catch {
                failed += 1
            }
            after = allocation_count()
        }
        #expect(failed == 0)
        #expect(after - before == 0)
    }
}
