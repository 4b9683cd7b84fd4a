internal import CDemandPages
internal import Glibc
internal import Matcher

/// What a snapshot file says of itself.
public struct SnapshotInfo: Equatable, Sendable {
    /// The version of the format.
    public var version: Int
    /// How many patient records it holds.
    public var patients: Int
    /// How many care contexts it holds.
    public var careContexts: Int
    /// How many facilities have at least one record.
    public var facilities: Int
    /// The facility of records that named none.
    public var defaultFacility: String
    /// Where in the source the records were taken.
    public var position: String
    /// When the records were taken, in seconds since 1970.
    public var publishedAtSeconds: Int64
    /// How long the file is.
    public var bytes: Int
    /// How many bytes are read and compared with a checksum at once.
    public var blockBytes: Int
    /// Its sections, in the order in which they stand.
    public var sections: [SnapshotSectionPlace]
}

/// A snapshot file that was opened and is what it says it is, as far as its header goes.
///
/// Opening reads the header and the small sections, and none of the rows.
public struct SnapshotFile: ~Copyable {
    private let path: String
    private let descriptor: SnapshotDescriptor
    private let header: SnapshotHeader

    /// Opens a file.
    ///
    /// - Throws: `SnapshotFileError` when it is none of this version, machine and these rules for names, or
    ///   is shorter than it says.
    /// - Complexity: O(header), which has eight bytes for each block.
    public init(path: String) throws(SnapshotFileError) {
        let file = try SnapshotDescriptor(reading: path)
        let header = try Self.header(of: file)
        self.init(path, file, header)
    }

    private init(
        _ path: String, _ descriptor: consuming SnapshotDescriptor, _ header: SnapshotHeader
    ) {
        self.path = path
        self.descriptor = descriptor
        self.header = header
    }

    private static func header(
        of file: borrowing SnapshotDescriptor
    ) throws(SnapshotFileError) -> SnapshotHeader {
        let count = try file.count()
        let start = try file.read(min(count, SnapshotHeader.fixedBytes), at: 0)
        let bytes = try SnapshotHeader.bytes(ofFileBeginning: start.span)
        guard bytes <= count else { throw .cutShort }
        let encoded = try file.read(bytes, at: 0)
        let header = try SnapshotHeader(decoding: encoded.span)
        guard header.fileBytes <= count else { throw .cutShort }
        guard header.fileBytes == count else { throw .damaged(part: "its length") }
        guard header.nameRules == NameRules.fingerprint else { throw .otherNameRules }
        return header
    }

    /// What the file says of itself.
    public func info() throws(SnapshotFileError) -> SnapshotInfo {
        SnapshotInfo(
            version: SnapshotHeader.version, patients: header.patients,
            careContexts: header.careContexts,
            facilities: max(1, header.place(of: .facilityStarts)?.count ?? 1) - 1,
            defaultFacility: String(decoding: try bytes(of: .defaultFacility), as: UTF8.self),
            position: String(decoding: try bytes(of: .position), as: UTF8.self),
            publishedAtSeconds: header.writtenAtSeconds, bytes: header.fileBytes,
            blockBytes: header.blockBytes, sections: header.sections)
    }

    /// Reads all of the file and compares it with its checksums, and its parts with each other.
    ///
    /// - Returns: the sections that are damaged; none of a sound file.
    /// - Throws: `SnapshotFileError` when it cannot be read or its sections do not belong together.
    public func damagedSections() throws(SnapshotFileError) -> [SnapshotSection] {
        var damaged: [SnapshotSection] = []
        for place in header.sections {
            do throws(SnapshotFileError) {
                try forEachBlock(of: place) { (_: [UInt8]) in }
            } catch .damaged {
                damaged.append(place.section)
            }
        }
        if damaged.isEmpty { _ = try smallParts() }
        return damaged
    }

    /// The snapshot, whose rows are read when they are first touched.
    ///
    /// A block that is damaged, or was changed since, ends the process when it is touched: there is no
    /// answer to give. `Snapshot.bringAll` reads what is left.
    ///
    /// - Throws: `SnapshotFileError` when a small section is damaged or the sections do not belong together.
    /// - Complexity: O(blocks).
    public consuming func snapshot() throws(SnapshotFileError) -> Snapshot {
        let position = String(decoding: try bytes(of: .position), as: UTF8.self)
        let writtenAt = header.writtenAtSeconds
        return Snapshot(image: try image(), position: position, publishedAtSeconds: writtenAt)
    }

    // MARK: The image

    /// An image that has all but its large sections.
    private func smallParts() throws(SnapshotFileError) -> PatientImage {
        let hash = KeyHash(state: header.hashState)
        var image = PatientImage(hash: hash)
        try checkCounts()
        image.facilities = try texts(.facilityNames, .facilityStarts, hash, Int(UInt16.max))
        image.districts = try texts(
            .districtNames, .districtStarts, hash, RowRecord.districtsMax)
        for row in try facilityRows() { image.facilityRows.append(row) }
        for name in try identifierTypes() where image.identifierTypes.findOrAdd(name.span) == nil {
            throw .damaged(part: "identifierTypes")
        }
        image.establishedTokens = EstablishedTokens(try numbers(of: .establishedTokens))
        return image
    }

    private consuming func image() throws(SnapshotFileError) -> PatientImage {
        let header = header
        var image = try smallParts()
        let path = path
        let pages = DemandPages(takeDescriptor())
        func column<Element: BitwiseCopyable>(
            _ section: SnapshotSection
        ) throws(SnapshotFileError) -> Column<Element> {
            guard let place = header.place(of: section) else { throw .damaged(part: "header") }
            return try pages.column(place, header, "milaan: \(path), section \(section)")
        }
        image.heap = RowHeap(try column(.rows))
        image.places = try column(.places)
        image.nameLetters = try column(.nameLetters)
        image.contexts = CareContexts(try column(.careContexts), count: header.careContexts)
        image.tables[.abhaAddress] = PostingTable(
            buckets: try column(.addressBuckets), lists: try column(.addressLists))
        image.tables[.abhaNumber] = PostingTable(
            buckets: try column(.numberBuckets), lists: try column(.numberLists))
        image.tables[.mobile] = PostingTable(
            buckets: try column(.mobileBuckets), lists: try column(.mobileLists))
        image.tables[.other] = PostingTable(
            buckets: try column(.identifierBuckets), lists: try column(.identifierLists))
        image.pages = pages
        return image
    }

    private consuming func takeDescriptor() -> SnapshotDescriptor { descriptor }

    /// Whether all sections are there, with the lengths that those of one image have.
    private func checkCounts() throws(SnapshotFileError) {
        guard header.sections.count == SnapshotSection.allCases.count else {
            throw .damaged(part: "header")
        }
        func count(_ section: SnapshotSection) -> Int { header.place(of: section)?.count ?? 0 }
        guard count(.places) == header.patients, count(.nameLetters) == header.patients,
            count(.careContexts) / CareContextHead.bytes >= header.careContexts,
            (count(.careContexts) == 0) == (header.careContexts == 0),
            count(.facilityRows) == count(.facilityStarts),
            header.patients <= ImageBuilder.rowsMax
        else { throw .damaged(part: "header") }
        let tables: [SnapshotSection] = [
            .addressBuckets, .numberBuckets, .mobileBuckets, .identifierBuckets,
        ]
        for table in tables where count(table) == 0 { throw .damaged(part: "header") }
    }

    /// The texts that two sections hold.
    private func texts(
        _ names: SnapshotSection, _ starts: SnapshotSection, _ hash: KeyHash, _ countMax: Int
    ) throws(SnapshotFileError) -> NumberedTexts {
        let all = try bytes(of: names)
        let places: [UInt32] = try numbers(of: starts)
        guard places.first == 0, places.count <= countMax + 1,
            Int(places[places.count - 1]) == all.count,
            !zip(places, places.dropFirst()).contains(where: >)
        else { throw .damaged(part: "\(starts)") }
        return NumberedTexts(hash: hash, countMax: countMax, all: all.span, starts: places.span)
    }

    private func facilityRows() throws(SnapshotFileError) -> [UInt32] {
        let rows: [UInt32] = try numbers(of: .facilityRows)
        guard rows.first == 0, Int(rows[rows.count - 1]) == header.patients,
            !zip(rows, rows.dropFirst()).contains(where: >)
        else { throw .damaged(part: "facilityRows") }
        return rows
    }

    private func identifierTypes() throws(SnapshotFileError) -> [[UInt8]] {
        let bytes = try bytes(of: .identifierTypes)
        var names: [[UInt8]] = []
        var offset = 0
        while offset < bytes.count {
            let end = offset + 1 + Int(bytes[offset])
            guard end <= bytes.count else { throw .damaged(part: "identifierTypes") }
            names.append(Array(bytes[offset + 1..<end]))
            offset = end
        }
        return names
    }

    // MARK: Small sections

    private func bytes(of section: SnapshotSection) throws(SnapshotFileError) -> [UInt8] {
        guard let place = header.place(of: section) else { throw .damaged(part: "header") }
        var bytes: [UInt8] = []
        try forEachBlock(of: place) { bytes += $0 }
        return bytes
    }

    private func numbers<Number: FixedWidthInteger>(
        of section: SnapshotSection
    ) throws(SnapshotFileError) -> [Number] {
        let bytes = try bytes(of: section)
        let size = Number.bitWidth / 8
        return (0..<bytes.count / size).map { index in
            var number: Number = 0
            for byte in 0..<size {
                number |= Number(truncatingIfNeeded: bytes[index * size + byte]) << (8 * byte)
            }
            return number
        }
    }

    private func forEachBlock(
        of place: SnapshotSectionPlace, _ take: ([UInt8]) -> Void
    ) throws(SnapshotFileError) {
        for block in 0..<place.blocks(of: header.blockBytes) {
            let start = block * header.blockBytes
            let count = min(header.blockBytes, place.bytes - start)
            let bytes = try descriptor.read(count, at: place.offset + start)
            guard SnapshotHeader.checksum(bytes.span) == header.checksums[place.firstBlock + block]
            else { throw .damaged(part: "\(place.section)") }
            take(bytes)
        }
    }
}

extension Snapshot {
    /// Reads what has not been touched yet of a snapshot that was opened from a file.
    ///
    /// Afterwards nothing that happens to the file matters. Does nothing for other snapshots. Safe beside
    /// readers on other threads.
    ///
    /// - Throws: `SnapshotFileError` when the file is damaged, cut short or changed.
    public func bringAll() throws(SnapshotFileError) { try image.pages?.bringAll() }
}
