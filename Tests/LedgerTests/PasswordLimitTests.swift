internal import ABDM
internal import JSON
internal import Ledger
internal import TestSupport
internal import Testing

/// One mobile in the records of two facilities.
private struct MobileDesk {
    let desk: ConversationDesk

    init(
        _ place: LedgerPlace = .sqlite(path: ":memory:"), limits: FlowLimits = FlowLimits()
    ) throws {
        desk = try ConversationDesk(place, limits: limits)
    }

    /// The code of on-init; nil where a password was sent.
    func ask(
        _ number: Int, facility: String = "HIP1", after minutes: Int = 0
    ) throws -> Int? {
        let now = ConversationDesk.start.adding(minutes: minutes)
        _ = try desk.post(
            discoverPath, discoverBody("d\(number)", transaction: "t\(number)"), facility: facility,
            at: now)
        let reply = try desk.post(
            initPath,
            initBody(
                "i\(number)", transaction: "t\(number)", contexts: ["V-1"],
                reference: facility == "HIP1" ? "P-1001" : "Q-7"), facility: facility, at: now)
        let code = try reply.entries.last?.tree()["error"]?["code"]?.number
        #expect(reply.entries.contains { $0.message.destination.base == .sms } == (code == nil))
        return code
    }
}

@Suite("Limits of one-time passwords")
struct PasswordLimitTests {
    @Test("a mobile is sent five within an hour, by all facilities together")
    func allFacilities() throws {
        let desk = try MobileDesk()
        for number in 0..<5 {
            #expect(try desk.ask(number, facility: number < 3 ? "HIP1" : "HIP2") == nil)
        }
        #expect(try desk.ask(5, facility: "HIP1") == 3501)
        #expect(try desk.ask(6, facility: "HIP2") == 3501)
        #expect(try desk.ask(7, after: 61) == nil)
    }

    @Test("a mobile is sent ten within a day")
    func aDay() throws {
        let desk = try MobileDesk()
        for number in 0..<10 { #expect(try desk.ask(number, after: number / 5 * 120) == nil) }
        #expect(try desk.ask(10, after: 240) == 3501)
        _ = try desk.desk.perform(.purge, at: ConversationDesk.start.adding(minutes: 1439))
        #expect(try desk.ask(11, after: 1439) == 3501)
        // The first five are a day old.
        #expect(try desk.ask(12, after: 1440) == nil)
    }

    @Test("who opts out and comes back is sent no more than who stays, also by another program")
    func optingOut() throws {
        let folder = try LedgerFolder()
        do {
            let desk = try MobileDesk(.sqlite(path: folder.file))
            for number in 0..<5 { #expect(try desk.ask(number) == nil) }
            _ = try desk.desk.post(statusPath, leaveBody("s"))
            #expect(try desk.ask(5) == 3501)
        }
        #expect(try MobileDesk(.sqlite(path: folder.file)).ask(6) == 3501)
    }

    @Test("the limits are those that are configured")
    func configured() throws {
        var limits = FlowLimits()
        limits.otpsPerHour = 1
        limits.otpsPerDay = 2
        let desk = try MobileDesk(limits: limits)
        #expect(try desk.ask(0) == nil)
        #expect(try desk.ask(1, after: 1) == 3501)
        #expect(try desk.ask(2, after: 60) == nil)
        #expect(try desk.ask(3, after: 120) == 3501)
    }

    @Test("whoever guesses on and on has fifty guesses a day, and no more")
    func guesses() throws {
        let desk = try MobileDesk()
        var guesses = 0
        for number in 0..<60 {
            let minutes = number * 20
            let before = number
            _ = try desk.desk.post(
                discoverPath, discoverBody("d\(before)", transaction: "t\(before)"),
                at: ConversationDesk.start.adding(minutes: minutes))
            let reply = try desk.desk.post(
                initPath, initBody("i\(before)", transaction: "t\(before)", contexts: ["V-1"]),
                at: ConversationDesk.start.adding(minutes: minutes))
            guard let answer = reply.entries.last,
                let link = try answer.tree()["link"]?["referenceNumber"]?.text
            else { continue }
            for guess in 0..<9 {
                let confirmed = try desk.desk.post(
                    confirmPath, confirmBody("c\(number)-\(guess)", link: link, token: "111111"),
                    at: ConversationDesk.start.adding(minutes: minutes))
                // 3405: it was compared.
                if try confirmed.entries.last?.tree()["error"]?["code"]?.number == 3405 {
                    guesses += 1
                }
            }
        }
        #expect(guesses == 50)
    }
}
