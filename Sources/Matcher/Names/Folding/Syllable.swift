/// A consonant of a syllabic script whose vowel is not known yet, and a nasal in front of what follows.
struct Syllable {
    /// The consonant in Latin letters, the first in the lowest byte; 0 for none.
    var consonant: UInt32 = 0
    /// Whether its a is silent at the end of a word.
    var dropsFinalA = false
    var hasNasal = false

    var isOpen: Bool { consonant != 0 || hasNasal }

    /// Makes of the consonant the one that a dot below makes of it (ja, za).
    mutating func dot() {
        switch consonant {
        case 0x6B: consonant = 0x71  // k, q
        case 0x6A: consonant = 0x7A  // j, z
        case 0x64: consonant = 0x72  // d, r
        case 0x6864: consonant = 0x6872  // dh, rh
        case 0x6870: consonant = 0x66  // ph, f
        default: break
        }
    }
}

extension TokenWriter {
    /// Writes a letter of an Indic, Arabic or other script of India in Latin letters.
    ///
    /// A consonant waits for what follows: a vowel sign, a virama, or neither, which means an a. The a
    /// of a word's last consonant is written only where it is spoken; nasals become n, and m where a
    /// Dravidian word ends in one.
    mutating func write(_ letter: ScriptLetters.Latin, _ arena: inout TextArena) {
        switch letter.kind {
        case .silent: return
        case .nukta: syllable.dot()
        case .virama:
            let consonant = syllable.consonant
            syllable.consonant = 0
            put(letters: consonant, &arena)
        case .vowelSign:
            let consonant = syllable.consonant
            syllable.consonant = 0
            finishSyllable(isLast: false, &arena)
            put(letters: consonant, &arena)
            put(letters: letter.bytes, &arena)
        case .nasal:
            finishSyllable(isLast: false, &arena)
            syllable.hasNasal = true
        case .letter:
            finishSyllable(isLast: false, &arena)
            put(letters: letter.bytes, &arena)
        case .consonant:
            finishSyllable(isLast: false, &arena)
            syllable.consonant = letter.bytes
            syllable.dropsFinalA = letter.dropsFinalA
        }
    }

    /// Writes what waits, with its a where that is spoken.
    mutating func finishSyllable(isLast: Bool, _ arena: inout TextArena) {
        guard syllable.isOpen else { return }
        let open = syllable
        syllable.consonant = 0
        syllable.hasNasal = false
        if open.hasNasal {
            put(isLast && !open.dropsFinalA ? UInt8(ascii: "m") : UInt8(ascii: "n"), &arena)
        }
        guard open.consonant != 0 else { return }
        put(letters: open.consonant, &arena)
        if !isLast || !open.dropsFinalA { put(UInt8(ascii: "a"), &arena) }
    }

    private mutating func put(letters: UInt32, _ arena: inout TextArena) {
        var rest = letters
        while rest != 0 {
            put(UInt8(truncatingIfNeeded: rest), &arena)
            rest >>= 8
        }
    }
}
