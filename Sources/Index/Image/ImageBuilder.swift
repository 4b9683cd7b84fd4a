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
    /// More bytes of care contexts than an image can hold.
    case tooManyCareContexts
}

/// The facility and the id of a record, as a builder knows them; means nothing to another builder.
public struct PatientKey: BitwiseCopyable, Sendable {
    /// So many records ahead of the one that is added a key is worth a prefetch.
    public static let lookAhead = 8

    let facility: UInt16
    let idHash: UInt64
    /// The id as it is stored.
    let id: PackedText

    @inline(__always)
    init(_ id: Span<UInt8>, facility: UInt16, _ hash: KeyHash) {
        self.facility = facility
        self.id = PackedText(id, RowTexts.idLetters)
        idHash = hash.of(self.id, id, facility: facility)
    }
}

/// Fills an image: first the patients, then their care contexts, then `build`.
public struct ImageBuilder: ~Copyable {
    private var image: PatientImage
    private(set) var loaded = LoadedRows()
    private var ids: GrowingIDTable
    private let letters = LetterTable()
    /// Of each care context its patient's number.
    private var contextRows = Column<UInt32>()
    /// Whether those of some patient did not come one behind the other.
    private var areContextsScattered = false
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

    /// What leads to a record's id.
    ///
    /// - Returns: nil where the record's facility has none yet.
    @inline(__always)
    public func key(of patient: borrowing PatientRecord) -> PatientKey? {
        guard let facility = facility(patient.texts.bytes(patient.facility)) else { return nil }
        return PatientKey(patient.texts.bytes(patient.id), facility: facility, image.hash)
    }

    /// Starts to bring into the cache what adding a record of this key will look at.
    @inline(__always)
    public func prefetch(_ key: PatientKey?) {
        if let key { ids.prefetch(key.idHash) }
    }

    /// Adds a finished patient record.
    ///
    /// - Throws: `ImageBuilderError`; the image is then as it was.
    /// - Complexity: O(bytes of the record) amortised.
    public mutating func append(_ patient: borrowing PatientRecord) throws(ImageBuilderError) {
        try append(patient, key: key(of: patient))
    }

    /// Adds a finished patient record whose key is known.
    ///
    /// - Parameters:
    ///   - patient: the record.
    ///   - key: what `key` says of this very record; nil where it was not asked, or did not know.
    /// - Throws: `ImageBuilderError`; the image is then as it was.
    /// - Complexity: O(bytes of the record) amortised.
    public mutating func append(
        _ patient: borrowing PatientRecord, key: PatientKey?
    ) throws(ImageBuilderError) {
        let id = patient.texts.bytes(patient.id)
        let key =
            if let key { key } else { try newKey(of: id, patient.texts.bytes(patient.facility)) }
        assert(key.id == PackedText(id, RowTexts.idLetters), "another record's key")
        guard let place = loaded.heap.end, loaded.count < Self.rowsMax else { throw .tooManyRows }
        let address = ABHAAddressParts(patient.texts.bytes(patient.abhaAddress))
        let name = patient.texts.bytes(patient.name)
        let record = RowRecord(
            patient, facility: key.facility,
            district: district(patient.texts.bytes(patient.district)))
        try addIdentifierTypes(of: patient)
        // Nothing fails behind this: what the table has is always in the heap.
        guard ids.insert(key, id, row: loaded.count, in: loaded) else {
            throw .repeatedID
        }
        loaded.heap.begin(record, at: place)
        let identifiers = identifiersForm(of: patient)
        loaded.heap.append(
            RowTexts.head(
                domain: address.isEmpty ? nil : address.domain, identifiers: identifiers))
        loaded.heap.append(name: name)
        if !address.isEmpty {
            let packed = PackedText(address.name, RowTexts.letters)
            loaded.heap.append(packed, of: address.name, RowTexts.letters)
        }
        loaded.heap.append(key.id, of: id, RowTexts.idLetters)
        append(identifiers, of: patient)
        loaded.places.append(place)
        loaded.keys.append(record.order)
        loaded.letters.append(letters.letters(of: name))
        loaded.keyCounts.add(patient)
    }

    /// Adds a care context of a patient who is there already.
    ///
    /// Those of one patient may come at any time; one behind the other, they need not be moved at the end.
    ///
    /// - Throws: `ImageBuilderError.noSuchPatient` and `.tooManyCareContexts`.
    public mutating func append(
        _ context: borrowing CareContextRecord
    ) throws(ImageBuilderError) {
        let id = context.texts.bytes(context.patientID)
        let named = context.texts.bytes(context.facility)
        guard let facility = facility(named),
            let row = row(of: PatientKey(id, facility: facility, image.hash), id)
        else { throw .noSuchPatient }
        let isBehindItsOwn = contextRows.count > 0 && row == lastContextRow
        guard let place = image.contexts.append(context, isBehindItsOwn: isBehindItsOwn)
        else { throw .tooManyCareContexts }
        if !isBehindItsOwn {
            if loaded.heap.record(of: loaded.places[row]).hasContexts {
                areContextsScattered = true
            } else {
                loaded.heap.setContexts(first: place, of: loaded.places[row])
            }
        }
        lastContextRow = row
        contextRows.append(UInt32(row))
    }

    /// Orders the rows, makes the postings, and gives the finished image.
    ///
    /// What can be made side by side is made on the machine's cores.
    ///
    /// - Complexity: O(rows + care contexts).
    public consuming func build() -> PatientImage {
        // Its memory serves the tables; what is left of a consumed builder would live until the end.
        Self.forget(self.ids)
        var image = self.image
        var loaded = self.loaded
        if areContextsScattered { image.contexts.sort(rows: contextRows, of: &loaded) }
        image.contexts.trim()
        let parts = ImageParts(of: loaded, facilities: image.facilities.count, image.hash)
        image.take(parts)
        image.take(loaded)
        return image
    }

    private static func forget(_ ids: consuming GrowingIDTable) {}

    /// The row of an id; nil when there is none.
    ///
    /// First that of the last care context and the three behind are looked at.
    /// Tables of care contexts are often in the order of the patients; a look-up costs three lines of
    /// memory that nobody has touched for long, and rows side by side none.
    private func row(of key: PatientKey, _ id: Span<UInt8>) -> Int? {
        var row = lastContextRow
        let end = min(row + 4, loaded.count)
        while row < end {
            if loaded.isRow(row, of: key, id) { return row }
            row += 1
        }
        return ids.find(key, id, in: loaded)
    }

    /// The facility of that name, or of none; nil when it has no row.
    @inline(__always)
    private func facility(_ named: Span<UInt8>) -> UInt16? {
        let number =
            named.isEmpty
            ? image.facilities.find(defaultFacility.span) : image.facilities.find(named)
        return number.map { UInt16($0) }
    }

    /// The key of a record whose facility may be new.
    private mutating func newKey(
        of id: Span<UInt8>, _ facility: Span<UInt8>
    ) throws(ImageBuilderError) -> PatientKey {
        let defaultName = defaultFacility
        let number = image.facilities.findOrAdd(facility.isEmpty ? defaultName.span : facility)
        guard let number else { throw .tooManyFacilities(maximum: Int(UInt16.max)) }
        return PatientKey(id, facility: UInt16(number), image.hash)
    }

    /// One more than the number of a district; 0 for none, and for those that are too many to be told apart.
    @inline(__always)
    private mutating func district(_ name: Span<UInt8>) -> Int {
        guard !name.isEmpty, let number = image.districts.findOrAdd(name) else { return 0 }
        return number + 1
    }

    /// Gives numbers to types that are new.
    @inline(__always)
    private mutating func addIdentifierTypes(
        of patient: borrowing PatientRecord
    ) throws(ImageBuilderError) {
        for index in 0..<patient.identifiers.count {
            let type = patient.texts.bytes(patient.identifiers[index].type)
            guard image.identifierTypes.findOrAdd(type) != nil else {
                throw .tooManyIdentifierTypes(maximum: IdentifierTypes.countMax)
            }
        }
    }

    /// How a record's identifiers are written.
    @inline(__always)
    private func identifiersForm(of patient: borrowing PatientRecord) -> RowTexts.Identifiers {
        let count = patient.identifiers.count
        guard count == 1 else { return count == 0 ? .none : .several }
        return type(of: 0, in: patient) == IdentifierTypes.medicalRecord ? .medicalRecord : .one
    }

    @inline(__always)
    private mutating func append(
        _ form: RowTexts.Identifiers, of patient: borrowing PatientRecord
    ) {
        let count = patient.identifiers.count
        if form == .several { loaded.heap.append(UInt8(count)) }
        for index in 0..<count {
            if form != .medicalRecord { loaded.heap.append(type(of: index, in: patient)) }
            let value = patient.texts.bytes(patient.identifiers[index].value)
            loaded.heap.append(
                PackedText(value, RowTexts.letters), of: value, RowTexts.letters)
        }
    }

    /// The number of an identifier's type, which has one.
    @inline(__always)
    private func type(of index: Int, in patient: borrowing PatientRecord) -> UInt8 {
        let name = patient.texts.bytes(patient.identifiers[index].type)
        guard let type = image.identifierTypes.find(name) else {
            preconditionFailure("a type without a number")
        }
        return type
    }
}

extension PatientImage {
    fileprivate mutating func take(_ parts: consuming ImageParts) {
        establishedTokens = parts.establishedTokens
        swap(&tables, &parts.tables)
        swap(&places, &parts.numbering.places)
        swap(&nameLetters, &parts.numbering.letters)
        swap(&facilityRows, &parts.numbering.facilityRows)
    }

    /// Takes the heap of loaded rows as it is.
    fileprivate mutating func take(_ loaded: consuming LoadedRows) {
        heap = loaded.heap
        heap.trim()
    }
}
