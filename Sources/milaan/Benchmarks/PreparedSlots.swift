/// Values that are prepared before a clock starts, side by side, and filled again for the next group.
///
/// A place for what cannot be copied, which an array cannot hold.
@safe struct PreparedSlots<Value: ~Copyable>: ~Copyable {
    private let slots: UnsafeMutablePointer<Value>
    /// How many there are.
    let count: Int

    /// Makes as many values as asked for.
    ///
    /// - Parameters:
    ///   - count: >= 1.
    ///   - make: gives one value.
    init(count: Int, _ make: () -> Value) {
        precondition(count >= 1)
        unsafe slots = .allocate(capacity: count)
        self.count = count
        for index in 0..<count { unsafe (slots + index).initialize(to: make()) }
    }

    deinit {
        unsafe slots.deinitialize(count: count)
        unsafe slots.deallocate()
    }

    /// Lends a value, to be read.
    @inline(__always)
    func with<Result, Failure: Error>(
        _ index: Int, _ use: (borrowing Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(index >= 0 && index < count, "no such slot")
        return try use(unsafe slots[index])
    }

    /// Lends a value, to be changed.
    @inline(__always)
    mutating func change<Result, Failure: Error>(
        _ index: Int, _ use: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(index >= 0 && index < count, "no such slot")
        return try unsafe use(&slots[index])
    }
}
