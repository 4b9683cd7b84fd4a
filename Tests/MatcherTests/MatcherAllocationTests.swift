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
