/// What a request's first line asks for, read before anyone has unescaped or cut it.
struct RequestTarget {
    let route: Route
    /// The query's `explain`; nil when it has a value that is neither true nor false.
    let explain: Bool?

    /// Reads an origin-form (`/path?query`) or absolute-form (`http://host/path?query`) target.
    init(_ target: Span<UInt8>) {
        // Most targets are the busiest path and nothing else.
        if routeTable[0].path.equals(target) {
            route = routeTable[0].route
            explain = false
            return
        }
        let path = RequestTarget.path(in: target)
        let end = path.upperBound
        route = Route.matching(path: target.extracting(path))
        explain =
            end < target.count
            ? RequestTarget.explain(in: target.extracting((end + 1)..<target.count)) : false
    }

    /// A request without a query.
    init(_ route: Route) {
        self.route = route
        explain = false
    }

    /// Where the path is.
    static func path(in target: Span<UInt8>) -> Range<Int> {
        let start = pathOffset(in: target)
        var end = start
        while end < target.count, target[end] != UInt8(ascii: "?") { end += 1 }
        return start..<end
    }

    /// Where the path begins: behind scheme and authority, if there are any.
    private static func pathOffset(in target: Span<UInt8>) -> Int {
        guard target.count > 0, target[0] != UInt8(ascii: "/") else { return 0 }
        let schemes: [2 of StaticString] = ["http://", "https://"]
        for index in schemes.indices {
            let length = schemes[index].utf8CodeUnitCount
            guard target.count > length,
                schemes[index].equalsIgnoringCase(target.extracting(0..<length))
            else { continue }
            var offset = length
            while offset < target.count, target[offset] != UInt8(ascii: "/"),
                target[offset] != UInt8(ascii: "?")
            {
                offset += 1
            }
            return offset
        }
        return 0
    }

    private static func explain(in query: Span<UInt8>) -> Bool? {
        let name: StaticString = "explain"
        let yes: StaticString = "true"
        let no: StaticString = "false"
        var start = 0
        while start < query.count {
            var end = start
            var equals: Int?
            while end < query.count, query[end] != UInt8(ascii: "&") {
                if equals == nil, query[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            if name.equals(escaped: query.extracting(start..<(equals ?? end))) {
                guard let equals else { return nil }
                let value = query.extracting((equals + 1)..<end)
                if yes.equals(escaped: value) { return true }
                return no.equals(escaped: value) ? false : nil
            }
            start = end + 1
        }
        return false
    }
}
