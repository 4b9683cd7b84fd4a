internal import CTextDistance

/// Which letters a name has, and how many of each up to a few, in 64 bits.
///
/// Each letter owns some bits of the word, more of them where names of India have more of the letter, and
/// the first n are set when it occurs n times. An edit takes at most one letter away and adds at most one,
/// so that bits which only one of two names has are edits between them: a bound that costs a few
/// instructions and never says more than the distance.
public struct NameSignature: Hashable, Sendable, BitwiseCopyable {
    /// The bits; 0 for an empty name.
    public let bits: UInt64

    /// The signature of any bytes.
    ///
    /// - Parameter name: any length; meant for folded names. Capitals count as their small letters.
    public init(of name: Span<UInt8>) {
        var bits: UInt64 = 0
        for index in name.indices {
            let letter = Self.letterBits(of: name[index])
            // The letter's bits so far, one more from below, at most all of them.
            bits |= ((bits & letter) &<< 1 | (letter & (0 &- letter))) & letter
        }
        self.bits = bits
    }

    /// A number of edits that two names certainly need.
    ///
    /// - Parameters:
    ///   - other: the signature of another name.
    ///   - difference: how many bytes that name is longer than this one; negative when it is shorter.
    /// - Returns: 0...max of the two lengths, never more than the Levenshtein distance of the bytes.
    @inline(__always)
    public func leastDistance(to other: NameSignature, longerBy difference: Int) -> Int {
        // Of a name that is longer by d, d letters more have no partner.
        let missing = (bits & ~other.bits).nonzeroBitCount + max(0, difference)
        let added = (other.bits & ~bits).nonzeroBitCount + max(0, 0 - difference)
        return max(missing, added)
    }

    /// Marks the signatures of a column that leave a distance within a limit possible.
    ///
    /// Same as `leastDistance(to:longerBy: 0) <= limit` for each. Lengths are not looked at.
    ///
    /// - Parameters:
    ///   - column: any number of signatures.
    ///   - limit: in edits, >= 0.
    ///   - path: one that this machine can run.
    ///   - survivors: gets bit i of word w for signature 64w + i, and zeros behind the last; a word for each
    ///     64 signatures begun.
    /// - Complexity: O(column.count), about the time that it takes to read the column; no allocation.
    public func markSurvivors(
        in column: Span<NameSignature>, limit: Int, by path: LanePath = .best,
        into survivors: inout MutableSpan<UInt64>
    ) {
        precondition(limit >= 0, "a limit is a number of edits")
        precondition(path.isAvailable, "a path that this machine cannot run")
        precondition(survivors.count == (column.count + 63) / 64, "a bit for each signature")
        let whole = path.kernel == nil ? 0 : column.count / 64
        if let kernel = path.kernel, whole > 0 {
            // The C side reads 64 signatures, each one word, for each word that it writes; both counts
            // were held against each other above.
            unsafe column.withUnsafeBytes { column in
                unsafe survivors.withUnsafeMutableBufferPointer { survivors in
                    unsafe ctextdistance_survivors(
                        kernel, column.baseAddress?.assumingMemoryBound(to: UInt64.self), whole,
                        bits, UInt32(min(limit, 64)), survivors.baseAddress)
                }
            }
        }
        for word in whole..<survivors.count {
            var kept: UInt64 = 0
            for index in word * 64..<min(word * 64 + 64, column.count)
            where leastDistance(to: column[index], longerBy: 0) <= limit {
                kept |= 1 &<< UInt64(index & 63)
            }
            survivors[word] = kept
        }
    }

    /// The bits that belong to a byte: 5 for `a`, 2 for most letters, 1 for rare ones; bytes that are not
    /// letters and not spaces share 4.
    @inline(__always)
    static func letterBits(of byte: UInt8) -> UInt64 {
        // A capital and its small letter differ in one bit only.
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        if letter < 26 { return letterBits[Int(letter)] }
        if byte == UInt8(ascii: " ") { return 0b111 << 57 }
        return byte & 1 == 0 ? 0b11 << 60 : 0b11 << 62
    }

    private static let letterBits: InlineArray<26, UInt64> = {
        // In the order of the alphabet; 57 bits in all.
        let counts: InlineArray<26, UInt64> = [
            5, 2, 2, 2, 3, 1, 2, 3, 3, 2, 2, 2, 3, 3, 2, 2, 1, 3, 3, 2, 2, 2, 1, 1, 2, 1,
        ]
        var bits = InlineArray<26, UInt64>(repeating: 0)
        var first: UInt64 = 0
        for letter in counts.indices {
            bits[letter] = ((1 << counts[letter]) - 1) << first
            first += counts[letter]
        }
        return bits
    }()
}
