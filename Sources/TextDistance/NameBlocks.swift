internal import CTextDistance

/// Many names, held so that one pattern can be compared with 64 of them at a time.
///
/// Names stand in blocks of 64, transposed: a row holds the codes of one letter of all the block's
/// names, and a block has as many rows as its longest name has letters. So names of one length belong
/// together: `NameOrder.byLength` puts them there. A name that is too long for a block, or that has a byte
/// outside the alphabet, is kept beside them as it is. Nothing changes once it is
/// made: any number of threads may read it.
///
/// Memory: 64 bytes a row, 9 bytes a name (13 in another order than given), 8 bytes a block.
@safe public struct NameBlocks: ~Copyable {
    /// The number of names in a block.
    public static let lanes = 64
    /// The longest name that a block can hold, in bytes; also the longest pattern that is compared with whole
    /// blocks.
    public static let lettersMax = 64
    /// The longest name of all, in bytes.
    public static let bytesMax = 65_534

    /// The number of names.
    public let count: Int
    /// Which name stands at each position; empty when each stands at its own.
    private let order: [UInt32]
    /// Whether any code is over 31: the names are not folded.
    private let isWide: Bool
    /// The names that no lane can hold, by position.
    let outsiders: [OutsiderName]
    let outsiderBytes: [UInt8]
    /// Rows, lengths, signatures and blocks, one behind the other: see `BlockLayout`.
    private let memory: UnsafeMutableRawPointer
    private let layout: BlockLayout

    /// Blocks of the given names.
    ///
    /// - Parameters:
    ///   - bytes: the names, one behind the other.
    ///   - ends: where each name ends in `bytes`, ascending; each at most `bytesMax` bytes long.
    ///   - order: which name stands where.
    /// - Complexity: O(bytes).
    public init(bytes: Span<UInt8>, ends: Span<Int>, order: NameOrder = .asGiven) {
        let plan = BlockPlan(bytes: bytes, ends: ends, order: order)
        let layout = BlockLayout(blocks: plan.blocks.count, rows: plan.rows)
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: layout.bytes, alignment: BlockLayout.alignment)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: layout.bytes)
        count = ends.count
        self.order = plan.order
        isWide = plan.isWide
        outsiders = plan.outsiders
        outsiderBytes = plan.outsiderBytes
        unsafe self.memory = memory
        self.layout = layout
        fill(from: bytes, ends: ends, plan: plan)
    }

    deinit { unsafe memory.deallocate() }

    /// The number of blocks; the last may be a part of one.
    public var blockCount: Int { layout.blocks }

    /// The number of positions in some blocks, which is 64 for each but the last.
    public func positions(of blocks: Range<Int>) -> Range<Int> {
        min(count, blocks.lowerBound * Self.lanes)..<min(count, blocks.upperBound * Self.lanes)
    }

    /// Which of the given names, 0..<count, stands at a position.
    public func name(at position: Int) -> Int {
        precondition(0..<count ~= position, "a position of a name")
        return order.isEmpty ? position : Int(order[position])
    }

    /// The signature of the name at each position.
    public var signatures: Span<NameSignature> {
        @_lifetime(borrow self)
        get {
            let signatures = unsafe Span(
                _unsafeStart: start(layout.signatures, NameSignature.self), count: count)
            // The memory is freed with self and never written after `init`.
            return unsafe _overrideLifetime(signatures, borrowing: self)
        }
    }

    /// The codes of all blocks, row by row.
    var rows: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let rows = unsafe Span(
                _unsafeStart: start(0, UInt8.self), count: layout.lengths)
            return unsafe _overrideLifetime(rows, borrowing: self)
        }
    }

    /// The number of letters of each lane.
    var lengths: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let lengths = unsafe Span(
                _unsafeStart: start(layout.lengths, UInt8.self),
                count: layout.blocks * Self.lanes)
            return unsafe _overrideLifetime(lengths, borrowing: self)
        }
    }

    /// Where the rows of a block begin, in rows.
    func firstRow(of block: Int) -> Int {
        precondition(0..<layout.blocks ~= block, "a block")
        return unsafe Int(start(layout.heads, ctextdistance_block.self)[block].first_row)
    }

    /// The addresses of all sections, for the C kernels; good as long as self is.
    var kernelNames: ctextdistance_names {
        unsafe ctextdistance_names(
            blocks: start(layout.heads, ctextdistance_block.self), rows: start(0, UInt8.self),
            lengths: start(layout.lengths, UInt8.self),
            signatures: start(layout.signatures, UInt64.self), is_wide: isWide)
    }

    /// A section of the memory, whose bytes were zeroed and then written as this type.
    private func start<T>(_ offset: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
        unsafe (memory + offset).assumingMemoryBound(to: type)
    }

    /// Writes what `init` has made room for.
    private func fill(from bytes: Span<UInt8>, ends: Span<Int>, plan: borrowing BlockPlan) {
        let rows = unsafe start(0, UInt8.self)
        let lengths = unsafe start(layout.lengths, UInt8.self)
        let signatures = unsafe start(layout.signatures, NameSignature.self)
        let heads = unsafe start(layout.heads, ctextdistance_block.self)
        for (block, head) in plan.blocks.enumerated() {
            unsafe heads[block] = ctextdistance_block(
                first_row: UInt32(head.firstRow), shortest: head.shortest, longest: head.longest)
            for lane in 0..<Self.lanes {
                let position = block * Self.lanes + lane
                // Lanes without a name of their own do what another one does; nobody looks at them.
                var held = head.standIn
                if position < count {
                    let name = plan.order.isEmpty ? position : Int(plan.order[position])
                    let range = BlockPlan.range(of: name, ends)
                    unsafe signatures[position] = NameSignature(of: bytes.extracting(range))
                    if plan.isInside[name] { held = name }
                } else if let standIn = head.standIn {
                    let range = BlockPlan.range(of: standIn, ends)
                    unsafe signatures[position] = NameSignature(of: bytes.extracting(range))
                }
                guard let held else { continue }
                let range = BlockPlan.range(of: held, ends)
                unsafe lengths[position] = UInt8(range.count)
                for (letter, offset) in range.enumerated() {
                    // `head` has `longest` rows, and no name inside is longer.
                    unsafe rows[(head.firstRow + letter) * Self.lanes + lane] =
                        NameAlphabet.code(of: bytes[offset])
                }
            }
        }
    }
}

// Written by `init` alone, before anybody else can see it.
extension NameBlocks: @unchecked Sendable {}

/// In which order names stand in their blocks.
public enum NameOrder: Sendable {
    /// The first name at position 0.
    case asGiven
    /// The shortest names first, names of one length as given: no lane waits for a longer one.
    case byLength
}

/// A name that no lane can hold: too long, or with a byte outside the alphabet.
struct OutsiderName {
    let position: Int
    /// In `NameBlocks.outsiderBytes`.
    let range: Range<Int>
}
