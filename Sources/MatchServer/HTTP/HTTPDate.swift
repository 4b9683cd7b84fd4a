internal import Glibc

/// A second as the Date header writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// - Source: RFC 9110, section 5.6.7.
struct HTTPDate {
    /// Seconds since 1970.
    let second: Int
    /// Ends with a NUL.
    let text: [CChar]

    init(second: Int) {
        var moment = time_t(second)
        var parts = unsafe tm()
        var text = [CChar](repeating: 0, count: 32)
        unsafe gmtime_r(&moment, &parts)
        // English words: nothing here sets a locale.
        _ = unsafe strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        self.second = second
        self.text = text
    }

    /// The second that it is.
    static var now: Int { time(nil) }
}
