/// What remains of a token when every way to write the same sounds is written one way.
///
/// One letter for each sound that Indian names tell apart: aspirates lose their h (`dh`, `bh`, `th`),
/// `sh` is s, `ch` and `chh` are c, `x` and `ksh` are ks, `ph` is f, `w` is v, `z` is j, `q` and hard
/// `c` are k, `ee` is i, `oo` is u, `au`, `ou` and `ow` are o, `y` is i, `gy`, `gn`, `jn` and `dny` in
/// front are gi, n before p and b is m, doubled letters are one, digits inside a word are the letters
/// that they are misread for, and the final a of a word of four letters is gone.
struct TokenSkeleton: BitwiseCopyable {
    /// Longer tokens are compared by their first letters.
    static let lettersMax = 24
    /// One of fewer letters has all that it sounds like: it was not cut off, nor cut off and its last a taken.
    static let lettersWhole = lettersMax - 1

    private(set) var letters = SkeletonLetters()
    /// Equal for equal letters, and on every machine.
    private(set) var hash: UInt64 = 0
    /// One bit for each letter that occurs.
    private(set) var mask: UInt32 = 0
    private var size: UInt8 = 0
    /// How many letters there are.
    private(set) var count: Int {
        @inline(__always) get { Int(size) }
        @inline(__always) set { size = UInt8(truncatingIfNeeded: newValue) }
    }
    /// A skeleton without letters.
    fileprivate init() {}

    /// Folds a token of lower-case Latin letters; other bytes stay as they are, spaces and zeros are
    /// passed over.
    ///
    /// - Complexity: O(bytes).
    init(_ token: Span<UInt8>) {
        var index = 0
        while index < token.count, count < Self.lettersMax {
            index += take(token, at: index)
        }
        seal()
    }

    /// Folds a token as `init(_:)` does, most pairs of letters by a table of what that says of them.
    ///
    /// - Complexity: O(bytes).
    @inline(__always)
    init(_ token: Span<UInt8>, _ pairs: borrowing SkeletonPairs) {
        var index = 0
        // Letters that the table knows are gathered in registers, eight at a time.
        var last: UInt8 = 0
        var set: UInt32 = 0
        var part = 0
        var isFull = true
        while isFull, part < 3 {
            var word: UInt64 = 0
            var shift: UInt64 = 0
            while index < token.count, shift < 64 {
                let next = index + 1 < token.count ? token[index + 1] : 0
                let step = pairs[token[index], next]
                guard step.bytes > 0 else { break }
                if step.letter != last {
                    last = step.letter
                    word |= UInt64(last) &<< shift
                    set |= Letter.bit(last)
                    shift &+= 8
                }
                index &+= step.bytes
            }
            letters.setEight(part, to: word)
            count += Int(truncatingIfNeeded: shift &>> 3)
            isFull = shift == 64
            part += 1
        }
        if index >= token.count {
            seal(set)
            return
        }
        while index < token.count, count < Self.lettersMax {
            let next = index + 1 < token.count ? token[index + 1] : 0
            let step = pairs[token[index], next]
            guard step.bytes > 0 else {
                index += take(token, at: index)
                continue
            }
            append(step.letter)
            index += step.bytes
        }
        seal()
    }

    /// Whether two tokens sound the same.
    @inline(__always)
    func equals(_ other: TokenSkeleton) -> Bool { hash == other.hash && count == other.count }

    private var last: UInt8 { count > 0 ? letters[count - 1] : 0 }

    @inline(__always)
    private mutating func append(_ letter: UInt8) {
        guard letter != last, count < Self.lettersMax else { return }
        letters[count] = letter
        count += 1
    }

    private mutating func seal() { seal(letters.mask(count)) }

    /// Ends it.
    ///
    /// - Parameter set: one bit for each of the letters.
    @inline(__always)
    private mutating func seal(_ set: UInt32) {
        mask = set
        if count >= 4, last == Letter.a, !Letter.isVowel(letters[count - 2]) {
            count -= 1
            letters[count] = 0
            mask = letters.mask(count)
        }
        hash = letters.hash
    }

    /// Writes what stands at a place.
    ///
    /// - Returns: how many bytes of the token that took.
    fileprivate mutating func take(_ token: Span<UInt8>, at index: Int) -> Int {
        let letter = token[index]
        let next = index + 1 < token.count ? token[index + 1] : 0
        switch letter {
        case Letter.a, Letter.o:
            if next == Letter.u || (next == Letter.w && !isVowel(token, at: index + 2)) {
                append(Letter.o)
                return 2
            }
            if letter == Letter.o, next == Letter.o {
                append(Letter.u)
                return 2
            }
            append(letter)
        case Letter.e:
            if next == Letter.e {
                append(Letter.i)
                return 2
            }
            append(letter)
        case Letter.y:
            append(Letter.i)
        case Letter.h:
            if count == 0 || (Letter.isVowel(last) && index + 1 < token.count) {
                append(letter)
            }
        case Letter.c:
            if next == Letter.h {
                append(Letter.c)
                return 2
            }
            append(next == Letter.e || next == Letter.i ? Letter.s : Letter.k)
        case Letter.x:
            append(Letter.k)
            append(Letter.s)
        case Letter.q: append(Letter.k)
        case Letter.z: append(Letter.j)
        case Letter.w: append(Letter.v)
        case Letter.p:
            if next == Letter.h {
                append(Letter.f)
                return 2
            }
            append(letter)
        case Letter.n:
            append(next == Letter.p || next == Letter.b ? Letter.m : letter)
        case Letter.g, Letter.j:
            if index == 0, next == Letter.n {
                append(Letter.g)
                append(Letter.i)
                return 2
            }
            append(letter)
        case Letter.d:
            if next == Letter.n, index + 2 < token.count, token[index + 2] == Letter.y {
                append(Letter.g)
                append(Letter.i)
                return 3
            }
            append(letter)
        case ASCII.zero...ASCII.zero + 9: append(Letter.misread(letter, of: token))
        case ASCII.space, 0: break  // a zero stands behind the last letter
        default: append(letter)
        }
        return 1
    }

    /// The letters that written ones may become, whatever stands around them.
    ///
    /// - Parameter written: one bit for each letter, by its lowest five bits; a digit has the bit of another
    ///   letter, and counts as both.
    /// - Returns: one bit for each of those letters.
    static func sounds(of written: UInt32) -> UInt32 {
        var sounds = written
        for rule in otherSounds where written & rule.letters != 0 { sounds |= rule.sounds }
        return sounds
    }

    /// What letters become besides themselves.
    private static let otherSounds: [(letters: UInt32, sounds: UInt32)] = [
        (Letter.bit(Letter.a), Letter.bit(Letter.o)),
        (Letter.bit(Letter.o), Letter.bit(Letter.u)),
        (Letter.bit(Letter.e) | Letter.bit(Letter.y), Letter.bit(Letter.i)),
        (Letter.bit(Letter.c) | Letter.bit(Letter.x), Letter.bit(Letter.k) | Letter.bit(Letter.s)),
        (Letter.bit(Letter.q), Letter.bit(Letter.k)),
        (Letter.bit(Letter.z), Letter.bit(Letter.j)),
        (Letter.bit(Letter.w), Letter.bit(Letter.v)),
        (Letter.bit(Letter.p), Letter.bit(Letter.f)),
        (Letter.bit(Letter.n), Letter.bit(Letter.m)),
        (
            Letter.bit(Letter.g) | Letter.bit(Letter.j) | Letter.bit(Letter.d),
            Letter.bit(Letter.g) | Letter.bit(Letter.i)
        ),
        (Letter.bit(ASCII.zero), Letter.bit(Letter.o)),
        (Letter.bit(ASCII.zero + 1), Letter.bit(Letter.i)),
        (Letter.bit(ASCII.zero + 3), Letter.bit(Letter.e)),
        (Letter.bit(ASCII.zero + 4), Letter.bit(Letter.a)),
        (Letter.bit(ASCII.zero + 5), Letter.bit(Letter.s)),
        (Letter.bit(ASCII.zero + 8), Letter.bit(Letter.b)),
    ]

    /// The letters that sound like themselves wherever they stand.
    static var plainLetters: UInt32 {
        Letter.bit(Letter.b) | Letter.bit(Letter.f) | Letter.bit(Letter.k) | Letter.bit(Letter.l)
            | Letter.bit(Letter.m) | Letter.bit(Letter.r) | Letter.bit(Letter.v)
    }

    private func isVowel(_ token: Span<UInt8>, at index: Int) -> Bool {
        index < token.count && Letter.isVowel(token[index])
    }
}

/// Up to 24 letters, eight to a word, zeros behind them: what is built letter by letter stays in registers.
struct SkeletonLetters: BitwiseCopyable {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0

    /// No letters.
    init() {}

    /// Writes the first, second or third eight letters, the first one lowest, zeros behind them.
    @inline(__always)
    mutating func setEight(_ part: Int, to word: UInt64) {
        switch part {
        case 0: first = word
        case 1: second = word
        default: third = word
        }
    }

    /// One bit for each letter that occurs among the first ones.
    @inline(__always)
    func mask(_ count: Int) -> UInt32 {
        var mask: UInt32 = 0
        var word = first
        for place in 0..<count {
            if place & 7 == 0 { word = place < 8 ? first : place < 16 ? second : third }
            mask |= Letter.bit(UInt8(truncatingIfNeeded: word))
            word &>>= 8
        }
        return mask
    }

    /// The letter at a place from 0 to 23.
    @inline(__always)
    subscript(place: Int) -> UInt8 {
        get {
            let shift = UInt64(truncatingIfNeeded: place & 7) &<< 3
            let word = place < 8 ? first : place < 16 ? second : third
            return UInt8(truncatingIfNeeded: word &>> shift)
        }
        set {
            let shift = UInt64(truncatingIfNeeded: place & 7) &<< 3
            let change = UInt64(newValue ^ self[place]) &<< shift
            if place < 8 {
                first ^= change
            } else if place < 16 {
                second ^= change
            } else {
                third ^= change
            }
        }
    }

    /// Equal for equal letters, and on every machine; never 0 for a word of the lists.
    @inline(__always)
    var hash: UInt64 {
        var hash = (first ^ 0xCBF2_9CE4_8422_2325) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ hash &>> 29 ^ second) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ hash &>> 29 ^ third) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ hash &>> 29
    }
}

/// What a letter and the one behind it become, wherever they stand in a token.
///
/// Made by the rules of `TokenSkeleton` from every pair of letters; a pair whose outcome depends on what
/// stands around it has no entry.
struct SkeletonPairs: Sendable {
    struct Step {
        var letter: UInt8 = 0
        /// How many bytes of the token that took; 0 where the rules themselves must be asked.
        var bytes = 0
    }

    /// The letter in the low five bits, the bytes above; 0 where there is no entry.
    private var entries = [UInt8](repeating: 0, count: 1024)

    init() {
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
            for next in [0] + Array(UInt8(ascii: "a")...UInt8(ascii: "z")) {
                entries[Self.place(letter, next)] = Self.entry(letter, next)
            }
        }
    }

    /// - Parameter next: the byte behind the letter; 0 at the end.
    @inline(__always)
    subscript(letter: UInt8, next: UInt8) -> Step {
        guard ASCII.isLower(letter) else { return Step() }
        let entry = entries[Self.place(letter, ASCII.isLower(next) ? next : 0)]
        return Step(letter: 0x60 | entry & 31, bytes: Int(entry >> 5))
    }

    @inline(__always)
    private static func place(_ letter: UInt8, _ next: UInt8) -> Int {
        Int(letter & 31) << 5 | Int(next & 31)
    }

    private static func entry(_ letter: UInt8, _ next: UInt8) -> UInt8 {
        switch (letter, next) {
        case (Letter.h, _), (Letter.x, _), (Letter.g, Letter.n), (Letter.j, Letter.n),
            (Letter.d, Letter.n), (Letter.a, Letter.w), (Letter.o, Letter.w):
            return 0
        default: break
        }
        let pair = [letter, next]
        var skeleton = TokenSkeleton()
        var bytes = skeleton.take(pair.span.extracting(first: next == 0 ? 1 : 2), at: 0)
        let folded = skeleton.letters[0]
        // An h says nothing behind a consonant.
        if next == Letter.h, bytes == 1, !Letter.isVowel(folded) { bytes = 2 }
        return folded & 31 | UInt8(bytes) << 5
    }
}

/// The letters that folding and comparing name.
enum Letter {
    static var a: UInt8 { UInt8(ascii: "a") }
    static var b: UInt8 { UInt8(ascii: "b") }
    static var c: UInt8 { UInt8(ascii: "c") }
    static var d: UInt8 { UInt8(ascii: "d") }
    static var e: UInt8 { UInt8(ascii: "e") }
    static var g: UInt8 { UInt8(ascii: "g") }
    static var h: UInt8 { UInt8(ascii: "h") }
    static var i: UInt8 { UInt8(ascii: "i") }
    static var j: UInt8 { UInt8(ascii: "j") }
    static var k: UInt8 { UInt8(ascii: "k") }
    static var l: UInt8 { UInt8(ascii: "l") }
    static var m: UInt8 { UInt8(ascii: "m") }
    static var n: UInt8 { UInt8(ascii: "n") }
    static var o: UInt8 { UInt8(ascii: "o") }
    static var p: UInt8 { UInt8(ascii: "p") }
    static var q: UInt8 { UInt8(ascii: "q") }
    static var r: UInt8 { UInt8(ascii: "r") }
    static var s: UInt8 { UInt8(ascii: "s") }
    static var t: UInt8 { UInt8(ascii: "t") }
    static var f: UInt8 { UInt8(ascii: "f") }
    static var u: UInt8 { UInt8(ascii: "u") }
    static var v: UInt8 { UInt8(ascii: "v") }
    static var w: UInt8 { UInt8(ascii: "w") }
    static var x: UInt8 { UInt8(ascii: "x") }
    static var y: UInt8 { UInt8(ascii: "y") }
    static var z: UInt8 { UInt8(ascii: "z") }

    /// The letter's place in a set of letters.
    @inline(__always)
    static func bit(_ letter: UInt8) -> UInt32 { 1 << UInt32(letter & 31) }

    static var vowels: UInt32 { bit(a) | bit(e) | bit(i) | bit(o) | bit(u) }

    @inline(__always)
    static func isVowel(_ letter: UInt8) -> Bool {
        ASCII.isLower(letter) && bit(letter) & vowels != 0
    }

    @inline(__always)
    static func isConsonant(_ letter: UInt8) -> Bool {
        ASCII.isLower(letter) && !isVowel(letter) && letter != y
    }

    /// The letter that a digit within a word is misread for; the digit itself in a number.
    static func misread(_ digit: UInt8, of token: Span<UInt8>) -> UInt8 {
        var hasLetter = false
        for index in token.indices where !ASCII.isDigit(token[index]) { hasLetter = true }
        guard hasLetter else { return digit }
        switch digit {
        case UInt8(ascii: "0"): return o
        case UInt8(ascii: "1"): return i
        case UInt8(ascii: "3"): return e
        case UInt8(ascii: "4"): return a
        case UInt8(ascii: "5"): return s
        case UInt8(ascii: "8"): return b
        default: return digit
        }
    }
}
