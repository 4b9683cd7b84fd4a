import ABDM
import Matcher
import TestSupport
import Testing

@Suite("A person's scanned code")
struct ScannedProfileTests {
    private func scan(
        _ text: String, _ domain: ABHADomain = .sandbox
    ) -> Result<ScannedProfile, ScanError> {
        let bytes = Array(text.utf8)
        return Result { () throws(ScanError) in
            try ScannedProfile(scanned: bytes.span, domain: domain)
        }
    }

    private func error(_ text: String) -> ScanError? {
        if case .failure(let error) = scan(text) { return error }
        return nil
    }

    /// A code with these members beside an address and a name.
    private func member(_ member: String) throws -> ScannedProfile {
        try scan("{\"phr\":\"asha@sbx\",\"name\":\"Asha\",\(member)}").get()
    }

    private func memberError(_ member: String) -> ScanError? {
        error("{\"phr\":\"asha@sbx\",\"name\":\"Asha\",\(member)}")
    }

    @Test("the code of an app is read")
    func appCode() throws {
        let profile = try scan(
            """
            {
              "hidn":"42-7175-8604-4553",
              "phr":"KiranMA@sbx",
              "name":"Kiran  Anandampillai",
              "gender":"M",
              "statelgd":"4",
              "distlgd":"44",
              "dob":"5-9-1971",
              "address":"As declared by the user"
            }
            """
        ).get()
        #expect(profile.address == "kiranma@sbx")
        #expect(!profile.isAddressDerived)
        #expect(profile.abhaNumber?.digits == 42_7175_8604_4553)
        #expect(profile.name == "Kiran  Anandampillai")
        #expect(profile.gender == .male)
        #expect(profile.birthDate == .day(year: 1971, month: 9, day: 5))
        #expect(profile.mobile == nil)
        #expect(profile.addressLine == "As declared by the user")
        #expect(profile.stateCode == 4)
        #expect(profile.districtCode == 44)
        #expect(profile.state == "")
        #expect(profile.district == "")
    }

    @Test("the code of a card is read")
    func cardCode() throws {
        let profile = try scan(
            """
            {"hidn":"15-3638-0684-6247","hid":"kiranma@abdm","name":"Kiran Mandyam Anandampillai",
             "gender":"M","statelgd":"29","distlgd":"-","dob":"05/9/1971","state name":"Karnataka",
             "district_name":"Bengaluru","mobile":"984x1x2x6x","address":"C/O father # door no"}
            """, .production
        ).get()
        #expect(profile.address == "kiranma@abdm")
        #expect(profile.birthDate == .day(year: 1971, month: 9, day: 5))
        #expect(profile.mobile == nil)
        #expect(profile.stateCode == 29)
        #expect(profile.districtCode == nil)
        #expect(profile.state == "Karnataka")
        #expect(profile.district == "Bengaluru")
    }

    @Test(
        "a masked date leaves the year, or nothing",
        arguments: [
            ("xx-9-19xx", nil), ("xx/9/19xx", nil), ("xx-9-1971", .yearOnly(1971)),
            ("1971", .yearOnly(1971)), ("25/6/2012", .day(year: 2012, month: 6, day: 25)),
            ("12/12/1997", .day(year: 1997, month: 12, day: 12)), ("31/2/1980", .yearOnly(1980)),
            ("-", nil), ("", nil),
        ] as [(String, BirthDate?)])
    func dates(text: String, date: BirthDate?) throws {
        #expect(try member("\"dob\":\"\(text)\"").birthDate == date)
    }

    @Test("a card without an address has the one that its number makes")
    func derivedAddresses() throws {
        for absent in [
            "", "\"hid\":null,", "\"hid\":\"-\",", "\"hid\":\"\",", "\"hid\":\"Mohit\",",
        ] {
            let text = "{\"hidn\":\"42-7175-8604-4553\",\(absent)\"name\":\"Mohit\"}"
            let profile = try scan(text).get()
            #expect(profile.address == "42717586044553@sbx")
            #expect(profile.isAddressDerived)
            #expect(try scan(text, .production).get().address == "42717586044553@abdm")
        }
        // And an address that was made of a number says the number.
        let profile = try scan("{\"phr\":\"42717586044553@abdm\",\"name\":\"A\"}").get()
        #expect(profile.abhaNumber?.digits == 42_7175_8604_4553)
        #expect(!profile.isAddressDerived)
    }

    @Test(
        "numbers are read in every grouping, also without quotation marks",
        arguments: [
            "\"42-7175-8604-4553\"", "\"42717586044553\"", "42717586044553",
            "\"4271-7586-0445-53\"", "\" 42 7175 8604 4553 \"",
        ])
    func numbers(text: String) throws {
        let profile = try scan("{\"hidn\":\(text),\"name\":\"A\"}").get()
        #expect(profile.abhaNumber?.digits == 42_7175_8604_4553)
    }

    @Test(
        "genders are read as ABDM codes them",
        arguments: [
            ("\"M\"", .male), ("\"F\"", .female), ("\"O\"", .other), ("\"T\"", .transgender),
            ("\"U\"", .notStated), ("\"D\"", .notStated), ("\"Female\"", .female),
            ("\"-\"", .notStated), ("null", .notStated),
        ] as [(String, Gender)])
    func genders(text: String, gender: Gender) throws {
        #expect(try member("\"gender\":\(text)").gender == gender)
    }

    @Test("names are kept as they are written")
    func names() throws {
        for name in ["आशा  देवी", "A. K.  Rao", "Na", "Nil", "D'Souza", "José"] {
            let profile = try scan("{\"phr\":\"a@sbx\",\"name\":\" \(name) \"}").get()
            #expect(profile.name == name)
        }
    }

    @Test("a whole mobile is read, and whatever else stands there is none")
    func mobiles() throws {
        #expect(try member("\"mobile\":\"9800000001\"").mobile?.e164 == 919_800_000_001)
        #expect(try member("\"mobile\":9800000001").mobile?.e164 == 919_800_000_001)
        for other in ["\"984x1x2x6x\"", "\"-\"", "\"\"", "null", "\"abc\"", "12", "[]", "true"] {
            #expect(try member("\"mobile\":\(other)").mobile == nil)
        }
    }

    @Test("places are read however their members are called")
    func places() throws {
        let names = ["state name", "state_name", "State Name", "STATE_NAME"]
        for name in names { #expect(try member("\"\(name)\":\"Goa\"").state == "Goa") }
        for name in ["district_name", "dist name", "dist_name", "district name"] {
            #expect(try member("\"\(name)\":\"North Goa\"").district == "North Goa")
        }
        let broken = try member("\"statelgd\":\"Maharashtra\",\"distlgd\":{}")
        #expect(broken.state == "Maharashtra")
        #expect(broken.stateCode == nil)
        #expect(broken.districtCode == nil)
        let both = try member("\"state name\":\"Goa\",\"state_name\":\"Goa\",\"statelgd\":30")
        #expect(both.state == "Goa")
        #expect(both.stateCode == 30)
    }

    @Test("unknown members are ignored, wherever they stand")
    func unknownMembers() throws {
        let plain = try member("\"gender\":\"F\"")
        let more = try member(
            "\"x\":{\"hidn\":\"bad\"},\"gender\":\"F\",\"photo\":[1,2],\"hidn2\":7,\"\":null")
        #expect(plain == more)
    }

    @Test("what scanners put round a text is left aside")
    func dust() throws {
        let text = "{\"phr\":\"a@sbx\",\"name\":\"A\"}"
        let plain = try scan(text).get()
        for framed in [
            "\u{FEFF}" + text, text + "\r\n", "\n\t " + text + "\0\0", " \u{FEFF} " + text,
            "\u{FEFF}\0\u{FEFF}" + text,
        ] {
            #expect(try scan(framed).get() == plain)
        }
    }

    @Test("what is no person's code is said to be none")
    func otherTexts() {
        for text in ["[]", "hello", "7", "\"phr\"", "{", "{\"phr\":\"a@sbx\",}", "{} {}", "<xml/>"]
        {
            #expect(error(text) == .notAPersonCode, "\(text)")
        }
        #expect(error("") == .empty)
        #expect(error(" \r\n\0") == .empty)
        #expect(error(String(repeating: " ", count: 9000)) == .tooLong(bytesMax: 8192))
        #expect(error("{\"hipId\":\"IN1\",\"code\":\"C1\"}") == .facilityCode)
        #expect(
            error("https://phrsbx.abdm.gov.in/share-profile?hip-id=IN1&counter-id=1")
                == .facilityCode)
    }

    @Test("what is missing is named")
    func missing() {
        #expect(error("{}") == .missing(.phr))
        #expect(error("{\"name\":\"A\"}") == .missing(.phr))
        #expect(error("{\"phr\":\"a@sbx\"}") == .missing(.name))
        #expect(error("{\"phr\":\"a@sbx\",\"name\":\" - \"}") == .missing(.name))
        #expect(error("{\"phr\":\"a@sbx\",\"name\":null}") == .missing(.name))
    }

    @Test(
        "what is wrong is named by its field",
        arguments: [
            ("{\"hidn\":\"4271-7586-0445-5312\",\"name\":\"A\"}", .invalid(.hidn)),
            ("{\"hidn\":\"42-7175\",\"phr\":\"a@sbx\",\"name\":\"A\"}", .invalid(.hidn)),
            ("{\"hidn\":[],\"phr\":\"a@sbx\",\"name\":\"A\"}", .invalid(.hidn)),
            ("{\"hidn\":4.5,\"phr\":\"a@sbx\",\"name\":\"A\"}", .invalid(.hidn)),
            ("{\"phr\":\"kiran\",\"name\":\"A\"}", .invalid(.phr)),
            ("{\"phr\":\"a@gmail\",\"name\":\"A\"}", .invalid(.phr)),
            ("{\"hid\":\"@sbx\",\"name\":\"A\"}", .invalid(.hid)),
            ("{\"hidn\":\"42-7175-8604-4553\",\"hid\":\"a b@sbx\",\"name\":\"A\"}", .invalid(.hid)),
            ("{\"phr\":\"a@sbx\",\"name\":7}", .invalid(.name)),
            ("{\"phr\":\"a@sbx\",\"name\":\"A\\u0007\"}", .invalid(.name)),
            ("{\"phr\":\"a@sbx\",\"name\":\"A\\nB\"}", .invalid(.name)),
            ("{\"phr\":\"a@sbx\",\"name\":\"A\",\"gender\":\"X\"}", .invalid(.gender)),
            ("{\"phr\":\"a@sbx\",\"name\":\"A\",\"dob\":\"soon\"}", .invalid(.dob)),
            ("{\"phr\":\"a@sbx\",\"name\":\"A\",\"dob\":\"45/13/1990\"}", .invalid(.dob)),
            ("{\"phr\":\"a@sbx\",\"name\":\"A\",\"dob\":\"1/1/1066\"}", .invalid(.dob)),
            ("{\"phr\":\"a@sbx\",\"name\":\"A\",\"dob\":\"05-06-71\"}", .invalid(.dob)),
            ("{\"phr\":\"a@sbx\",\"name\":\"A\",\"name\":\"B\"}", .twice(.name)),
            ("{\"phr\":\"a@sbx\",\"PHR\":\"a@sbx\",\"name\":\"A\"}", .twice(.phr)),
            (
                "{\"phr\":\"a@sbx\",\"hid\":\"b@sbx\",\"name\":\"A\"}",
                .contradiction(.hid, .phr)
            ),
            (
                "{\"phr\":\"42717586044553@sbx\",\"hidn\":\"42-7175-8604-4554\",\"name\":\"A\"}",
                .contradiction(.phr, .hidn)
            ),
        ] as [(String, ScanError)])
    func invalid(text: String, expected: ScanError) {
        #expect(error(text) == expected)
    }

    @Test("no error and no profile shows a person when it is printed")
    func silence() throws {
        let profile = try scan(
            "{\"phr\":\"asha@sbx\",\"name\":\"Asha\",\"mobile\":\"9800000001\",\"dob\":\"1971\"}"
        ).get()
        var dumped = ""
        dump(profile, to: &dumped)
        let text = "\(profile) \(String(reflecting: profile)) \(dumped)"
        for word in ["asha", "Asha", "98000", "1971"] { #expect(!text.contains(word)) }
        for field in ScannedField.allCases {
            #expect(ScanError.invalid(field).description.hasPrefix(field.rawValue + " must be"))
        }
    }

    @Test("a name of 255 bytes is read, and no longer one")
    func longNames() {
        func code(_ count: Int) -> String {
            "{\"phr\":\"a@sbx\",\"name\":\"\(String(repeating: "a", count: count))\"}"
        }
        #expect(error(code(255)) == nil)
        #expect(error(code(256)) == .invalid(.name))
    }

    @Test(
        "nothing that is cut off or changed makes the reader stumble",
        arguments: 0..<8 as Range<UInt64>)
    func mutations(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let text = Array(
            ("{\"hidn\":\"15-3638-0684-6247\",\"hid\":\"kiranma@abdm\",\"name\":\"Kiran\",\"gender\":"
                + "\"M\",\"dob\":\"05/9/1971\",\"mobile\":\"984x1x2x6x\",\"statelgd\":\"29\"}").utf8
        )
        for _ in 0..<500 {
            var changed = text
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: changed[place] = UInt8.random(in: 0...255, using: &random)
                case 1: changed.remove(at: place)
                default: changed.insert(changed[place], at: place)
                }
            }
            guard let profile = try? ScannedProfile(scanned: changed.span, domain: .sandbox) else {
                continue
            }
            #expect(profile.address.contains("@"))
            #expect(!profile.name.isEmpty)
        }
    }
}
