internal import Index
internal import JSON
internal import Matcher

extension Discovery {
    /// Copies out of an image what an answer and an offer need of a decision.
    ///
    /// - Parameters:
    ///   - decision: what was decided on the body.
    ///   - transactionID: the body's.
    ///   - name: the person's name in the body.
    ///   - gender: the person's gender in the body.
    ///   - birthYear: the person's year of birth in the body; 0 where there is none.
    ///   - document: the body.
    ///   - rows: the rows of a match, the reference first.
    ///   - image: the records.
    init(
        _ decision: Decision, transactionID: JSONNode?, name: JSONNode?, gender: Gender,
        birthYear: Int, document: borrowing JSONDocument, rows: borrowing ScratchList<RowPlace>,
        image: borrowing PatientImage
    ) {
        let root = document.root
        let patient = document.member("patient", of: root)
        let id = patient.flatMap { document.member("id", of: $0) }
        let address = PatientAddress(id.map { document.text(of: $0) } ?? "")
        var text = UnpackedText()
        let finding: DiscoveryFinding
        switch decision {
        case .noMatch: finding = .notFound
        case .ambiguous, .tooManyCandidates: finding = .several
        case .noVerifiedIdentifier: finding = .noVerifiedIdentifier
        case .match(let match):
            image.readID(of: match.referenceRow, into: &text)
            finding = .found(
                FoundPatient(
                    reference: text.string,
                    display: name.map { document.text(of: $0) } ?? "",
                    contexts: Self.contexts(of: rows, for: address, in: image),
                    matchedBy: match.matchedBy, mobile: Self.mobile(of: rows, in: image)))
        }
        self.init(
            transactionID: transactionID.map { document.text(of: $0) } ?? "", address: address,
            claim: PatientClaim(
                name: name.map { document.text(of: $0) } ?? "", gender: gender,
                birthDate: try? BirthDate(year: birthYear, month: 0, day: 0), abhaNumber: nil),
            finding: finding)
    }

    /// The contexts of all records of the person, each reference once, as a discover reply lists them; without
    /// those that the source says are linked to this address.
    private static func contexts(
        of rows: borrowing ScratchList<RowPlace>, for address: PatientAddress,
        in image: borrowing PatientImage
    ) -> [OfferedContext] {
        var contexts: [OfferedContext] = []
        var seen: Set<String> = []
        var text = UnpackedText()
        for index in rows.indices {
            let row = rows[index]
            image.readID(of: row, into: &text)
            let reference = text.string
            let texts = image.texts(of: row)
            image.readAddressName(of: texts, into: &text)
            let owner = ABHAAddressParts(name: text.bytes, domain: texts.addressDomain).text
            var listed = image.careContexts(of: row)
            while let context = image.next(&listed) {
                let name = image.reference(of: context).copiedText
                guard seen.insert(name).inserted else { continue }
                // "Linked" in a table means: to the address in the same row.
                if context.isLinked, owner.isEmpty || owner == address.text { continue }
                contexts.append(
                    OfferedContext(
                        patientReference: reference, reference: name,
                        display: image.display(of: context).copiedText, hiType: context.hiType))
            }
        }
        return contexts
    }

    /// The mobile in the person's records, the reference's first; nil where none has one.
    private static func mobile(
        of rows: borrowing ScratchList<RowPlace>, in image: borrowing PatientImage
    ) -> UInt64? {
        for index in rows.indices {
            let mobile = image.facts(of: rows[index]).mobile
            if mobile > 0 { return mobile }
        }
        return nil
    }
}

extension Span<UInt8> {
    /// The bytes as a text; what is no UTF-8 becomes U+FFFD.
    fileprivate var copiedText: String {
        unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
