/// What ABDM's codes mean to a facility whose record is not linked, and what can be done about it.
enum RefusalMeaning {
    /// The meaning of a refusal.
    ///
    /// - Parameters:
    ///   - code: digits only; 0 where there was none.
    ///   - words: those of the refusal, in lower case; never repeated, for they may name somebody.
    /// - Returns: one line.
    /// - Source: ABDM's error codes, v0.5 and v3.
    static func of(_ code: Int, words: String) -> String {
        switch code {
        case 1441, 1036, 1207:
            "name, gender or date of birth are not those that ABDM has for this ABHA address;"
                + " register the profile anew as the patient's app shows it"
        case 1414, 1437: "ABDM knows no such ABHA address"
        case 1407 where words.contains("deactivated"): "the ABHA account is deactivated"
        case 1013: "the ABHA number is not one"
        case 1027, 1423: "ABDM has blocked requests for this patient; try again after 24 hours"
        case 1092: "ABDM has the same request already; try again later"
        case 1439, 1056, 1090: "the care context is linked already"
        case 1057, 1060, 1061:
            "ABDM does not accept the care context, its patient or its display text"
        case 1006, 1037, 1059: "ABDM does not accept the request's form"
        case 1026, 1038, 1062, 1063, 1401: "the linking token is not, or no longer, good"
        case 1022, 1408: "too many requests for this patient; try again later"
        case 9999 where words.contains("user not found"): "ABDM knows no such ABHA address"
        case 0: "turned down without a code"
        default: "turned down by ABDM"
        }
    }
}
