# shellcheck shell=bash
# How long a discover over HTTP takes at 70 % of the greatest load: at a rate, whether the server keeps up or not.
# shellcheck disable=SC2154,SC2034

measure_latency() {
    heading "Latency over HTTP at 70 % of the greatest load, $connections connections"
    need_milaan
    need_paced
    local round seen rates=() most rate file=$work/latency.jsonl port=${milaan_url##*:}
    serving=("$milaan_pid")
    drive "$milaan_url" 1 >/dev/null # warm
    for ((round = 1; round <= few_rounds; round++)); do
        seen=$(drive "$milaan_url" "$round_seconds")
        rates+=("$(jq '.requests / .seconds | round' <<<"$seen")")
    done
    most=$(median "${rates[@]}")
    rate=$(calculate "int($most * 0.7)")
    say "wrk was answered ${rates[*]} requests a second; $rate a second go on"
    pace "$port" "$rate" 1 >/dev/null # warm
    for ((round = 1; round <= few_rounds; round++)); do
        served_round "$file" pace "$port" "$rate" "$round_seconds"
        say "round $round: $(tail -n 1 "$file")"
    done
    record_rounds http/latency/70-percent "$file" \
        "{\"connections\":$connections,\"rate\":$rate,\"greatest\":$most}"
    target http-latency "p99 of a discover over HTTP at 70 % of the greatest load" \
        "$(figure_of http/latency/70-percent latency_p99_us)" at-most 1000 us
}
