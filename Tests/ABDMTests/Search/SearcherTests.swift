internal import ABDM
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Searches by name")
struct SearcherTests {
    @Test(
        "find the records of a name, gender and birth year, and those that do not say",
        arguments: [
            (PlainSearch(name: "Asha Verma", gender: .female, year: 1985), "A1 A4 A3 A8 A2 A7"),
            (PlainSearch(name: "Asha Verma", gender: .female, year: 1988), "A6 A3 A8 A2"),
            (PlainSearch(name: "Asha Verma", gender: .male, year: 1985), "A5 A4 A8"),
            (PlainSearch(name: "Asha Verma", gender: .transgender, year: 1950), "A8"),
            (PlainSearch(name: "Asha Verma", gender: .female), "A1 A3 A6 A4 A8 A2 A7"),
            (PlainSearch(name: "Asha Verma", year: 1990), "A6 A3 A8"),
            (PlainSearch(name: "Bina Das"), "B1"),
            (PlainSearch(name: "Zubin Mistry"), ""),
        ])
    func filters(search: PlainSearch, expected: String) throws {
        var desk = try SearchingDesk(.sameNames)
        let answer = desk.ask(search.body)
        let found = try answer.references()
        #expect(Set(found) == Set(expected.split(separator: " ").map(String.init)))
        let plain = PlainSearcher(snapshot: desk.snapshot).records(search, at: "HIP1")
        #expect(found == plain.map(\.id))
        #expect(try answer.tree()["complete"] == .boolean(true))
    }

    @Test("narrowed to a district leave out other records, and those without one")
    func district() throws {
        var desk = try SearchingDesk(.sameNames)
        for district in ["Pune", " PUNE ", "पुणे"] {
            let answer = desk.ask(#"{"name":"asha verma","district":"\#(district)"}"#)
            #expect(Set(try answer.references()) == ["A1", "A3", "A4", "A5", "A6"])
        }
        let nobody = desk.ask(#"{"name":"asha verma","district":"Satara"}"#)
        #expect(try nobody.references() == [])
        #expect(try nobody.tree()["complete"] == .boolean(true))
        #expect(nobody.report.rowsSeen == 0)
    }

    @Test("ask the facility that is named, the default one without, and none that is not known")
    func facilities() throws {
        var desk = try SearchingDesk(.sameNames)
        let body = #"{"name":"Asha Verma","gender":"F","yearOfBirth":1985}"#
        let second = try desk.ask(body, facility: "HIP2").references()
        #expect(second == ["E1"])
        let replies = [nil, "", "HIP1"].map { desk.ask(body, facility: $0).text }
        #expect(Set(replies).count == 1)
        for facility in ["HIP3", "hip2", "HIP"] {
            let answer = desk.ask(body, facility: facility)
            #expect(
                answer.text
                    == #"{"patients":[],"complete":true,"rowsSearched":0,"#
                    + #""snapshot":{"rows":12,"position":"test"}}"#)
            #expect(answer.report.isAnswered && answer.report.namesCompared == 0)
        }
    }

    @Test("list as many as are wanted, the best of them, and say whether there are more")
    func limit() throws {
        var desk = try SearchingDesk(.sameNames)
        let search = PlainSearch(name: "Asha Verma", gender: .female, year: 1985)
        let all = try desk.ask(search.body).references()
        #expect(all.count == 6)
        for limit in 1...8 {
            let answer = desk.ask(search.body.dropLast() + #","limit":\#(limit)}"#)
            #expect(try answer.references() == Array(all.prefix(limit)))
            #expect(try answer.tree()["complete"] == .boolean(limit >= all.count))
        }
    }

    @Test("leave out records of a lesser score than is wanted")
    func scores() throws {
        var desk = try SearchingDesk(.sameNames)
        for scoreMin in [0, 500, 800, 999, 1000] {
            let search = PlainSearch(name: "Asha Varma", gender: .female, scoreMin: scoreMin)
            let reply = try desk.ask(search.body).tree()
            let scores = (reply["patients"]?.elements ?? []).compactMap { $0["score"]?.number }
            #expect(!scores.isEmpty)
            #expect(scores.allSatisfy { $0 >= scoreMin })
        }
    }

    @Test("find a name in whichever script it is asked for or recorded")
    func scripts() throws {
        var desk = try SearchingDesk(.sameNames)
        for name in ["Asha Verma", "आशा वर्मा", "ஆஷா வர்மா", "ଆଶା ବର୍ମା"] {
            let found = try desk.ask(
                PlainSearch(name: name, gender: .female, year: 1984).body
            ).references()
            #expect(found.contains("A1") && found.contains("A7"), "\(name): \(found)")
        }
        let other = desk.ask(#"{"name":"李小龍"}"#)
        #expect(other.report.isAnswered)
        #expect(try other.references() == [])
    }

    @Test("show of each record what it says, and the evidence that is its score")
    func evidence() throws {
        var desk = try SearchingDesk(.sameNames)
        let reply = try desk.ask(PlainSearch(name: "Asha Verma S/O Lal").body).tree()
        let patients = try #require(reply["patients"]?.elements)
        #expect(patients.count > 6)
        for patient in patients {
            let parts = try #require(patient["evidence"]?["contributions"]?.members)
            #expect(parts.values.compactMap(\.number).reduce(0, +) == patient["score"]?.number)
            #expect(patient["evidence"]?["tokens"]?.elements?.isEmpty == false)
        }
        func patient(_ id: String) -> JSONTree? {
            patients.first { $0["referenceNumber"] == .string(id) }
        }
        #expect(patient("A1")?["name"] == .string("asha verma"))
        #expect(patient("A1")?["gender"] == .string("F"))
        #expect(patient("A1")?["yearOfBirth"] == .integer(1985))
        #expect(patient("A1")?["district"] == .string("pune"))
        #expect(patient("A8")?["gender"] == .string("U"))
        #expect(patient("A8")?["yearOfBirth"] == .null)
        #expect(patient("A7")?["district"] == .null)
        #expect(reply["rowsSearched"] == .integer(11))
    }

    @Test("say that more may agree where more names are equally near than are compared")
    func cut() throws {
        var hospital = Hospital()
        for number in 0..<600 {
            hospital.patients.append(
                Hospital.record("P\(number)", "Asha Verma", "F", "1985", "Pune"))
        }
        hospital.patients.append(Hospital.record("Q", "Bina Das", "F", "1985", "Pune"))
        var desk = try SearchingDesk(hospital)
        let many = desk.ask(#"{"name":"Asha Verma","limit":100}"#)
        #expect(try many.references().count == 100)
        #expect(try many.tree()["complete"] == .boolean(false))
        #expect(many.report.namesCompared == 512)
        let one = desk.ask(#"{"name":"Bina Das","scoreMin":700}"#)
        #expect(try one.references() == ["Q"])
        #expect(one.report.rowsSeen == 601)
    }

    @Test(
        "of a small facility find what a comparison with every row finds, in the same order",
        arguments: 0..<8 as Range<UInt64>, [300, 9])
    func agreesWithAll(seed: UInt64, differentNames: Int) throws {
        var random = SplitMix64(seed: seed)
        var hospital = Hospital()
        var names = (1..<differentNames).map { _ in random.namePair(tokensMax: 4) }
        // Of whom nothing is known but a mother.
        names.append(("B/O Rukmini", "Rukmini"))
        for number in 0..<300 {
            let (name, other) = names[number * 7 % names.count]
            let year = Int.random(in: 1980...1986, using: &random)
            hospital.patients.append(
                Hospital.record(
                    "P\(number)", number % 2 == 0 ? name : other,
                    ["M", "F", "", "T"][number % 4], number % 5 == 0 ? "" : "\(year)",
                    ["", "Pune", "Gaya"][number % 3], facility: number % 7 == 0 ? "HIP2" : ""))
        }
        var desk = try SearchingDesk(hospital)
        let plain = PlainSearcher(snapshot: desk.snapshot)
        for round in 0..<40 {
            let isKnown = round % 2 == 0
            let name = isKnown ? names[round % names.count].1 : random.namePair(tokensMax: 4).0
            var search = PlainSearch(name: name)
            search.gender = [.female, .male, .notStated][round % 3]
            search.year = round % 4 == 0 ? 0 : 1980 + round % 8
            search.district = round % 5 == 0 ? "gaya" : ""
            search.scoreMin = [500, 0, 700][round % 3]
            let facility = round % 6 == 0 ? "HIP2" : "HIP1"
            let expected = plain.records(search, at: facility)
            let answer = desk.ask(
                search.body.dropLast() + #","limit":100}"#, facility: facility)
            #expect(try answer.references() == expected.prefix(100).map(\.id), "\(search)")
            #expect(try answer.tree()["complete"] == .boolean(expected.count <= 100))
        }
    }
}
