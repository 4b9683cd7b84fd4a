internal import CSodium

/// libsodium, made ready once in the process; every use of it asks here first.
enum SodiumLibrary {
    static let isReady: Bool = sodium_init() >= 0
}

/// Bytes that nobody else may see: kept out of swap where the system allows, between pages that trap,
/// and overwritten with zeros when their owner ends.
@safe struct SecretBytes: ~Copyable {
    private let start: UnsafeMutableRawPointer
    let count: Int

    /// Zeros; nil when the memory ran out.
    init?(count: Int) {
        guard SodiumLibrary.isReady, let start = unsafe sodium_malloc(count) else { return nil }
        unsafe sodium_memzero(start, count)
        unsafe self.start = unsafe start
        self.count = count
    }

    deinit { unsafe sodium_free(start) }

    var bytes: Span<UInt8> {
        @_lifetime(borrow self) get {
            let span = unsafe Span<UInt8>(
                _unsafeStart: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), count: count
            )
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Where they stand, for as long as their owner lives.
    @unsafe var pointer: UnsafePointer<UInt8> {
        unsafe UnsafePointer(start.assumingMemoryBound(to: UInt8.self))
    }

    /// Where they stand, for whoever fills them.
    @unsafe var mutablePointer: UnsafeMutablePointer<UInt8> {
        mutating get { unsafe start.assumingMemoryBound(to: UInt8.self) }
    }
}
