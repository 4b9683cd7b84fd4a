internal import AllocationCount
internal import Index
internal import Matcher
internal import TestSupport
internal import Testing

/// Without the optimiser an optional of several words is boxed on its way out of a generic call.
private let isOptimised: Bool = {
    #if DEBUG
        false
    #else
        true
    #endif
}()

@Suite("Index memory", .enabled(if: isOptimised, "only an optimised build promises it"))
struct IndexAllocationTests {
    @Test("looking up, walking the candidates and reading their rows allocates nothing")
    func lookUps() throws {
        var random = SplitMix64(seed: 11)
        var twin = PlainIndex()
        for row in 0..<200 {
            var patient = random.patient(ids: 10, keys: 20, facilities: 1)
            patient.id = "p\(row)"
            patient.name = "asha rao"
            _ = twin.append(patient)
        }
        let image = try image(of: twin.patients)
        var query = PatientQuery()
        for kind in IdentifierKind.allCases {
            let key = random.key(kind, of: 20)
            let value = Array((kind == .mobile ? "+" + key.value : key.value).utf8)
            let type = Array(key.type.utf8)
            query.add(kind, value: value.span, type: type.span, isVerified: true)
        }
        let facility = Array("HIP1".utf8)
        var found = 0
        var bytes = 0
        var name = UnpackedText()
        var id = UnpackedText()
        var before: UInt64 = 0
        for round in 0..<20 {
            if round == 1 { before = allocation_count() }
            guard let number = image.facility(named: facility.span) else { continue }
            for index in query.identifierList.indices {
                let identifier = query.identifierList[index]
                guard var key = image.key(of: identifier, texts: query.texts, facility: number)
                else { continue }
                for _ in 0..<5 { image.prefetchNext(of: &key) }
                let candidates = image.rows(
                    carrying: identifier, key: key, texts: query.texts, facility: number)
                for position in 0..<candidates.count {
                    let row = image.row(of: candidates, at: position)
                    image.prefetchCareContexts(of: row)
                    let texts = image.texts(of: row)
                    let carries = image.carries(
                        identifier, key: key, texts: query.texts, row: row, rowTexts: texts)
                    image.readName(of: texts, into: &name)
                    image.readID(of: row, into: &id)
                    let isOrdered = image.isIDOrdered(row, before: image.row(of: candidates, at: 0))
                    found += carries ? 1 : 0
                    bytes +=
                        name.bytes.count + id.bytes.count + (isOrdered ? 1 : 0)
                        + image.facts(of: row).birthDate.hashValue % 2
                }
            }
        }
        let after = allocation_count()
        #expect(found > 0 && bytes != 0)
        #expect(after - before == 0)
    }
}
