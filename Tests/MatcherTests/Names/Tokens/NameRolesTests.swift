import TestSupport
import Testing

@testable import Matcher

@Suite("What the tokens of a name do")
struct NameRolesTests {
    /// The roles as the comments say them, token by token.
    private func roles(_ tokens: [(known: KnownName, isInitial: Bool)]) -> [TokenRole] {
        var roles: [TokenRole] = tokens.enumerated().map { index, token in
            if token.isInitial { return .initial }
            let isName = index == 0 && token.known.isGiven && !token.known.isSurname
            return token.known.isFiller && !isName ? .filler : .surname
        }
        let names = roles.indices.filter { roles[$0] == .surname }
        guard let first = names.first, let last = names.last else {
            let fillers = roles.indices.filter { roles[$0] == .filler }
            let name = fillers.first { tokens[$0].known.isGiven }
            if let name = name ?? (roles.first == .initial ? nil : fillers.first) {
                roles[name] = .given
            }
            return roles
        }
        var hasGiven = false
        for index in names {
            let known = tokens[index].known
            if known.isGiven, !known.isSurname {
                roles[index] = hasGiven && index != first ? .middle : .given
                hasGiven = true
            } else if index == first, known.isGiven || !known.isSurname {
                roles[index] = .given
                hasGiven = known.isGiven
            } else if index != first, index != last, !known.isSurname {
                roles[index] = .middle
            }
        }
        if !hasGiven, roles[first] == .surname {
            roles[roles[0] == .filler && tokens[0].known.isGiven ? 0 : first] = .given
        }
        return roles
    }

    private func expectSame(_ tokens: [(known: KnownName, isInitial: Bool)]) {
        var kinds = TokenKinds()
        for (index, token) in tokens.enumerated() {
            kinds.add(token.known, isInitial: token.isInitial, at: index)
        }
        let found = NameRoles(tokens.count, kinds)
        let expected = roles(tokens)
        let each = tokens.indices.map { found[$0] }
        #expect(each == expected, "\(tokens)")
        for bits in 1..<UInt64(1) << UInt64(min(tokens.count, 5)) {
            let (role, index) = found.most(bits)
            let places = expected.indices.filter { bits >> UInt64($0) & 1 == 1 }
            let most = places.map { expected[$0].rawValue }.max() ?? 0
            let last = places.last { expected[$0].rawValue == most }
            #expect(role.rawValue == most && index == last, "\(tokens), \(bits)")
        }
    }

    /// One of the sixteen kinds of tokens.
    private func token(_ kind: Int) -> (known: KnownName, isInitial: Bool) {
        (KnownName(number: 1, traits: UInt8(kind & 7)), kind & 8 != 0)
    }

    @Test(
        "is the same token by token and all at once, for every name of up to three",
        arguments: 0...3)
    func all(count: Int) {
        for kinds in 0..<1 << (4 * count) {
            expectSame((0..<count).map { token(kinds >> (4 * $0) & 15) })
        }
    }

    @Test("and for longer ones", arguments: 0..<20 as Range<UInt64>)
    func longer(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let count = Int.random(in: 4...NameTokens.countMax, using: &random)
            expectSame((0..<count).map { _ in token(Int.random(in: 0..<16, using: &random)) })
        }
    }

    @Test("a token counts for what it does, and more where no list knows it")
    func weights() {
        let listed = KnownName(number: 1)
        let roles: [TokenRole] = [.filler, .initial, .surname, .middle, .given]
        #expect(roles.map { ContributionTally.weight($0, listed) } == [1, 2, 4, 4, 8])
        #expect(roles.map { ContributionTally.weight($0, KnownName()) } == [1, 2, 6, 4, 10])
    }
}
