/// The tokens of one name and its text, in memory that serves the next name too.
///
/// But an address: what is borrowed of a larger value would be copied for each call.
@safe @usableFromInline struct NameTokens: ~Copyable {
    /// Tokens beyond these are not compared.
    static let countMax = 12
    /// Bytes beyond these are not compared.
    static let bytesMax = NameFolding.bytesMax + 64

    @usableFromInline let page: UnsafeMutablePointer<NamePage>

    init() {
        unsafe page = .allocate(capacity: 1)
        unsafe page.initialize(to: NamePage())
    }

    // Visible to other modules, into which the optimiser inlines what holds a name.
    @inlinable
    deinit { unsafe Self.free(page) }

    @usableFromInline
    @unsafe static func free(_ page: UnsafeMutablePointer<NamePage>) {
        unsafe page.deinitialize(count: 1)
        unsafe page.deallocate()
    }

    /// How many tokens there are.
    @inline(__always) var count: Int { unsafe page.pointee.list.count }

    @inline(__always)
    subscript(index: Int) -> NameToken { unsafe page.pointee.list[index] }

    /// What each token does in the name.
    @inline(__always) var roles: NameRoles { unsafe page.pointee.findRoles() }

    /// Puts its tokens side by side, once, for `look(at:)`.
    @inline(__always) func fillSieve() { unsafe page.pointee.fillSieve() }

    /// What its tokens, side by side, let pass of another name's.
    @inline(__always)
    func look(at token: NameToken, shortest: Int) -> SievedToken {
        unsafe page.pointee.look(at: token, shortest: shortest)
    }

    /// Whether two of another name's tokens can be looked at together; only once they are side by side.
    @inline(__always) var isSieveTwofold: Bool { unsafe page.pointee.isSieveTwofold }

    /// What its tokens, side by side, let pass of two of another name's.
    @inline(__always)
    func look(
        at first: NameToken, _ second: NameToken, shortest: Int
    ) -> (first: SievedToken, second: SievedToken) {
        unsafe page.pointee.look(at: first, second, shortest: shortest)
    }

    /// How many bytes the shortest token has.
    @inline(__always) var shortest: Int { unsafe page.pointee.shortest }

    /// `B/O Rukmini`: the name is a relative's.
    @inline(__always) var isRelatives: Bool { unsafe page.pointee.isRelatives }

    /// Whether an alias or a relative stands behind the name, or may: then the tokens are not the name's
    /// alone.
    @inline(__always) var hasMark: Bool { unsafe page.pointee.hasMark }

    /// How many bytes the name has.
    @inline(__always) var bytes: Int { unsafe page.pointee.bytes }

    /// Where the name begins within the folded text that it is a part of.
    var base: Int { unsafe page.pointee.base }

    /// Where the whole name stands in the text.
    var place: TextRange { TextRange(start: 0, count: bytes) }

    /// The bytes of a place in the name.
    @inline(__always)
    @_lifetime(borrow self)
    func text(_ place: TextRange) -> Span<UInt8> {
        let span = unsafe page.pointee.text.bytes(place)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// Takes a part of a folded name apart.
    ///
    /// - Complexity: O(bytes).
    @inline(__always)
    mutating func read(_ folded: Span<UInt8>, _ part: Range<Int>, _ memo: inout TokenMemo) {
        unsafe page.pointee.read(folded, part, &memo)
    }

    /// Forgets the name.
    mutating func removeAll() { unsafe page.pointee.removeAll() }
}

// Owned by one place; only its mutating methods write.
extension NameTokens: @unchecked Sendable {}

extension TextRange {
    /// The places of its bytes.
    var bytes: Range<Int> { start..<start + count }
}
