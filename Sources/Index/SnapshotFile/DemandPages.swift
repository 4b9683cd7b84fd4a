internal import CDemandPages
internal import Glibc

/// The large sections of a snapshot file in memory, filled a block at a time when they are first touched.
///
/// Whatever happens to the file later, a block that is here stays as it was when its checksum was compared.
/// One that cannot be had any more ends the process: there is no answer to give. See `docs/decisions`.
///
/// `@unchecked Sendable`: what fills the memory is safe on any thread; the rest does not change.
@safe final class DemandPages: @unchecked Sendable {
    /// Open until all of it is here: a file that was replaced keeps its place on the disk as long.
    private let file: ThreadLock<OpenSnapshot?>
    private let descriptor: Int32
    private var regions: [OpaquePointer] = unsafe []

    /// Nothing yet, of an open file.
    init(_ descriptor: consuming SnapshotDescriptor) {
        self.descriptor = descriptor.number
        file = ThreadLock(OpenSnapshot(descriptor))
    }

    deinit {
        for index in unsafe regions.indices { unsafe cdemand_close(regions[index]) }
    }

    /// A section of the file as a column, none of which has been read.
    ///
    /// The column must not outlive this object.
    ///
    /// - Parameters:
    ///   - place: the section.
    ///   - header: the file's.
    ///   - name: what a line on standard error begins with when a block cannot be had.
    /// - Returns: the column.
    /// - Throws: `SnapshotFileError` when there is no memory for it.
    func column<Element: BitwiseCopyable>(
        _ place: SnapshotSectionPlace, _ header: SnapshotHeader, _ name: String
    ) throws(SnapshotFileError) -> Column<Element> {
        guard place.count > 0 else { return Column() }
        let blocks = place.blocks(of: header.blockBytes)
        let checksums = header.checksums[place.firstBlock..<place.firstBlock + blocks]
        let region = unsafe checksums.withUnsafeBufferPointer {
            unsafe cdemand_open(
                descriptor, UInt64(place.offset), place.bytes, header.blockBytes,
                $0.baseAddress, name)
        }
        guard let region = unsafe region, let start = unsafe cdemand_start(region) else {
            throw .last("mmap")
        }
        unsafe regions.append(region)
        return unsafe Column(
            lent: start.assumingMemoryBound(to: Element.self), count: place.count)
    }

    /// Brings all blocks that are not here yet, so that the file is needed no more.
    ///
    /// Safe beside any number of readers.
    ///
    /// - Throws: `SnapshotFileError` when one cannot be had.
    func bringAll() throws(SnapshotFileError) {
        for index in unsafe regions.indices {
            let region = unsafe regions[index]
            for number in 0..<(unsafe cdemand_blocks(region)) {
                switch unsafe cdemand_bring(region, number) {
                case cdemand_here: continue
                case cdemand_short: throw .cutShort
                case cdemand_damaged: throw .damaged(part: "a block that was read later")
                default: throw .last("read")
                }
            }
        }
        file.withLock { $0 = nil }
    }
}

/// A file that is closed with its last owner.
private final class OpenSnapshot: Sendable {
    private let descriptor: SnapshotDescriptor

    init(_ descriptor: consuming SnapshotDescriptor) { self.descriptor = descriptor }
}
