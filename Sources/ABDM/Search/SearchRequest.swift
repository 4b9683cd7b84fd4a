internal import JSON
internal import Matcher

/// The question of a registration desk: who is this? Decoded and validated; filled again for the next one.
///
/// Unlike those of ABDM's messages, members that are not known are refused: a filter that was misspelt would
/// be one that does not filter.
struct SearchRequest: ~Copyable {
    static let limitMax = 100
    private static let limitDefault = 10
    /// What a record's name must score unless the request says otherwise.
    private static let scoreMinDefault = 500

    /// Name, gender and birth year.
    var query = PatientQuery()
    /// How many records are wanted.
    private(set) var limit = limitDefault
    /// What a record's name must score, 0 to 1000.
    private(set) var scoreMin = scoreMinDefault
    /// The folded district within the query's texts; nil for any.
    private(set) var district: TextRange?
    private var members = SearchMembers()

    mutating func decode(_ document: borrowing JSONDocument) throws(DiscoverRequestError) {
        query.reset()
        guard document.node(document.root, is: .object) else {
            throw DiscoverRequestError("body", "must be an object")
        }
        members = SearchMembers()
        var list = document.members(of: document.root)
        while let member = list.next(in: document) {
            try members.take(member.name, member.value, document)
        }
        try takeName(document)
        if let gender = try MemberReader.string(members.gender, "gender", document) {
            guard let known = try? Gender(parsing: document.bytes(of: gender)) else {
                throw DiscoverRequestError(
                    "gender", "is not one of M, F, O, U, T, D or their words")
            }
            query.gender = known
        }
        query.birthYear = try MemberReader.year(members.yearOfBirth, "yearOfBirth", document)
        district = nil
        if let node = try MemberReader.string(members.district, "district", document) {
            let text = document.bytes(of: node)
            guard text.count <= NameFolding.bytesMax else {
                throw DiscoverRequestError("district", "is longer than 512 bytes")
            }
            let folded = NameFolding.fold(text, into: &query.texts)
            guard !folded.isEmpty || text.isPlaceholder else {
                throw DiscoverRequestError("district", "holds no name")
            }
            district = folded.isEmpty ? nil : folded
        }
        limit =
            try Self.number(
                members.limit, 1...Self.limitMax, "limit", "must be an integer from 1 to 100",
                document)
            ?? Self.limitDefault
        scoreMin =
            try Self.number(
                members.scoreMin, 0...1000, "scoreMin", "must be an integer from 0 to 1000",
                document)
            ?? Self.scoreMinDefault
    }

    private mutating func takeName(
        _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        guard let name = try MemberReader.string(members.name, "name", document) else {
            throw DiscoverRequestError("name", "is missing")
        }
        let text = document.bytes(of: name)
        guard text.count <= NameFolding.bytesMax else {
            throw DiscoverRequestError("name", "is longer than 512 bytes")
        }
        query.setName(text)
        guard !query.foldedName.isEmpty else { throw DiscoverRequestError("name", "holds no name") }
    }

    private static func number(
        _ node: JSONNode?, _ range: ClosedRange<Int>, _ field: FieldPath, _ problem: StaticString,
        _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) -> Int? {
        guard let node, !document.node(node, is: .null) else { return nil }
        guard let number = document.integer(of: node), range.contains(Int(number)) else {
            throw DiscoverRequestError(field, problem)
        }
        return Int(number)
    }
}

/// The members of a search, each at most once.
private struct SearchMembers {
    var name: JSONNode?
    var gender: JSONNode?
    var yearOfBirth: JSONNode?
    var district: JSONNode?
    var limit: JSONNode?
    var scoreMin: JSONNode?

    mutating func take(
        _ name: JSONNode, _ value: JSONNode, _ document: borrowing JSONDocument
    ) throws(DiscoverRequestError) {
        if document.string(name, equals: "name") {
            try MemberReader.put(value, into: &self.name, "name")
        } else if document.string(name, equals: "gender") {
            try MemberReader.put(value, into: &gender, "gender")
        } else if document.string(name, equals: "yearOfBirth") {
            try MemberReader.put(value, into: &yearOfBirth, "yearOfBirth")
        } else if document.string(name, equals: "district") {
            try MemberReader.put(value, into: &district, "district")
        } else if document.string(name, equals: "limit") {
            try MemberReader.put(value, into: &limit, "limit")
        } else if document.string(name, equals: "scoreMin") {
            try MemberReader.put(value, into: &scoreMin, "scoreMin")
        } else {
            throw DiscoverRequestError(
                "body",
                "has a member that is none of name, gender, yearOfBirth, district, limit, scoreMin")
        }
    }
}
