/// What remains of a name while its tokens are read.
struct FoldedParts {
    /// Tokens that stand side by side.
    struct Part {
        var start = 0
        var end = 0
        var tokens = 0
        /// A title in front, which is the name where nothing follows it.
        var title: TextRange?

        @inline(__always)
        mutating func take(_ token: TextRange) {
            if tokens == 0 { start = token.start }
            end = token.start + token.count
            tokens += 1
        }

        /// A person who is only called `Sri`.
        mutating func close() {
            guard tokens == 0, let title else { return }
            start = title.start
            end = title.start + title.count
        }
    }

    enum Kind {
        case name, alias, relative
        /// A second alias: one is enough to be found by.
        case leftOut
    }

    private(set) var kind = Kind.name
    private(set) var name = Part()
    private(set) var alias = Part()
    private(set) var relative = Part()
    /// `s` for `S/O`; 0 without a relative.
    private(set) var relation: UInt8 = 0
    /// `B/O Rukmini` has no other name than the relative's.
    private(set) var isRelatives = false
    /// The first number in the name: which of the twins it is, where the name is a relative's.
    private(set) var number: TextRange?
    private var nobodies = 0

    /// Whether the part that is read has no token yet.
    var isFirst: Bool {
        switch kind {
        case .name: name.tokens == 0
        case .alias: alias.tokens == 0
        case .relative: relative.tokens == 0
        case .leftOut: false
        }
    }

    @inline(__always)
    mutating func take(_ token: TextRange) {
        switch kind {
        case .name: name.take(token)
        case .alias: alias.take(token)
        case .relative: relative.take(token)
        case .leftOut: break
        }
    }

    mutating func takeTitle(_ token: TextRange) {
        switch kind {
        case .name: name.title = name.title ?? token
        case .alias: alias.title = alias.title ?? token
        case .relative: relative.title = relative.title ?? token
        case .leftOut: break
        }
    }

    /// Whether the name is made of nothing but words for somebody unknown.
    var isNobody: Bool { nobodies > 0 && nobodies == name.tokens && !isRelatives }

    /// Says that the token that was taken last is such a word.
    mutating func countNobody() {
        if kind == .name { nobodies += 1 }
    }

    mutating func takeNumber(_ token: TextRange) {
        if kind == .name { number = number ?? token }
    }

    /// `Twin 2 of Sunita`: what stands in front of the word is no name.
    mutating func dropName() {
        name.tokens = 0
        nobodies = 0
        isRelatives = true
    }

    /// Takes a relation mark.
    ///
    /// - Returns: false where the name ends: a relative's relatives say nothing.
    mutating func takeRelation(_ letter: UInt8) -> Bool {
        switch kind {
        case .name where name.tokens == 0: isRelatives = true
        case .relative: return relative.tokens == 0
        case .name, .alias, .leftOut:
            kind = .relative
            relation = letter
        }
        return true
    }

    /// Takes an alias mark.
    ///
    /// - Returns: false where the name ends: a relative's other names say nothing.
    mutating func takeAlias() -> Bool {
        switch kind {
        case .name: if name.tokens > 0 { kind = .alias }
        case .alias: if alias.tokens > 0 { kind = .leftOut }
        case .relative: return false
        case .leftOut: break
        }
        return true
    }

    mutating func close() {
        name.close()
        alias.close()
        relative.close()
    }
}

/// Where the parts of a folded name stand: `guddu @ ram bilas s/o mohan`.
///
/// The name comes first, `b/o` in front of it where it is a relative's, and the number of a twin (`b/o 2
/// sunita`); then, behind `@`, another name
/// of the same person; then, behind a letter and `/o`, who they are the son, daughter or wife of. No token
/// holds either mark.
struct NameParts {
    static let aliasMark = UInt8(ascii: "@")
    static let relationMark = UInt8(ascii: "/")

    /// The name itself.
    var name: Range<Int>
    /// Empty where there is none.
    var alias = 0..<0
    /// Empty where there is none.
    var relative = 0..<0
    /// `s`, `d`, `w`, `c`, `h`, `b`, `f` or `m`; 0 without a relative.
    var relation: UInt8 = 0

    /// The parts of no name.
    init() { name = 0..<0 }

    /// Finds the parts of a folded name.
    ///
    /// - Complexity: O(bytes), sixteen at a time where there is but a name.
    @inline(__always)
    init(_ folded: Span<UInt8>) {
        name = 0..<folded.count
        if Self.hasMark(folded) { readMarks(folded) }
    }

    /// How many bytes the name has without alias and relative.
    @inline(__always)
    static func nameCount(_ folded: Span<UInt8>) -> Int { NameParts(folded).name.count }

    @inline(__always)
    private static func hasMark(_ folded: Span<UInt8>) -> Bool {
        var offset = folded.count > 1 && folded[1] == relationMark ? min(3, folded.count) : 0
        while offset < folded.count {
            let bytes = folded.sixteen(from: offset, filler: ASCII.space)
            if ASCII.any(ASCII.equals(aliasMark, bytes) .| ASCII.equals(relationMark, bytes)) {
                return true
            }
            offset += 16
        }
        return false
    }

    private mutating func readMarks(_ folded: Span<UInt8>) {
        var tokens = TokenCursor(folded)
        var start = 0
        var isAlias = false
        while let token = tokens.next() {
            guard token.start > 0 else { continue }
            let isAliasMark = folded[token.start] == Self.aliasMark
            let isRelation = token.count == 3 && folded[token.start + 1] == Self.relationMark
            guard isAliasMark || isRelation else { continue }
            close(&start, at: token, isAlias)
            isAlias = isAliasMark
            if isRelation {
                relation = folded[token.start]
                relative = min(start, folded.count)..<folded.count
                return
            }
        }
        if isAlias { alias = min(start, folded.count)..<folded.count }
    }

    /// Ends the part that a mark stands behind.
    private mutating func close(_ start: inout Int, at mark: TextRange, _ isAlias: Bool) {
        if isAlias {
            alias = start..<max(start, mark.start - 1)
        } else {
            name = 0..<mark.start - 1
        }
        start = mark.start + mark.count + 1
    }
}
