/// Whether two texts are one edit apart.
enum OneEdit {
    /// One letter more, one other letter, or two neighbours swapped; equal texts are not one edit apart.
    ///
    /// - Complexity: O(bytes).
    static func separates(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        guard a.count <= b.count else { return separates(b, a) }
        guard b.count - a.count <= 1 else { return false }
        var front = 0
        while front < a.count, a[front] == b[front] { front += 1 }
        var back = 0
        while back < a.count - front, a[a.count - 1 - back] == b[b.count - 1 - back] { back += 1 }
        let rest = a.count - front - back
        if a.count < b.count { return rest == 0 }
        return rest == 1 || (rest == 2 && a[front] == b[front + 1] && a[front + 1] == b[front])
    }

    /// The letters that a scanner takes for two.
    static var misreadLetters: UInt32 {
        Letter.bit(Letter.m) | Letter.bit(Letter.n) | Letter.bit(Letter.d) | Letter.bit(Letter.w)
            | Letter.bit(Letter.h)
    }

    /// The first ones of the letters that they are taken for.
    static var misreadFirsts: UInt32 {
        Letter.bit(Letter.r) | Letter.bit(Letter.c) | Letter.bit(Letter.v) | Letter.bit(Letter.l)
    }

    /// One letter that a scanner took for two: rn for m, ri for n, cl for d, vv for w, li for h.
    ///
    /// - Complexity: O(bytes).
    static func isMisread(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        guard a.count <= b.count else { return isMisread(b, a) }
        guard b.count - a.count == 1 else { return false }
        var front = 0
        while front < a.count, a[front] == b[front] { front += 1 }
        // `m` is taken for `rn`, and what stands in front of it may begin with the same letter.
        guard front < a.count, front + 1 < b.count else { return false }
        switch (a[front], b[front], b[front + 1]) {
        case (Letter.m, Letter.r, Letter.n), (Letter.n, Letter.r, Letter.i),
            (Letter.d, Letter.c, Letter.l), (Letter.w, Letter.v, Letter.v),
            (Letter.h, Letter.l, Letter.i):
            break
        default: return false
        }
        for index in front + 1..<max(a.count, front + 1) where a[index] != b[index + 1] {
            return false
        }
        return true
    }
}
