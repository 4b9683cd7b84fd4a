import Testing

@testable import Matcher

@Suite("Scripts of India in Latin letters")
struct ScriptLettersTests {
    private func fold(_ name: String) -> String {
        var arena = TextArena()
        let folded = NameFolding.fold(name.utf8.span, into: &arena)
        let bytes = arena.bytes(folded)
        return String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }

    @Test(
        "names are written as they are spoken",
        arguments: [
            ("सुनीता देवी", "sunita devi"), ("श्रीमती लक्ष्मी", "lakshmi"), ("राम", "ram"),
            ("चंद्र", "chandr"), ("फ़िरोज़", "firoz"), ("ज़ाहिद", "zahid"), ("पड़ोसी", "parosi"),
            ("রীনা দাস", "rina das"), ("অসম", "asam"), ("ৰিতা", "rita"), ("ਗੁਰਪ੍ਰੀਤ", "guraprit"),
            ("ਸਿੰਘ", "singh"), ("રમેશ", "ramesh"), ("ସୁଜାତା", "sujata"), ("முருகன்", "murukan"),
            ("செல்வி குமார்", "selvi kumar"), ("వెంకటేష్", "venkatesh"), ("రామ", "rama"),
            ("సుబ్రహ్మణ్యం", "subrahmanyam"), ("ಸುರೇಶ", "suresha"), ("അനിൽ", "anil"),
            ("ᱥᱤᱫᱳ", "sido"), ("ꯇꯣꯝꯕꯥ", "tomba"), ("احمد", "ahmd"), ("فاطمہ", "fatmh"),
            ("१२ राम", "ram"), ("सु\u{200D}नी\u{200C}ता", "sunita"),
        ])
    func writes(name: String, latin: String) {
        #expect(fold(name) == latin)
    }

    @Test(
        "folding a folded name changes nothing",
        arguments: [
            "सुनीता देवी", "Baby of Rukmini", "Twin 2 of Asha", "Smt. Laxmi W/O Ravi", "احمد", "K. 5",
        ])
    func idempotent(name: String) {
        #expect(fold(fold(name)) == fold(name))
    }

    @Test(
        "relation tails are kept apart, and a relative's name is marked",
        arguments: [
            ("Ravi SO Mohan", "ravi s/o mohan"), ("Baby of Rukmini", "b/o rukmini"),
            ("Baby 2 of Rukmini", "b/o 2 rukmini"), ("Twin 2 of Jayati", "b/o 2 jayati"),
            ("B/O Jayati (Twin 1)", "b/o 1 jayati twin"), ("Jayati 2", "jayati"),
            ("Boy of Suchismita", "b/o suchismita"), ("रवि पुत्र मोहन", "ravi s/o mohan"),
            ("2 Asha", "asha"),
        ])
    func relations(name: String, folded: String) {
        #expect(fold(name) == folded)
    }
}
