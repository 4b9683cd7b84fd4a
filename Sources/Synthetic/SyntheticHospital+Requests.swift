extension SyntheticHospital {
    /// Shares of the ways in which requests are made: by mobile, ABHA number, ABHA address, MR
    /// number, then siblings, twins, recycled mobiles and strangers.
    private static let requestShares = StaticShares([40, 12, 14, 4, 12, 3, 10, 5])

    /// Visits discover requests of registered people and of people without a record.
    ///
    /// The requests of a count are the first of every greater count.
    ///
    /// - Parameters:
    ///   - count: how many, at least 0.
    ///   - body: called with each request, which is lent for the call.
    /// - Throws: what `body` throws, at once.
    /// - Complexity: O(count) time, O(1) space.
    public func forEachRequest<Failure: Error>(
        count: Int, _ body: (borrowing SyntheticRequest) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(count >= 0, "a count is not negative")
        var request = SyntheticRequest()
        for number in 0..<count {
            prepare(&request, number: number)
            try body(request)
        }
    }

    private func prepare(_ request: inout SyntheticRequest, number: Int) {
        var random = SyntheticRandom(seed: seed, .request, number)
        let way = random.pick(Self.requestShares)
        guard patients > 0, way < 7 else {
            let content = stranger(number: number, using: &random)
            write(content, as: .stranger, facility: 1 + number % facilities, number, &request)
            return
        }
        let row = row(forWay: way, using: &random)
        let registration = registration(row: row)
        var person = registration.person
        let kind: SyntheticRequest.Kind
        switch way {
        case 4, 5:
            kind = way == 4 ? .sibling : .twin
            person = person.sibling(isTwin: way == 5, using: &random)
            person.line = 0
        case 6:
            kind = .recycledMobile
            let mobile = registration.mobile ?? person.mobile
            person = stranger(number: number, using: &random).person
            write(
                RequestContent(person: person, mobile: mobile), as: kind,
                facility: registration.facility, number, &request)
            return
        default: kind = .unreachable
        }
        var content = RequestContent(person: person, mobile: person.mobile)
        content.sendsABHANumber = way == 1 || (way != 3 && random.chance(100))
        content.sendsABHAAddress = way == 2 || (way != 3 && random.chance(100))
        if way == 3 {
            // A new telephone, so that only the hospital's own number is left.
            content.mobile = person.home.mobile(line: 7)
            content.mrRow = row
        }
        write(content, as: kind, facility: registration.facility, number, &request)
    }

    /// A row whose person can ask in this way; after some draws any row.
    private func row(forWay way: Int, using random: inout SyntheticRandom) -> Int {
        for _ in 0..<24 {
            let row = random.below(patients)
            let registration = registration(row: row)
            switch way {
            case 1 where !registration.statesABHANumber: continue
            case 2 where !registration.statesABHAAddress: continue
            default: return row
            }
        }
        return random.below(patients)
    }

    /// Somebody who lives in a household beyond the table.
    private func stranger(number: Int, using random: inout SyntheticRandom) -> RequestContent {
        // Households of the table have smaller numbers, so neither telephones nor people meet.
        let beyond = Self.patientsMax / Neighbourhood.rowCount * Neighbourhood.rowCount
        let home = SyntheticHousehold(seed: seed, index: beyond + number % 10_000_000)
        var person = home.member(role: random.below(4), number: number)
        person.isRegistered = false
        return RequestContent(person: person, mobile: home.mobile(line: 7))
    }

    private func write(
        _ content: RequestContent, as kind: SyntheticRequest.Kind, facility: Int, _ number: Int,
        _ request: inout SyntheticRequest
    ) {
        var random = SyntheticRandom(seed: seed, .requestText, number)
        content.write(seed: seed, using: &random, into: &request)
        request.facility = facility
        request.expectedRows.removeAll(keepingCapacity: true)
        request.kind = kind
        guard content.person.isRegistered else { return }
        var best = kind
        for row in rows(ofNumber: content.person.number) {
            let registration = registration(row: row)
            guard registration.facility == facility,
                let reached = content.reaches(registration)
            else { continue }
            request.expectedRows.append(row)
            if reached.strength < best.strength { best = reached }
        }
        request.kind = best
    }
}

extension RequestContent {
    /// What leads from this request to a row of the same person; nil where nothing does, or where
    /// gender or year of birth do not agree.
    func reaches(_ registration: SyntheticRegistration) -> SyntheticRequest.Kind? {
        let kind: SyntheticRequest.Kind
        // The address is always sent, as the patient's id.
        if registration.statesABHAAddress {
            kind = .knownByABHAAddress
        } else if sendsABHANumber && registration.statesABHANumber {
            kind = .knownByABHANumber
        } else if registration.mobile == mobile {
            kind = .knownByMobile
        } else if mrRow == registration.row && registration.statesMRNumber {
            kind = .knownByMRNumber
        } else {
            return nil
        }
        let isForgiving = kind == .knownByABHAAddress || kind == .knownByABHANumber
        let gender = registration.gender.map { $0 == person.gender } ?? isForgiving
        let year = registration.birth.year.map { abs($0 - person.birth.year) <= 2 } ?? isForgiving
        return gender && year ? kind : nil
    }
}

extension SyntheticRequest.Kind {
    /// The order in which one kind is preferred to another as the name of a request.
    fileprivate var strength: Int {
        switch self {
        case .knownByABHAAddress: 0
        case .knownByABHANumber: 1
        case .knownByMobile: 2
        case .knownByMRNumber: 3
        case .unreachable, .sibling, .twin, .recycledMobile, .stranger: 4
        }
    }
}
