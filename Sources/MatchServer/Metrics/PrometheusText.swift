internal import ABDM
internal import Index
internal import TextDistance

extension ServerMetrics {
    /// The metrics in the Prometheus text format 0.0.4.
    var prometheusText: String {
        var text = ""
        writeRequests(into: &text)
        writeDecisions(into: &text)
        writeDurations(into: &text)
        let gauge = "gauge"
        let counter = "counter"
        writeOne(
            "milaan_candidates_visited_total", counter, "Rows that a key led to.",
            "\(candidatesVisited)", &text)
        writeOne(
            "milaan_names_compared_total", counter, "Names that were compared.",
            "\(namesCompared)", &text)
        if let rows, let snapshotAgeSeconds {
            writeOne(
                "milaan_snapshot_rows", gauge, "Patient records in the present snapshot.",
                "\(rows)", &text)
            writeOne(
                "milaan_snapshot_age_seconds", gauge,
                "Time since the present snapshot was published.", "\(snapshotAgeSeconds)", &text)
        }
        writeOne(
            "milaan_http_connections", gauge, "Connections that are open.",
            "\(openConnections)", &text)
        writeOne(
            "milaan_http_connections_refused_total", counter,
            "Connections turned away at the limit.", "\(refusedConnections)", &text)
        writeOne(
            "milaan_http_connections_expired_total", counter,
            "Connections ended because their time was up.", "\(expiredConnections)", &text)
        let instructions = "milaan_instructions_info"
        writeHead(
            instructions, gauge,
            "The instructions that were chosen at the start, by what uses them.",
            &text)
        text +=
            "\(instructions){distance=\"\(LanePath.best.rawValue)\",search=\"\(NameSearch.path)\"} 1\n"
        if let started = processStartSeconds {
            writeOne(
                "process_start_time_seconds", gauge,
                "Start of the process, in seconds since 1970.", "\(started)", &text)
        }
        return text
    }

    private func writeHead(_ name: String, _ kind: String, _ help: String, _ text: inout String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    private func writeOne(
        _ name: String, _ kind: String, _ help: String, _ value: String, _ text: inout String
    ) {
        writeHead(name, kind, help, &text)
        text += "\(name) \(value)\n"
    }

    private func writeRequests(into text: inout String) {
        let name = "milaan_http_requests_total"
        writeHead(
            name, "counter", "Requests by route and status; aborted ones had no whole reply.", &text
        )
        for route in Route.allCases {
            for (index, status) in WorkerCounters.statuses.enumerated() {
                let count = requests(route, statusIndex: index)
                // What a route never answers with would only be noise.
                guard count > 0 || status == 200 && route != .unknown else { continue }
                let label = status == 0 ? "aborted" : "\(status)"
                text += "\(name){route=\"\(route.name)\",status=\"\(label)\"} \(count)\n"
            }
        }
    }

    private func writeDecisions(into text: inout String) {
        let name = "milaan_decisions_total"
        writeHead(name, "counter", "Decisions by route and outcome; a batch makes many.", &text)
        for route in [Route.discover, .batch] {
            for outcome in DiscoveryOutcome.allCases {
                let count = decisions(route, outcome)
                text +=
                    "\(name){route=\"\(route.name)\",outcome=\"\(outcome.rawValue)\"} \(count)\n"
            }
        }
    }

    private func writeDurations(into text: inout String) {
        let name = "milaan_http_request_duration_seconds"
        writeHead(
            name, "histogram",
            "From a request's last header to its reply, or to the end of a batch's reply.", &text)
        for route in Route.allCases {
            var sum: UInt64 = 0
            for (bucket, end) in WorkerCounters.bucketEnds.enumerated() {
                sum += durations(route, bucket: bucket)
                let seconds = Double(end) / 1e9
                text += "\(name)_bucket{route=\"\(route.name)\",le=\"\(seconds)\"} \(sum)\n"
            }
            sum += durations(route, bucket: WorkerCounters.bucketEnds.count)
            text += "\(name)_bucket{route=\"\(route.name)\",le=\"+Inf\"} \(sum)\n"
            let seconds = Double(durationNanoseconds(route)) / 1e9
            text += "\(name)_sum{route=\"\(route.name)\"} \(seconds)\n"
            text += "\(name)_count{route=\"\(route.name)\"} \(sum)\n"
        }
    }
}
