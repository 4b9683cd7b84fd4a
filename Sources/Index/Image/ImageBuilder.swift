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
    /// More rows than an image can hold.
    case tooManyRows
}

/// Fills an image: first the patients, then their care contexts, then `build`.
public struct ImageBuilder: ~Copyable {
    private var image: PatientImage
    private(set) var loaded = LoadedRows()
    private var ids: GrowingIDTable
    private var contextRows = Column<UInt32>()
    private let defaultFacility: [UInt8]
    /// The largest number is a mark.
    static let rowsMax = Int(UInt32.max)
    /// The patient of the last care context, beside whom that of the next one often is.
    private var lastContextRow = 0

    /// An empty builder.
    ///
    /// - Parameters:
    ///   - defaultFacility: whose records those without a facility are.
    ///   - seed: of the hashes; random unless a test needs the same tables twice.
    public init(defaultFacility: String, seed: UInt64 = UInt64.random(in: .min ... .max)) {
        let hash = KeyHash(seed: seed)
        image = PatientImage(hash: hash)
        ids = GrowingIDTable(hash: hash)
        self.defaultFacility = Array(defaultFacility.utf8)
    }

    /// Patients so far.
    public var count: Int { loaded.count }

    /// Makes room for a number of patients, so that the table of their ids need not grow on the way.
    ///
    /// - Parameter patients: how many are expected; more or fewer may come. Later calls do nothing.
    public mutating func reserve(patients: Int) {
        ids.reserve(min(patients, Self.rowsMax))
    }

    /// Starts to bring into the cache what adding a record of this id and facility will touch.
    public func prefetch(_ patient: borrowing PatientRecord) {
        let named = patient.texts.bytes(patient.facility)
        guard let facility = facility(named) else { return }
        ids.prefetch(image.hash.of(patient.texts.bytes(patient.id), facility: facility))
    }

    /// Adds a finished patient record.
    ///
    /// - Throws: `ImageBuilderError`; the image is then as it was.
    /// - Complexity: O(bytes of the record) amortised.
    public mutating func append(_ patient: borrowing PatientRecord) throws(ImageBuilderError) {
        let facility = try ImageBuilder.facility(
            patient.texts.bytes(patient.facility), default: defaultFacility, &image.facilities)
        guard let place = loaded.heap.end, loaded.count < Self.rowsMax else { throw .tooManyRows }
        let id = patient.texts.bytes(patient.id)
        let row = loaded.count
        let idHash = image.hash.of(id, facility: facility)
        ids.prefetch(idHash)
        let address = ABHAAddressParts(patient.texts.bytes(patient.abhaAddress))
        let name = patient.texts.bytes(patient.name)
        let record = RowRecord(
            patient, facility: facility, district: district(patient.texts.bytes(patient.district)))
        loaded.heap.begin(record, at: place)
        loaded.heap.append(UInt8(id.count))
        loaded.heap.append(RowTexts.head(of: address))
        loaded.heap.append(id)
        loaded.heap.append(address.name)
        appendName(name)
        try appendIdentifiers(of: patient, undoingTo: place)
        loaded.places.append(place)
        loaded.keys.append(record.order)
        loaded.letters.append(NameLetters(name))
        guard ids.insert(idHash, row: row, in: loaded) else {
            loaded.dropLast()
            throw .repeatedID
        }
        loaded.keyCounts.add(patient)
    }

    /// Adds a care context of a patient who is there already.
    ///
    /// - Throws: `ImageBuilderError.noSuchPatient`.
    public mutating func append(
        _ context: borrowing CareContextRecord
    ) throws(ImageBuilderError) {
        let id = context.texts.bytes(context.patientID)
        let named = context.texts.bytes(context.facility)
        guard let facility = facility(named),
            let row = nearbyRow(of: id, facility)
                ?? ids.find(image.hash.of(id, facility: facility), id, facility, in: loaded)
        else { throw .noSuchPatient }
        lastContextRow = row
        image.contexts.append(context)
        contextRows.append(UInt32(row))
    }

    /// Orders the rows, makes the postings, and gives the finished image.
    ///
    /// The four tables are made side by side on the machine's cores.
    ///
    /// - Complexity: O(rows + care contexts).
    public consuming func build() -> PatientImage {
        // Its memory serves the tables; what is left of a consumed builder would live until the end.
        Self.forget(self.ids)
        var image = self.image
        var loaded = self.loaded
        image.contexts.sort(rows: contextRows, of: &loaded)
        image.tables = TableBuilder.tables(of: loaded, image.hash)
        image.establishedTokens = NameCensus.take(of: loaded)
        image.take(loaded)
        return image
    }

    private static func forget(_ ids: consuming GrowingIDTable) {}

    /// The row of an id if it is that of the last care context or one of the three behind.
    ///
    /// Tables of care contexts are often in the order of the patients; a look-up costs three lines of
    /// memory that nobody has touched for long, and rows side by side none.
    private func nearbyRow(of id: Span<UInt8>, _ facility: UInt16) -> Int? {
        var row = lastContextRow
        let end = min(row + 4, loaded.count)
        while row < end {
            if loaded.facility(of: row) == facility, loaded.id(of: row).equals(id) { return row }
            row += 1
        }
        return nil
    }

    /// The facility of that name, or of none; nil when it has no row.
    private func facility(_ named: Span<UInt8>) -> UInt16? {
        let number =
            named.isEmpty
            ? image.facilities.find(defaultFacility.span) : image.facilities.find(named)
        return number.map { UInt16($0) }
    }

    private static func facility(
        _ name: Span<UInt8>, default defaultName: [UInt8], _ facilities: inout NumberedTexts
    ) throws(ImageBuilderError) -> UInt16 {
        let number =
            name.isEmpty ? facilities.findOrAdd(defaultName.span) : facilities.findOrAdd(name)
        guard let number else { throw .tooManyFacilities(maximum: Int(UInt16.max)) }
        return UInt16(number)
    }

    /// One more than the number of a district; 0 for none, and for those that are too many to be told apart.
    private mutating func district(_ name: Span<UInt8>) -> Int {
        guard !name.isEmpty, let number = image.districts.findOrAdd(name) else { return 0 }
        return number + 1
    }

    private mutating func appendName(_ name: Span<UInt8>) {
        precondition(name.count < 0x8000)
        if name.count >= 0x80 { loaded.heap.append(UInt8(0x80 | name.count >> 8)) }
        loaded.heap.append(UInt8(truncatingIfNeeded: name.count))
        loaded.heap.append(name)
    }

    private mutating func appendIdentifiers(
        of patient: borrowing PatientRecord, undoingTo place: RowPlace
    ) throws(ImageBuilderError) {
        let count = patient.identifiers.count
        for index in 0..<count {
            let identifier = patient.identifiers[index]
            guard
                let type = image.identifierTypes.findOrAdd(
                    patient.texts.bytes(identifier.type))
            else {
                loaded.heap.truncate(to: place)
                throw .tooManyIdentifierTypes(maximum: IdentifierTypes.countMax)
            }
            if count == 1, type < IdentifierCursor.isOne {
                loaded.heap.append(IdentifierCursor.isOne | type)
            } else {
                if index == 0 { loaded.heap.append(UInt8(count)) }
                loaded.heap.append(type)
            }
            let value = patient.texts.bytes(identifier.value)
            loaded.heap.append(UInt8(value.count))
            loaded.heap.append(value)
        }
        if count == 0 { loaded.heap.append(0) }
    }
}

extension PatientImage {
    /// Takes the heap of loaded rows as it is, and numbers the rows in their order.
    fileprivate mutating func take(_ loaded: consuming LoadedRows) {
        let order = RowOrder(loaded, facilities: facilities.count)
        places = Column(repeating: RowPlace(rawValue: 0), count: loaded.count)
        nameLetters = Column(repeating: .none, count: loaded.count)
        for row in 0..<loaded.count {
            let number = Int(order.numbers[row])
            places[number] = loaded.places[row]
            nameLetters[number] = loaded.letters[row]
        }
        for facility in order.facilityRows.span.indices {
            facilityRows.append(order.facilityRows[facility])
        }
        heap = loaded.heap
        heap.trim()
    }
}
