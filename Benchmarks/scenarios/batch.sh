# shellcheck shell=bash
# Batches over HTTP: so many requests as one NDJSON body, answered by as many lines.
# shellcheck disable=SC2154,SC2034

readonly batch_lines=200

measure_batch() {
    heading "Batches over HTTP: $batch_lines requests each"
    need_milaan
    check_batch
    local round file=$work/batch.jsonl
    serving=("$milaan_pid")
    drive "$milaan_url" 1 "$batch_lines" >/dev/null # warm
    for ((round = 1; round <= few_rounds; round++)); do
        served_round "$file" drive_batches
        say "round $round: $(tail -n 1 "$file")"
    done
    record_rounds http/batch/milaan "$file" "{\"lines\":$batch_lines}"
    target http-batch "requests in batches over HTTP, a second of the server's CPU" \
        "$(calculate "int(1e9 / $(figure_of http/batch/milaan cpu_ns))")" above 700000 /s
}

# What wrk saw, counted in lines; its latencies are those of whole batches.
drive_batches() {
    drive "$milaan_url" "$round_seconds" "$batch_lines" | jq --argjson lines "$batch_lines" '.requests *= $lines'
}

# All requests as one batch must be answered as milaan discover answers them.
check_batch() {
    local seen=$work/batch.ndjson
    say "asking all requests as one batch and comparing with milaan discover"
    need_decisions
    # Without waiting for "100 Continue".
    curl --silent --show-error --fail --output "$seen" --header 'Expect:' --header 'X-HIP-ID: HIP1' \
        --header 'Content-Type: application/x-ndjson' --data-binary "@$data/requests.ndjson" \
        "$milaan_url/v1/discover/batch" || fail "the batch was not taken"
    cmp --silent "$seen" "$decisions" ||
        note_wrong "of $(wc -l <"$seen") answers to a batch and $(wc -l <"$decisions") of milaan discover, $(diff "$seen" "$decisions" | grep -c '^[<>]' || true) lines differ"
}
