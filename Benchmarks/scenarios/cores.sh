# shellcheck shell=bash
# From one core of the server to two: requests a second, and the server's CPU for each.
# shellcheck disable=SC2154,SC2034

measure_cores() {
    heading "HTTP: one core of the server, and two"
    local cores
    read -r -a cores < <(allowed_cores)
    if ((${#cores[@]} < 2)); then
        say "one core only: left out"
        return 0
    fi
    command -v taskset >/dev/null || refuse "taskset is missing: apt-get install util-linux"
    need_paced
    # Where the load comes from: elsewhere, as far as there is an elsewhere. One core drives less than two serve.
    local place load url=() pid=() shares=("" false false)
    place=("" "${cores[0]}" "${cores[0]},${cores[1]}")
    if ((${#cores[@]} >= 4)); then
        load=("" "$(joined "${cores[@]:2}")" "$(joined "${cores[@]:2}")")
    else
        load=("" "$(joined "${cores[@]:1}")" "$(joined "${cores[@]}")")
        shares=("" false true)
        say "with ${#cores[@]} cores the load shares those of the server that has two"
    fi

    local count port round
    for count in 1 2; do
        port=$(free_port $((18480 + count)))
        serve_beside "127.0.0.1:$port" taskset --cpu-list "${place[$count]}" -- --threads "$count"
        pid[count]=$beside_pid
        url[count]=http://127.0.0.1:$port
        # Warms, and compares every answer; what it says of times is not kept.
        pace "$port" 0 1 >"$work/cores-checked.json"
        [[ $(jq .wrong "$work/cores-checked.json") == 0 ]] ||
            note_wrong "a server on $count cores gives other answers than milaan discover"
    done
    for ((round = 1; round <= few_rounds; round++)); do
        for count in 1 2; do
            serving=("${pid[$count]}")
            drive_on=(taskset --cpu-list "${load[$count]}")
            served_round "$work/cores-$count.jsonl" drive "${url[$count]}" "$round_seconds"
            say "round $round, $count: $(tail -n 1 "$work/cores-$count.jsonl")"
        done
    done
    drive_on=()
    for count in 1 2; do
        end_process "${pid[$count]}"
        record_rounds "http/cores/$count" "$work/cores-$count.jsonl" \
            "{\"connections\":$connections,\"load_shares_cores\":${shares[$count]}}"
    done
    if ! ${shares[2]}; then
        target http-cores "requests/s of a server on two cores, times one core's" \
            "$(ratio_of_rounds "$work/cores-2.jsonl" "$work/cores-1.jsonl" per_second)" above 1.9 x
    fi
    # What two cores could answer if nothing else were on them.
    target http-cores-cpu "server CPU a request on two cores, times one core's" \
        "$(ratio_of_rounds "$work/cores-2.jsonl" "$work/cores-1.jsonl" cpu_ns)" at-most 1.05 x
}
