-- Drives a server with real discover bodies, one a line of the file named behind "--", over and over.
--
--   wrk ... --script discover.lua URL -- requests.ndjson [answers.ndjson]
--
-- With a second file it asks each body once, in order, and writes the answers there: for one thread
-- and one connection only. The file appears when it is complete; wrk itself goes on until its time is
-- up or SIGINT comes. A summary goes to the file that MILAAN_BENCH_SUMMARY names. Where MILAAN_BENCH_BATCH is a
-- number, so many lines are one request, as NDJSON; the summary counts requests, not lines.

local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(args)
    local headers = { ["Content-Type"] = "application/json", ["X-HIP-ID"] = "HIP1" }
    messages = {}
    local batch = tonumber(os.getenv("MILAAN_BENCH_BATCH") or "1")
    if batch > 1 then headers["Content-Type"] = "application/x-ndjson" end
    -- Made once: while the time runs, a request is a look into a table.
    local lines = {}
    for body in io.lines(args[1]) do
        lines[#lines + 1] = body
        if #lines == batch then
            messages[#messages + 1] = wrk.format("POST", nil, headers, table.concat(lines, "\n"))
            lines = {}
        end
    end
    -- The threads start in different places, so that they do not ask the same at the same time.
    place = number * math.floor(#messages / 2)
    if args[2] then
        -- wrk asks for one request before it begins, only to look at it.
        place = #messages - 1
        path = args[2]
        answers = assert(io.open(path .. ".part", "w"))
        answered = 0
        response = take_answer
    end
end

function request()
    place = place % #messages + 1
    return messages[place]
end

function take_answer(status, headers, body)
    if answered == #messages then return end
    answers:write(body, "\n")
    answered = answered + 1
    if answered == #messages then
        answers:close()
        assert(os.rename(path .. ".part", path))
    end
end

function done(summary, latency, requests)
    local errors = summary.errors
    local file = assert(io.open(os.getenv("MILAAN_BENCH_SUMMARY"), "w"))
    file:write(string.format(
        '{"requests":%d,"seconds":%.6f,"bytes":%d,"errors":%d,"latency_p50_us":%d,"latency_p99_us":%d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50), latency:percentile(99)))
    file:close()
end
