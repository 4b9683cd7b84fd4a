# shellcheck shell=bash
# How long a discover over HTTP takes at 70 % of the greatest load: at a rate, whether the server keeps up or not. Half
# of the cores are the server's, the others the load's: on one that they share, they would wait for each other.
# shellcheck disable=SC2154,SC2034

measure_latency() {
    heading "Latency over HTTP at 70 % of the greatest load, $connections connections"
    local cores half
    read -r -a cores < <(allowed_cores)
    if ((${#cores[@]} < 2)); then
        say "one core only: left out"
        return 0
    fi
    command -v taskset >/dev/null || refuse "taskset is missing: apt-get install util-linux"
    half=$((${#cores[@]} / 2))
    need_data
    need_paced
    local port round seen rates=() most rate file=$work/latency.jsonl
    port=$(free_port 18470)
    serve_beside "127.0.0.1:$port" taskset --cpu-list "$(joined "${cores[@]:0:half}")" -- --threads "$half"
    serving=("$beside_pid")
    drive_on=(taskset --cpu-list "$(joined "${cores[@]:half}")")
    pace "$port" 0 1 >/dev/null # warm
    for ((round = 1; round <= few_rounds; round++)); do
        seen=$(pace "$port" 0 "$round_seconds")
        rates+=("$(jq '.requests / .seconds | round' <<<"$seen")")
    done
    most=$(median "${rates[@]}")
    rate=$(calculate "int($most * 0.7)")
    say "the load was answered ${rates[*]} requests a second; $rate a second go on"
    pace "$port" "$rate" 1 >/dev/null # warm
    for ((round = 1; round <= few_rounds; round++)); do
        served_round "$file" pace "$port" "$rate" "$round_seconds"
        say "round $round: $(tail -n 1 "$file")"
    done
    drive_on=()
    end_process "$beside_pid"
    record_rounds http/latency/70-percent "$file" \
        "{\"connections\":$connections,\"rate\":$rate,\"greatest\":$most,\"server_cores\":$half,\"load_cores\":$((${#cores[@]} - half))}"
    target http-latency "p99 of a discover over HTTP at 70 % of the greatest load" \
        "$(figure_of http/latency/70-percent latency_p99_us)" at-most 1000 us
}
