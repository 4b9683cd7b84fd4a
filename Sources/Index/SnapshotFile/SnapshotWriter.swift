internal import CDemandPages
internal import Matcher

extension Snapshot {
    /// Writes the snapshot to a file from which `init(file:)` gives it back.
    ///
    /// The file is written as `path.writing` and takes its place at once when all of it is on the disk:
    /// whoever opens the path finds the old one or the new one, whole. Only its owner can read it. Writers
    /// of one path wait for each other. Little-endian machines only.
    ///
    /// - Parameters:
    ///   - path: where it shall stand; a snapshot or an empty file that stands there is replaced.
    ///   - defaultFacility: the facility of records that named none, for whoever reads it.
    /// - Throws: `SnapshotFileError`; what stood there is then as it was, unless the name alone could not be
    ///   put on the disk.
    /// - Complexity: O(bytes of the image).
    public func write(to path: String, defaultFacility: String) throws(SnapshotFileError) {
        try write(to: path, defaultFacility: defaultFacility, blockBytes: nil)
    }

    /// Says what would keep a snapshot from being written to a path, before the work of making one.
    ///
    /// - Parameter path: where it shall stand.
    /// - Throws: `SnapshotFileError` for what can be known now of the place: what stands there, its folder.
    public static func checkPlace(_ path: String) throws(SnapshotFileError) {
        try SnapshotDraft.check(path)
    }

    /// The same in blocks of another size than the one that suits the file.
    ///
    /// - Parameters:
    ///   - path: as above.
    ///   - defaultFacility: as above.
    ///   - blockBytes: a power of two, at least 4096; nil for the one that suits.
    /// - Throws: as above.
    func write(
        to path: String, defaultFacility: String, blockBytes: Int?
    ) throws(SnapshotFileError) {
        // What the system reads by itself must be here: it would not wait for a block.
        try image.pages?.bringAll()
        var draft = try SnapshotDraft(of: path)
        let parts = SnapshotParts(
            position: Array(position.utf8), defaultFacility: Array(defaultFacility.utf8),
            image: image)
        try SnapshotWriter.write(
            image, parts, writtenAtSeconds: publishedAtSeconds, blockBytes: blockBytes,
            to: draft.file)
        try draft.publish()
    }
}

/// The small sections of a snapshot file, which are not columns of an image.
struct SnapshotParts {
    var position: [UInt8]
    var defaultFacility: [UInt8]
    /// Each name's length in one byte, then the name.
    var identifierTypes: [UInt8] = []
    var establishedTokens: [UInt64]

    init(position: [UInt8], defaultFacility: [UInt8], image: borrowing PatientImage) {
        self.position = position
        self.defaultFacility = defaultFacility
        establishedTokens = image.establishedTokens.keys
        for name in image.identifierTypes.names {
            identifierTypes.append(UInt8(name.count))
            identifierTypes += name
        }
    }
}

/// Writes the sections of an image, then the header that tells of them.
private struct SnapshotWriter: ~Copyable {
    private var header: SnapshotHeader
    private var next = 0

    static func write(
        _ image: borrowing PatientImage, _ parts: SnapshotParts, writtenAtSeconds: Int64,
        blockBytes: Int?, to file: borrowing SnapshotDescriptor
    ) throws(SnapshotFileError) {
        var writer = SnapshotWriter(image, parts, blockBytes)
        writer.header.hashState = image.hash.state
        writer.header.nameRules = NameRules.fingerprint
        writer.header.writtenAtSeconds = writtenAtSeconds
        writer.header.patients = image.count
        writer.header.careContexts = image.careContextCount
        try writer.writeSections(image, parts, to: file)
        let header = writer.header.encoded()
        try unsafe file.write(header.span.bytes, at: 0)
        try file.finish(writer.header.fileBytes)
    }

    private init(
        _ image: borrowing PatientImage, _ parts: SnapshotParts, _ blockBytes: Int?
    ) {
        let sections: [(SnapshotSection, Int)] = [
            (.rows, image.heap.bytes.count), (.places, image.places.count),
            (.nameLetters, image.nameLetters.count),
            (.facilityNames, image.facilities.all.count),
            (.facilityStarts, image.facilities.allStarts.count),
            (.facilityRows, image.facilityRows.count),
            (.districtNames, image.districts.all.count),
            (.districtStarts, image.districts.allStarts.count),
            (.identifierTypes, parts.identifierTypes.count),
            (.establishedTokens, parts.establishedTokens.count),
            (.careContexts, image.contexts.heap.count),
            (.addressBuckets, image.tables[.abhaAddress].buckets.count),
            (.addressLists, image.tables[.abhaAddress].lists.count),
            (.numberBuckets, image.tables[.abhaNumber].buckets.count),
            (.numberLists, image.tables[.abhaNumber].lists.count),
            (.mobileBuckets, image.tables[.mobile].buckets.count),
            (.mobileLists, image.tables[.mobile].lists.count),
            (.identifierBuckets, image.tables[.other].buckets.count),
            (.identifierLists, image.tables[.other].lists.count),
            (.position, parts.position.count), (.defaultFacility, parts.defaultFacility.count),
        ]
        header = SnapshotHeader()
        header.layOut(sections, blockBytes: blockBytes)
    }

    /// In the order of the layout.
    private mutating func writeSections(
        _ image: borrowing PatientImage, _ parts: SnapshotParts,
        to file: borrowing SnapshotDescriptor
    ) throws(SnapshotFileError) {
        try write(image.heap.bytes.span, to: file)
        try write(image.places.span, to: file)
        try write(image.nameLetters.span, to: file)
        try write(image.facilities.all, to: file)
        try write(image.facilities.allStarts, to: file)
        try write(image.facilityRows.span, to: file)
        try write(image.districts.all, to: file)
        try write(image.districts.allStarts, to: file)
        try write(parts.identifierTypes.span, to: file)
        try write(parts.establishedTokens.span, to: file)
        try write(image.contexts.heap.span, to: file)
        for kind in [IdentifierKind.abhaAddress, .abhaNumber, .mobile, .other] {
            try write(image.tables[kind].buckets.span, to: file)
            try write(image.tables[kind].lists.span, to: file)
        }
        try write(parts.position.span, to: file)
        try write(parts.defaultFacility.span, to: file)
    }

    /// Writes the next section a block at a time, each with its checksum.
    private mutating func write<Element: BitwiseCopyable>(
        _ values: Span<Element>, to file: borrowing SnapshotDescriptor
    ) throws(SnapshotFileError) {
        let place = header.sections[next]
        precondition(
            MemoryLayout<Element>.stride == place.section.stride && values.count == place.count)
        next += 1
        let bytes = unsafe values.bytes
        for block in 0..<place.blocks(of: header.blockBytes) {
            let start = block * header.blockBytes
            let part = bytes.extracting(
                start..<min(start + header.blockBytes, bytes.byteCount))
            header.checksums[place.firstBlock + block] = unsafe part.withUnsafeBytes {
                unsafe cdemand_checksum($0.baseAddress, $0.count)
            }
            try file.write(part, at: place.offset + start)
        }
    }
}
