/// How the letters of India's scripts are written in Latin ones, in the style of ISO 15919 without its
/// diacritics.
enum ScriptLetters {
    /// What a letter does.
    enum Kind {
        /// Carries an a until a vowel sign or a virama says otherwise.
        case consonant
        /// A vowel of its own, or a consonant that ends its syllable.
        case letter
        /// Takes the place of a consonant's a.
        case vowelSign
        /// Takes the consonant's a away.
        case virama
        /// A nasal whose place of articulation the next letter says.
        case nasal
        /// Makes another consonant of the one in front.
        case nukta
        /// Says nothing about a name's sound.
        case silent
    }

    /// A letter in Latin ones: up to three bytes, the first in the lowest.
    struct Latin {
        var kind: Kind
        var bytes: UInt32 = 0
        /// Whether the a of a word's last consonant is written but not spoken.
        var dropsFinalA = false
    }

    /// The letter of a scalar; nil for a scalar of another script.
    static func latin(_ scalar: Unicode.Scalar) -> Latin? {
        switch scalar.value {
        case 0x0900...0x0D7F: indic(scalar.value)
        case 0x0600...0x06FF: listed(scalar.value - 0x0600, arabic)
        case 0x1C5A...0x1C77: listed(scalar.value - 0x1C5A, olChiki)
        case 0xABC0...0xABEA: meetei(scalar.value - 0xABC0)
        case 0xABED: Latin(kind: .virama)
        default: nil
        }
    }

    // The Indic blocks of 128 letters share one layout.
    private static func indic(_ value: UInt32) -> Latin? {
        let offset = value & 0x7F
        let script = (value - 0x0900) >> 7
        // Tamil, Telugu, Kannada and Malayalam speak the a that they write.
        let dropsFinalA = script < 5
        if let own = exception(script, offset) { return own }
        switch offset {
        case 0x01, 0x02: return Latin(kind: .nasal)
        case 0x03: return Latin(kind: .letter, bytes: 0x68)
        case 0x3C: return Latin(kind: .nukta)
        case 0x4D: return Latin(kind: .virama)
        case 0x3D, 0x50, 0x51...0x57: return Latin(kind: .silent)
        case 0x05...0x14: return Latin(kind: .letter, bytes: at(offset - 0x05, vowels))
        case 0x15...0x39:
            return Latin(
                kind: .consonant, bytes: at(offset - 0x15, consonants), dropsFinalA: dropsFinalA)
        case 0x3E...0x4C: return Latin(kind: .vowelSign, bytes: at(offset - 0x3E, signs))
        case 0x58...0x5F:
            return Latin(
                kind: .consonant, bytes: at(offset - 0x58, dotted), dropsFinalA: dropsFinalA)
        case 0x60, 0x61: return Latin(kind: .letter, bytes: at(offset - 0x60, "ri li "))
        case 0x66...0x6F: return Latin(kind: .letter, bytes: offset - 0x66 + 0x30)
        default: return nil
        }
    }

    private static func exception(_ script: UInt32, _ offset: UInt32) -> Latin? {
        switch (script, offset) {
        case (1, 0x4E): Latin(kind: .letter, bytes: 0x74)  // khanda ta
        case (1, 0x70): Latin(kind: .consonant, bytes: 0x72, dropsFinalA: true)  // Assamese ra
        case (1, 0x71), (4, 0x71): Latin(kind: .consonant, bytes: 0x76, dropsFinalA: true)
        case (2, 0x70): Latin(kind: .nasal)  // tippi
        case (2, 0x71): Latin(kind: .silent)  // addak, which doubles
        case (2, 0x72): Latin(kind: .letter, bytes: 0x69)
        case (2, 0x73): Latin(kind: .letter, bytes: 0x75)
        case (5, 0x1A): Latin(kind: .consonant, bytes: 0x73)  // Tamil ca is s in names
        case (8, 0x7A), (8, 0x7B): Latin(kind: .letter, bytes: 0x6E)  // chillu letters
        case (8, 0x7C): Latin(kind: .letter, bytes: 0x72)
        case (8, 0x7D), (8, 0x7E): Latin(kind: .letter, bytes: 0x6C)
        case (8, 0x7F): Latin(kind: .letter, bytes: 0x6B)
        default: nil
        }
    }

    private static func meetei(_ offset: UInt32) -> Latin {
        let bytes = at(offset, meeteiLetters)
        switch offset {
        case 0x23...0x2A: return Latin(kind: .vowelSign, bytes: bytes)
        case 0x0E, 0x0F, 0x11, 0x1B...0x22: return Latin(kind: .letter, bytes: bytes)
        default: return Latin(kind: .consonant, bytes: bytes, dropsFinalA: true)
        }
    }

    private static func listed(_ offset: UInt32, _ list: StaticString) -> Latin? {
        let bytes = at(offset, list)
        return Latin(kind: bytes == 0 ? .silent : .letter, bytes: bytes)
    }

    /// The entry of a list whose entries take three bytes, spaces for nothing.
    private static func at(_ offset: UInt32, _ list: StaticString) -> UInt32 {
        var bytes: UInt32 = 0
        for place in 0..<3 {
            let index = Int(offset) * 3 + place
            guard index < list.utf8CodeUnitCount else { break }
            let byte = unsafe list.utf8Start[index]
            if byte != ASCII.space { bytes |= UInt32(byte) << UInt32(8 * place) }
        }
        return bytes
    }

    private static let vowels: StaticString = "a  a  i  i  u  u  ri li e  e  e  ai o  o  o  au "
    private static let consonants: StaticString = """
        k  kh g  gh n  ch chhj  jh n  t  th d  dh n  t  th d  dh n  n  p  ph b  bh m  y  r  r  \
        l  l  zh v  sh sh s  h \u{20}
        """
    private static let signs: StaticString = "a  i  i  u  u  ri ri e  e  e  ai o  o  o  au "
    private static let dotted: StaticString = "q  kh g  z  r  rh f  y  "
    private static let olChiki: StaticString =
        "o  t  g  ng l  a  k  j  m  w  i  s  h  n  r  u  ch d  n  y  e  p  d  n  r  o  t  b  n  h  "
    private static let meeteiLetters: StaticString = """
        k  s  l  m  p  n  ch t  kh ng th w  y  h  u  i  ph a  g  jh r  b  j  d  gh dh bh k  l  \
        m  p  n  t  ng i  o  i  a  e  ou u  ei ng\u{20}
        """
    // From U+0600; Urdu, Sindhi and Kashmiri letters follow the Arabic ones.
    private static let arabic: StaticString = """
                                                                                            \
                          a  a  v  i  y  a  b  a  t  s  j  h  kh d  z  r  z  s  sh s  z  t  \
        z  a  gh                   f  q  k  l  m  n  h  v  a  i           a  u  i           \
                                                                                            \
                                   t  t  b        p  t  b        n  j     ch ch d     d     \
        d        d     r                    zh r                                      f     \
           k  k              g     g     g                    n  n        h     h  h  h     \
        v                       i                 e  e  \

        """
}
