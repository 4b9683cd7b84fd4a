internal import Matcher

/// Folds two names and compares them, folded and as they are.
///
/// Input: byte 0 says how many of the bytes behind it are the first name; the second follows.
@c(LLVMFuzzerTestOneInput)
public func names(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard let cut = input.first else { return 0 }
    let rest = Array(input.dropFirst())
    let raw = (Array(rest.prefix(Int(cut))), Array(rest.dropFirst(Int(cut))))
    let folded = (fold(raw.0), fold(raw.1))

    for (name, once) in [(raw.0, folded.0), (raw.1, folded.1)] {
        precondition(fold(once) == once, "a folded name changed")
        precondition(2 * once.count <= 3 * name.count + 10, "a name outgrew its bound")
        precondition(once.first != 0x20 && once.last != 0x20, "a blank at an end")
        precondition(String(validating: once, as: UTF8.self) != nil, "a folded name is no UTF-8")
    }

    var comparer = NameComparer()
    for comparison in comparisons {
        check(&comparer, raw.0, raw.1, comparison)
        let there = check(&comparer, folded.0, folded.1, comparison)
        let back = check(&comparer, folded.1, folded.0, comparison)
        guard comparison == .weighed else { continue }
        precondition(there == back, "weighed \(there), and the other way \(back)")
    }
    return 0
}

private let comparisons: [NameComparison] = [
    .tokens, .weighed, .wholeLevenshtein(limit: 2), .equal, .jaroWinkler(minimumPermille: 500),
    .phonetic,
]

/// Two tokens that many bear, so that both ways through a look-up are taken.
private let established: EstablishedTokens = {
    var counter = TokenCounter()
    let name = Array("zorvanta sunita".utf8)
    for _ in 0..<TokenCounter.countMin { counter.add(name.span, facility: 0) }
    return counter.finish()
}()

private func fold(_ name: [UInt8]) -> [UInt8] {
    var arena = TextArena()
    let range = NameFolding.fold(name.span, into: &arena)
    let folded = arena.bytes(range)
    return folded.indices.map { folded[$0] }
}

/// Compares, explains, and holds both to what every comparison promises.
@discardableResult
private func check(
    _ comparer: inout NameComparer, _ first: [UInt8], _ second: [UInt8],
    _ comparison: NameComparison
) -> NameAgreement {
    comparer.prepare(first.span)
    let agreement = comparer.compare(to: second.span, by: comparison, among: established)
    precondition((0...1000).contains(agreement.score), "\(comparison) scored \(agreement.score)")
    let evidence = comparer.explain(second.span, by: comparison, among: established)
    precondition(evidence.agreement == agreement, "\(comparison) explained another agreement")
    precondition(
        evidence.contributions.score == agreement.score, "contributions that are not the score")
    for pair in evidence.pairs {
        precondition(pair.query.start + pair.query.count <= first.count, "a place outside the name")
        precondition(pair.candidate.start + pair.candidate.count <= second.count)
    }
    var fresh = NameComparer()
    fresh.prepare(first.span)
    let again = fresh.compare(to: second.span, by: comparison, among: established)
    precondition(again == agreement, "a used comparer said something else")
    return agreement
}
