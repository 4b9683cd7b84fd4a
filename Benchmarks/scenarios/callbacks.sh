# shellcheck shell=bash
# The whole callback path: a gateway's token looked at, the request decided, its answer written into the ledger,
# and sent to the gateway; at a rate, not as fast as it goes. Once with each database, both on these cores.
# shellcheck disable=SC2154

measure_callbacks() {
    heading "Callbacks: discover, token to on-discover, at $callback_rate a second"
    need_data
    build_gateway
    local database round expected figures
    expected=$(expected_matches $((callback_rate * callback_seconds)))
    for database in sqlite postgres; do
        : >"$work/callbacks.jsonl"
        for ((round = 1; round <= rounds; round++)); do
            drive_callbacks "$database" "$callback_rate" "$work/callbacks.jsonl"
            say "round $round, $database: $(tail -n 1 "$work/callbacks.jsonl")"
        done
        jq --exit-status --slurp 'all(.refused == 0 and .missing == 0 and .repeated == 0 and .strange == 0)' \
            "$work/callbacks.jsonl" >/dev/null || note_wrong "callbacks with $database: not each was answered once"
        jq --exit-status --slurp --argjson expected "$expected" 'all(.with_patient == $expected)' \
            "$work/callbacks.jsonl" >/dev/null ||
            note_wrong "callbacks with $database: not $expected of the answers name a patient, as milaan discover does"
        figures=$(jq --slurp --compact-output "$(callback_figures)" "$work/callbacks.jsonl")
        record_line "callbacks/$database" "$figures"
        target callbacks "discover callbacks answered a second, $database" \
            "$(jq --slurp 'map(.answers_per_second) | min' "$work/callbacks.jsonl")" above \
            "$(calculate "$callback_rate * 0.99")" /s
        target callbacks "p99 to the callback, $database" \
            "$(jq .callback_p99_ms <<<"$figures")" at-most 250 ms
        target callbacks "p50 to the callback, $database" \
            "$(jq .callback_p50_ms <<<"$figures")" at-most 100 ms
    done
}

# Medians over the rounds, and the slowest of all.
callback_figures() {
    printf '%s\n' "$jq_median"
    cat <<'JQ'
{n: (map(.n) | add), rounds: length, rate: .[0].rate,
 requests_per_second: (map(.answers_per_second) | median | round),
 acknowledged_p50_ms: (map(.acknowledged_p50_ms) | median), acknowledged_p99_ms: (map(.acknowledged_p99_ms) | median),
 callback_p50_ms: (map(.callback_p50_ms) | median), callback_p99_ms: (map(.callback_p99_ms) | median),
 callback_max_ms: (map(.callback_max_ms) | max),
 cpu_ns: (map(.cpu_ns) | median | round), cpu_min_ns: (map(.cpu_ns) | min | round)}
JQ
}

# expected_matches CALLS: for how many of the first calls the offline batch finds a patient.
expected_matches() {
    (($1 <= requests)) || fail "more calls than requests"
    head -n "$1" "$data/requests.ndjson" |
        "$milaan" discover --patients "$data/patients.csv" --care-contexts "$data/care_contexts.csv" 2>/dev/null |
        jq --slurp 'map(select(.outcome == "match")) | length'
}

build_gateway() {
    local flags
    read -r -a flags <<<"$(pkg-config --cflags --libs libmicrohttpd cjose)"
    "${CC:-cc}" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -o "$work/gateway" \
        "$benchmarks/peers/gateway.c" "${flags[@]}" -lpthread
}

# The cluster of the other parts is one that may lose what it was given; a ledger's may not. They only read by then, or
# measure reading.
keep_what_is_written() {
    local setting
    for setting in fsync synchronous_commit full_page_writes autovacuum; do
        in_postgres --quiet --command "ALTER SYSTEM SET $setting = on"
    done
    in_postgres --quiet --command "SELECT pg_reload_conf()" >/dev/null
    for setting in fsync synchronous_commit full_page_writes autovacuum; do
        [[ $(in_postgres --quiet --tuples-only --no-align --command "SHOW $setting") == on ]] ||
            fail "PostgreSQL's $setting stays off"
    done
}

# drive_callbacks sqlite|postgres RATE FILE: one round against a server and a ledger of its own, as a line of the file.
drive_callbacks() {
    local database=$1 rate=$2 file=$3 gateway_port port gateway_pid server_pid ledger before after
    local place=$work/callbacks
    rm -rf "$place"
    mkdir "$place"
    gateway_port=$(free_port 18380)
    port=$(free_port $((gateway_port + 1)))
    case $database in
    sqlite) ledger=sqlite:$place/ledger.sqlite ;;
    postgres)
        need_cluster
        keep_what_is_written
        in_postgres --quiet --command "SET client_min_messages = error" \
            --command "DROP DATABASE IF EXISTS callbacks" --command "CREATE DATABASE callbacks"
        ledger="postgresql:///callbacks?host=$cluster&port=5432&user=postgres"
        ;;
    esac
    (umask 077 && head -c 32 /dev/urandom | od --address-radix=n --format=x1 | tr -d ' \n' >"$place/key" &&
        echo invented >"$place/secret")
    jq --null-input --arg base "http://127.0.0.1:$gateway_port" --arg secret "$place/secret" '{abdm: {
        gateway: "\($base)/gateway", hiecm: "\($base)/hiecm", clientId: "bench", clientSecretFile: $secret,
        cmId: "sbx", facilities: [{id: "HIP1", name: "Synthetic Hospital", protocol: "v0.5"}]}}' >"$place/config.json"
    # The gateway is there first; it waits for the server, whose CPU time is counted around the calls.
    "$work/gateway" "$gateway_port" "$port" HIP1 "$rate" "$callback_seconds" "$connections" \
        "$data/requests.ndjson" >"$place/seen.json" &
    gateway_pid=$!
    processes+=("$gateway_pid")
    wait_for_answer "http://127.0.0.1:$gateway_port/certs" "$gateway_pid" 10
    "$milaan" serve --patients "$data/patients.csv" --care-contexts "$data/care_contexts.csv" \
        --config "$place/config.json" --ledger "$ledger" --token-key-file "$place/key" \
        --listen "127.0.0.1:$port" 2>"$place/serve.log" &
    server_pid=$!
    processes+=("$server_pid")
    wait_for_answer "http://127.0.0.1:$port/readyz" "$server_pid" 120
    before=$(cpu_ticks "$server_pid")
    wait "$gateway_pid" || { cat "$place/serve.log" >&2; fail "the callbacks were not taken"; }
    after=$(cpu_ticks "$server_pid")
    end_process "$server_pid"
    jq --compact-output --argjson ticks "$((after - before))" --argjson hertz "$ticks_per_second" \
        '. + {cpu_ns: ($ticks / $hertz * 1e9 / .n)}' "$place/seen.json" >>"$file"
}
