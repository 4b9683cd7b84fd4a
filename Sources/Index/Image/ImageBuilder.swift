internal import Dispatch
public import Matcher

/// Why a record could not be put into an image; says nothing of its values.
public enum ImageBuilderError: Error, Equatable {
    /// The facility has a record of that id already.
    case repeatedID
    /// No record of the facility has that id.
    case noSuchPatient
    /// More facilities than an image can number.
    case tooManyFacilities(maximum: Int)
    /// More types of identifiers than an image can number.
    case tooManyIdentifierTypes(maximum: Int)
}

/// Fills an image: first the patients, then their care contexts, then `build`.
public struct ImageBuilder: ~Copyable {
    private var image: PatientImage
    private var ids = GrowingIDTable()
    private var contextRows = Column<UInt32>()
    private let defaultFacility: [UInt8]
    /// The patient of the last care context, beside whom that of the next one often is.
    private var lastContextRow = 0

    /// An empty builder.
    ///
    /// - Parameters:
    ///   - defaultFacility: whose records those without a facility are.
    ///   - seed: of the hashes; random unless a test needs the same tables twice.
    public init(defaultFacility: String, seed: UInt64 = UInt64.random(in: .min ... .max)) {
        image = PatientImage(hash: KeyHash(seed: seed))
        self.defaultFacility = Array(defaultFacility.utf8)
    }

    /// Patients so far.
    public var count: Int { image.rows.count }

    /// Makes room for a number of patients, so that the table of their ids need not grow on the way.
    ///
    /// - Parameter patients: how many are expected; more or fewer may come. Later calls do nothing.
    public mutating func reserve(patients: Int) {
        ids.reserve(min(patients, Int(UInt32.max >> 1)))
    }

    /// Starts to bring into the cache what adding a record of this id and facility will touch.
    public func prefetch(_ patient: borrowing PatientRecord) {
        let named = patient.texts.bytes(patient.facility)
        let facility =
            named.isEmpty
            ? image.facilities.find(defaultFacility.span) : image.facilities.find(named)
        guard let facility else { return }
        ids.prefetch(image.hash.of(patient.texts.bytes(patient.id), facility: facility))
    }

    /// Adds a finished patient record.
    ///
    /// - Throws: `ImageBuilderError`; the image is then as it was.
    /// - Complexity: O(bytes of the record) amortised.
    public mutating func append(_ patient: borrowing PatientRecord) throws(ImageBuilderError) {
        let facility = try ImageBuilder.facility(
            patient.texts.bytes(patient.facility), default: defaultFacility, &image.facilities)
        let id = patient.texts.bytes(patient.id)
        let row = image.rows.count
        let idHash = image.hash.of(id, facility: facility)
        ids.prefetch(idHash)
        let textStart = image.texts.count
        let address = patient.texts.bytes(patient.abhaAddress)
        image.texts.append(id)
        image.texts.append(address)
        appendName(patient.texts.bytes(patient.name))
        try appendIdentifiers(of: patient, undoingTo: textStart)
        if row % PatientImage.chunkRows == 0 { image.chunkBases.append(UInt64(textStart)) }
        image.rows.append(
            RowRecord(
                abhaNumber: patient.abhaNumber, mobile: patient.mobile,
                demographics: RowRecord.demographics(patient.gender, patient.birthDate),
                textOffset: UInt32(
                    textStart - Int(image.chunkBases[row / PatientImage.chunkRows])),
                contextsStart: 0, facility: facility, idCount: UInt8(id.count),
                addressCount: UInt8(address.count)))
        guard ids.insert(idHash, row: row, in: image) else {
            image.rows.truncate(to: row)
            image.texts.truncate(to: textStart)
            if row % PatientImage.chunkRows == 0 {
                image.chunkBases.truncate(to: image.chunkBases.count - 1)
            }
            throw .repeatedID
        }
    }

    /// Adds a care context of a patient who is there already.
    ///
    /// - Throws: `ImageBuilderError.noSuchPatient`.
    public mutating func append(
        _ context: borrowing CareContextRecord
    ) throws(ImageBuilderError) {
        let id = context.texts.bytes(context.patientID)
        let named = context.texts.bytes(context.facility)
        let facility =
            named.isEmpty
            ? image.facilities.find(defaultFacility.span) : image.facilities.find(named)
        guard let facility,
            let row = nearbyRow(of: id, facility)
                ?? ids.find(image.hash.of(id, facility: facility), id, facility, in: image)
        else { throw .noSuchPatient }
        lastContextRow = row
        image.contexts.append(context)
        contextRows.append(UInt32(row))
    }

    /// Makes the postings and gives the finished image.
    ///
    /// The four tables are made side by side on the machine's cores.
    ///
    /// - Complexity: O(rows + care contexts).
    public consuming func build() -> PatientImage {
        var image = self.image
        ImageBuilder.sortContexts(&image, contextRows)
        image.rows.trim()
        image.texts.trim()
        image.tables = TableBuilder.tables(of: image)
        image.establishedTokens = NameCensus.take(of: image)
        return image
    }

    /// The row of an id if it is that of the last care context or one of the three behind.
    ///
    /// Tables of care contexts are often in the order of the patients; a look-up costs three lines of
    /// memory that nobody has touched for long, and rows side by side none.
    private func nearbyRow(of id: Span<UInt8>, _ facility: UInt16) -> Int? {
        var row = lastContextRow
        let end = min(row + 4, image.rows.count)
        while row < end {
            if image.facility(of: row) == facility, image.id(of: row).equals(id) { return row }
            row += 1
        }
        return nil
    }

    private static func facility(
        _ name: Span<UInt8>, default defaultName: [UInt8], _ facilities: inout Facilities
    ) throws(ImageBuilderError) -> UInt16 {
        let number =
            name.isEmpty ? facilities.findOrAdd(defaultName.span) : facilities.findOrAdd(name)
        guard let number else { throw .tooManyFacilities(maximum: Facilities.countMax) }
        return number
    }

    private mutating func appendName(_ name: Span<UInt8>) {
        precondition(name.count < 0x8000)
        if name.count >= 0x80 { image.texts.append(UInt8(0x80 | name.count >> 8)) }
        image.texts.append(UInt8(truncatingIfNeeded: name.count))
        image.texts.append(name)
    }

    private mutating func appendIdentifiers(
        of patient: borrowing PatientRecord, undoingTo textStart: Int
    ) throws(ImageBuilderError) {
        image.texts.append(UInt8(patient.identifiers.count))
        for identifier in patient.identifiers {
            guard
                let type = image.identifierTypes.findOrAdd(
                    patient.texts.bytes(identifier.type))
            else {
                image.texts.truncate(to: textStart)
                throw .tooManyIdentifierTypes(maximum: IdentifierTypes.countMax)
            }
            let value = patient.texts.bytes(identifier.value)
            image.texts.append(type)
            image.texts.append(UInt8(value.count))
            image.texts.append(value)
        }
    }

    /// Gives every row the place of its care contexts, and the row behind the last one their end.
    private static func sortContexts(
        _ image: inout PatientImage, _ contextRows: borrowing Column<UInt32>
    ) {
        let rows = image.rows.count
        var starts = Column<UInt32>(repeating: 0, count: rows + 1)
        for index in 0..<contextRows.count { starts[Int(contextRows[index]) + 1] += 1 }
        for row in 0..<rows { starts[row + 1] += starts[row] }
        for row in 0..<rows {
            var record = image.rows[row]
            record.contextsStart = starts[row]
            image.rows[row] = record
        }
        image.rows.append(
            RowRecord(
                abhaNumber: 0, mobile: 0, demographics: 0, textOffset: 0,
                contextsStart: starts[rows], facility: 0, idCount: 0, addressCount: 0))
        image.contexts.sort(rows: contextRows, starts: starts)
    }
}
