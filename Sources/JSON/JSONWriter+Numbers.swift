extension JSONWriter {
    /// An integer.
    public mutating func integer(_ value: Int) {
        beginValue()
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        buffer.append(digitsOf: UInt64(value.magnitude))
    }

    /// A number with at most `decimals` digits after the point.
    ///
    /// Same as C's `%.*f` with the zeros at the end left out: the exact value is rounded to the
    /// nearest, ties to the even digit. Never an exponent below 2^63; from there on the shortest text
    /// that gives the same double. Minus zero is 0. Infinities and NaN, which JSON has no word for,
    /// are null.
    ///
    /// - Parameters:
    ///   - value: any double; one of 2^63 or more may allocate.
    ///   - decimals: 0 ... 15.
    public mutating func decimal(_ value: Double, decimals: Int) {
        precondition(0...15 ~= decimals, "decimals outside of 0 ... 15")
        guard value.isFinite else { return null() }
        beginValue()
        let magnitude = value.magnitude
        guard magnitude < 0x1p63 else {
            let text = value.description
            let bytes = text.utf8.span
            return unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append($0) }
        }

        let scale = powerOfTen(decimals)
        var whole = UInt64(magnitude)
        // Exact: both have the same exponent range, or `whole` is 0.
        var fraction = roundedProduct(magnitude - Double(whole), scale, isWholeOdd: whole & 1 == 1)
        if fraction == scale {
            whole += 1
            fraction = 0
        }
        if value < 0 && (whole > 0 || fraction > 0) { buffer.append(UInt8(ascii: "-")) }
        buffer.append(digitsOf: whole)
        guard fraction > 0 else { return }

        var width = decimals
        while fraction % 10 == 0 {
            fraction /= 10
            width -= 1
        }
        buffer.append(UInt8(ascii: "."))
        buffer.append(digitsOf: fraction, width: width)
    }
}

/// A power of ten, for exponents from 0 to 15.
private func powerOfTen(_ exponent: Int) -> UInt64 {
    var power: UInt64 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
}

/// The exact product of a fraction and a power of ten, rounded once: to the nearest, ties to even.
///
/// Rounding the double product would round twice, and turn 1.115 (really a little less) into 1.12.
///
/// - Parameters:
///   - fraction: 0 ..< 1.
///   - scale: 1 ... 10^15, below 2^53.
///   - isWholeOdd: decides a tie when no digit of the fraction is kept.
/// - Returns: 0 ... scale.
private func roundedProduct(_ fraction: Double, _ scale: UInt64, isWholeOdd: Bool) -> UInt64 {
    let product = fraction * Double(scale)
    let floor = product.rounded(.down)
    // What the product lost when it was rounded, exact; the distance to the tie has the right sign.
    let lost = (-product).addingProduct(fraction, Double(scale))
    let beyondTie = (product - floor - 0.5) + lost
    let kept = UInt64(floor)
    if beyondTie == 0 {
        let isOdd = scale == 1 ? isWholeOdd : kept & 1 == 1
        return isOdd ? kept + 1 : kept
    }
    return beyondTie > 0 ? kept + 1 : kept
}
