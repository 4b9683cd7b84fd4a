internal import CTextDistance

/// One name, prepared to be compared with blocks of others.
///
/// Prepare a name, compare it with any number of blocks, then prepare the next one: neither allocates for names
/// up to 64 bytes. Give each thread its own.
public struct BatchPattern: ~Copyable, Sendable {
    /// How whole blocks are compared.
    public let path: LanePath
    /// Bit i of word c is set when letter i has the code c.
    ///
    /// A byte without a code is equal to no letter in a lane, so that it needs no bit.
    private var masks: [UInt64]
    private var length = 0
    private var signature: NameSignature
    /// The same name for the names that no lane can hold.
    private var scalar = PreparedPatterns(slots: 1)

    /// An empty name.
    ///
    /// - Parameter path: one that this machine can run.
    public init(path: LanePath = .best) {
        precondition(path.isAvailable, "a path that this machine cannot run")
        self.path = path
        masks = Array(repeating: 0, count: NameAlphabet.codes)
        signature = NameSignature(of: Span<UInt8>())
    }

    /// Takes a name in place of the one before.
    ///
    /// - Parameter name: any bytes, at most `NameBlocks.bytesMax`; copied.
    public mutating func prepare(_ name: Span<UInt8>) {
        precondition(name.count <= NameBlocks.bytesMax, "a name of at most 65,534 bytes")
        for code in masks.indices { masks[code] = 0 }
        length = name.count
        signature = NameSignature(of: name)
        scalar.prepare(name, slot: 0)
        guard length <= NameBlocks.lettersMax else { return }
        for index in name.indices {
            let code = NameAlphabet.code(of: name[index])
            if code != 0 { masks[Int(code)] |= 1 &<< UInt64(index) }
        }
    }

    /// The Levenshtein distance to every name of some blocks, or one more than the limit where it is greater.
    ///
    /// Same as `boundedDistance(pattern, name, limit: limit) ?? limit + 1` for each, in order of positions.
    ///
    /// - Parameters:
    ///   - names: whom to compare with.
    ///   - blocks: which of their blocks, in 0...names.blockCount; all when nil.
    ///   - limit: in edits, >= 0; `Int.max` for exact distances. Values over 65,534 say nothing more, as no name
    ///     is longer.
    ///   - results: gets a distance for each of `names.positions(of: blocks)`, and has room for exactly these.
    /// - Complexity: for names of one length, at most 16 letters and about 12: half a nanosecond a name with
    ///   AVX-512. At low limits blocks are left out by length and signature. No allocation for patterns up to
    ///   4096 bytes.
    public func distances(
        to names: borrowing NameBlocks, blocks: Range<Int>? = nil, limit: Int = .max,
        into results: inout MutableSpan<UInt16>
    ) {
        let blocks = blocks ?? 0..<names.blockCount
        let positions = names.positions(of: blocks)
        precondition(limit >= 0, "a limit is a number of edits")
        precondition(
            blocks.lowerBound >= 0 && blocks.upperBound <= names.blockCount, "blocks that exist")
        precondition(results.count == positions.count, "room for one result a name")
        let limit = min(limit, NameBlocks.bytesMax)
        guard length <= NameBlocks.lettersMax else {
            longDistances(to: names, positions, limit, &results)
            return
        }
        if let kernel = path.kernel {
            kernelDistances(kernel, to: names, blocks, limit, &results)
        } else {
            for position in positions {
                results[position - positions.lowerBound] = PlainLane.distance(
                    masks: masks.span, patternLength: length, signature: signature, to: names,
                    position: position, limit: limit)
            }
        }
        outsiderDistances(to: names, positions, limit, &results)
    }

    /// Hands whole blocks to C; what the last one has too many goes into a block of its own first.
    private func kernelDistances(
        _ kernel: ctextdistance_path, to names: borrowing NameBlocks, _ blocks: Range<Int>,
        _ limit: Int, _ results: inout MutableSpan<UInt16>
    ) {
        let whole = results.count / NameBlocks.lanes
        let rest = results.count % NameBlocks.lanes
        // No distance within blocks is over 128, so that limits from there on are one.
        let limit = UInt32(min(limit, 254))
        // The pointers are good for this call alone: `names` and `masks` are borrowed for longer. C writes 64
        // results for each block that it is given, reads `names` as `NameBlocks.init` laid it out, and 64 masks.
        unsafe masks.withUnsafeBufferPointer { masks in
            var pattern = unsafe ctextdistance_pattern(
                masks: masks.baseAddress, signature: signature.bits, length: UInt32(length))
            var kernelNames = unsafe names.kernelNames
            unsafe results.withUnsafeMutableBufferPointer { results in
                unsafe ctextdistance_distances(
                    kernel, &pattern, &kernelNames, blocks.lowerBound, whole, limit,
                    results.baseAddress)
            }
            guard rest > 0 else { return }
            var last = InlineArray<64, UInt16>(repeating: 0)
            var lastSpan = last.mutableSpan
            unsafe lastSpan.withUnsafeMutableBufferPointer { last in
                unsafe ctextdistance_distances(
                    kernel, &pattern, &kernelNames, blocks.lowerBound + whole, 1, limit,
                    last.baseAddress)
            }
            for lane in 0..<rest { results[whole * NameBlocks.lanes + lane] = last[lane] }
        }
    }

    /// Replaces what stands where a name is that no lane can hold.
    private func outsiderDistances(
        to names: borrowing NameBlocks, _ positions: Range<Int>, _ limit: Int,
        _ results: inout MutableSpan<UInt16>
    ) {
        guard !names.outsiders.isEmpty else { return }
        let outsiders = names.outsiders.span
        // The first one at or behind the first position.
        var low = 0
        var high = outsiders.count
        while low < high {
            let middle = (low + high) / 2
            if outsiders[middle].position < positions.lowerBound {
                low = middle + 1
            } else {
                high = middle
            }
        }
        while low < outsiders.count, outsiders[low].position < positions.upperBound {
            let name = names.outsiderBytes.span.extracting(outsiders[low].range)
            let distance = scalar.distance(slot: 0, to: name, limit: limit) ?? limit + 1
            results[outsiders[low].position - positions.lowerBound] = UInt16(distance)
            low += 1
        }
    }

    /// A pattern that is longer than a word is compared with one name at a time.
    private func longDistances(
        to names: borrowing NameBlocks, _ positions: Range<Int>, _ limit: Int,
        _ results: inout MutableSpan<UInt16>
    ) {
        var letters = InlineArray<64, UInt8>(repeating: 0)
        for position in positions {
            let length = PlainLane.read(names, position: position, into: &letters)
            let name = letters.span.extracting(0..<length)
            let distance = scalar.distance(slot: 0, to: name, limit: limit) ?? limit + 1
            results[position - positions.lowerBound] = UInt16(distance)
        }
        outsiderDistances(to: names, positions, limit, &results)
    }
}
