internal import CDemandPages

/// The beginning of a snapshot file: what it is, where its sections stand, and the checksum of every block.
///
///     0    magic "MILAAN\r\n"       8
///     8    byte order 0x0A0B0C0D    4      version               4
///     16   header's bytes           8      header's checksum     8     taken with zeros in its own place
///     32   file's bytes             8      hash state            8
///     48   name rules               8      seconds since 1970    8
///     64   patients                 8      care contexts         8
///     80   block's bytes            8      sections              8
///     96   per section: number 4, stride 4, count 8, offset 8
///          per block of each section in turn: XXH3 checksum 8
///
/// All numbers are little-endian. Sections begin at multiples of 4096; each is cut into blocks of its own.
package struct SnapshotHeader: Equatable {
    static let version = 3
    static let magic: [UInt8] = Array("MILAAN\r\n".utf8)
    static let fixedBytes = 96
    static let sectionBytes = 24
    /// Far more than any file's.
    static let bytesMax = 1 << 28
    /// More blocks are not made while larger ones are to be had.
    static let blocksMax = 1 << 14
    static let blockBytesMax = 1 << 30
    static let alignment = 4096
    private static let byteOrder: UInt32 = 0x0A0B_0C0D

    var fileBytes = 0
    var hashState: UInt64 = 0
    var nameRules: UInt64 = 0
    var writtenAtSeconds: Int64 = 0
    var patients = 0
    var careContexts = 0
    var blockBytes = 0
    var sections: [SnapshotSectionPlace] = []
    var checksums: [UInt64] = []

    /// How many bytes it takes.
    var bytes: Int {
        Self.fixedBytes + sections.count * Self.sectionBytes + checksums.count * 8
    }

    func place(of section: SnapshotSection) -> SnapshotSectionPlace? {
        sections.first { $0.section == section }
    }

    // MARK: Writing

    /// Gives the sections their places, one behind the other, and the file its length.
    ///
    /// - Parameters:
    ///   - counts: how many values each section has, in their order.
    ///   - wanted: bytes of a block, a power of two, at least 4096; nil for what suits the file.
    mutating func layOut(
        _ counts: [(section: SnapshotSection, count: Int)], blockBytes wanted: Int? = nil
    ) {
        let all = counts.map { $0.count * $0.section.stride }.reduce(0, +)
        blockBytes = wanted ?? Self.blockBytes(for: all)
        var blocks = 0
        sections = counts.map { section, count in
            let place = SnapshotSectionPlace(
                section: section, count: count, offset: 0, firstBlock: blocks)
            blocks += place.blocks(of: blockBytes)
            return place
        }
        checksums = [UInt64](repeating: 0, count: blocks)
        var offset = Self.aligned(bytes)
        for index in sections.indices {
            sections[index].offset = offset
            offset = Self.aligned(offset + sections[index].bytes)
        }
        fileBytes = offset
    }

    /// The size of block that suits a file.
    ///
    /// - Parameter bytes: of all sections.
    /// - Returns: a power of two.
    static func blockBytes(for bytes: Int) -> Int {
        // Blocks of a huge page, but for small files, of which one block would be most.
        var size = bytes > 64 << 20 ? 2 << 20 : 64 << 10
        // Each block is a mapping of its own, of which the system gives a process 65,530.
        while bytes / size > blocksMax, size < blockBytesMax { size *= 2 }
        return size
    }

    private static func aligned(_ offset: Int) -> Int {
        (offset + alignment - 1) / alignment * alignment
    }

    /// The header's bytes, with its checksum.
    package func encoded() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes)
        output += Self.magic
        output.append(Self.byteOrder)
        output.append(UInt32(Self.version))
        output.append(UInt64(bytes))
        output.append(UInt64(0))
        output.append(UInt64(fileBytes))
        output.append(hashState)
        output.append(nameRules)
        output.append(UInt64(bitPattern: writtenAtSeconds))
        output.append(UInt64(patients))
        output.append(UInt64(careContexts))
        output.append(UInt64(blockBytes))
        output.append(UInt64(sections.count))
        for place in sections {
            output.append(place.section.rawValue)
            output.append(UInt32(place.section.stride))
            output.append(UInt64(place.count))
            output.append(UInt64(place.offset))
        }
        for checksum in checksums { output.append(checksum) }
        var sum: [UInt8] = []
        sum.append(Self.checksum(output.span))
        output.replaceSubrange(24..<32, with: sum)
        return output
    }

    /// The checksum that a header and every block is written with.
    package static func checksum(_ bytes: Span<UInt8>) -> UInt64 {
        unsafe bytes.withUnsafeBufferPointer {
            unsafe cdemand_checksum($0.baseAddress, $0.count)
        }
    }

    // MARK: Reading

    /// How long the header of a file is that begins so.
    ///
    /// - Parameter start: the first `fixedBytes` of the file, or all of a shorter one.
    /// - Returns: its length, at least `fixedBytes`.
    /// - Throws: `SnapshotFileError` when no snapshot of this version begins so.
    static func bytes(ofFileBeginning start: Span<UInt8>) throws(SnapshotFileError) -> Int {
        for index in 0..<min(start.count, magic.count) where start[index] != magic[index] {
            throw .notASnapshot
        }
        guard start.count >= magic.count else { throw .notASnapshot }
        guard start.count >= fixedBytes else { throw .cutShort }
        var reader = LittleEndianReader(at: magic.count)
        let order = UInt32(truncatingIfNeeded: reader.number(start, 4))
        guard order == byteOrder else {
            throw order == byteOrder.byteSwapped ? .foreignByteOrder : .damaged(part: "header")
        }
        let version = Int(truncatingIfNeeded: reader.number(start, 4))
        guard version == Self.version else { throw .otherVersion(found: version) }
        let bytes = reader.number(start, 8)
        guard bytes >= UInt64(fixedBytes), bytes <= UInt64(bytesMax) else {
            throw .damaged(part: "header")
        }
        return Int(bytes)
    }

    /// Reads a header.
    ///
    /// - Parameter encoded: as many bytes as the header says that it has.
    /// - Throws: `SnapshotFileError` when it is not one, or says what cannot be.
    /// - Complexity: O(bytes).
    package init(decoding encoded: Span<UInt8>) throws(SnapshotFileError) {
        guard try Self.bytes(ofFileBeginning: encoded) == encoded.count else { throw .cutShort }
        var copy: [UInt8] = []
        copy.reserveCapacity(encoded.count)
        for index in encoded.indices { copy.append((24..<32).contains(index) ? 0 : encoded[index]) }
        var reader = LittleEndianReader(at: 24)
        guard reader.number(encoded, 8) == Self.checksum(copy.span) else {
            throw .damaged(part: "header")
        }
        fileBytes = try reader.count(encoded)
        hashState = reader.number(encoded, 8)
        nameRules = reader.number(encoded, 8)
        writtenAtSeconds = Int64(bitPattern: reader.number(encoded, 8))
        patients = try reader.count(encoded)
        careContexts = try reader.count(encoded)
        blockBytes = try reader.count(encoded)
        let count = try reader.count(encoded)
        guard blockBytes >= Self.alignment, blockBytes <= Self.blockBytesMax,
            blockBytes & (blockBytes - 1) == 0, count <= SnapshotSection.allCases.count,
            encoded.count >= Self.fixedBytes + count * Self.sectionBytes
        else { throw .damaged(part: "header") }
        var blocks = 0
        for _ in 0..<count {
            let place = try Self.section(encoded, &reader, firstBlock: blocks)
            guard place.bytes <= fileBytes, place.offset <= fileBytes - place.bytes,
                place.offset % Self.alignment == 0, place.offset >= encoded.count,
                self.place(of: place.section) == nil
            else { throw .damaged(part: "header") }
            sections.append(place)
            blocks += place.blocks(of: blockBytes)
        }
        guard encoded.count == reader.offset + blocks * 8 else { throw .damaged(part: "header") }
        for _ in 0..<blocks { checksums.append(reader.number(encoded, 8)) }
    }

    init() {}

    private static func section(
        _ encoded: Span<UInt8>, _ reader: inout LittleEndianReader, firstBlock: Int
    ) throws(SnapshotFileError) -> SnapshotSectionPlace {
        let number = UInt32(truncatingIfNeeded: reader.number(encoded, 4))
        let stride = Int(reader.number(encoded, 4))
        let count = try reader.count(encoded)
        let offset = try reader.count(encoded)
        guard let section = SnapshotSection(rawValue: number), stride == section.stride else {
            throw .damaged(part: "header")
        }
        return SnapshotSectionPlace(
            section: section, count: count, offset: offset, firstBlock: firstBlock)
    }
}

/// Reads numbers one after the other.
private struct LittleEndianReader {
    private(set) var offset: Int

    init(at offset: Int) { self.offset = offset }

    mutating func number(_ bytes: Span<UInt8>, _ size: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in 0..<size { number |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        offset += size
        return number
    }

    /// A number of bytes or values; no file has more than 2^48.
    mutating func count(_ bytes: Span<UInt8>) throws(SnapshotFileError) -> Int {
        let count = number(bytes, 8)
        guard count < 1 << 48 else { throw .damaged(part: "header") }
        return Int(count)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ number: some FixedWidthInteger) {
        for index in 0..<number.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: number >> (8 * index)))
        }
    }
}
