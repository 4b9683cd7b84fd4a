# shellcheck shell=bash
# The server's CPU for a discover over a Unix domain socket, beside TCP.
# shellcheck disable=SC2154,SC2034

measure_unix() {
    heading "A Unix domain socket beside TCP, $connections connections"
    need_milaan
    need_paced
    local round transport socket=unix:$work/milaan.sock
    serve_beside "$socket" --
    local -A place=([tcp]=${milaan_url##*:} [unix]=$socket) pid=([tcp]=$milaan_pid [unix]=$beside_pid)
    for transport in tcp unix; do pace "${place[$transport]}" 0 1 >/dev/null; done # warm
    for ((round = 1; round <= few_rounds; round++)); do
        for transport in tcp unix; do
            serving=("${pid[$transport]}")
            served_round "$work/unix-$transport.jsonl" pace "${place[$transport]}" 0 "$round_seconds"
            say "round $round: $transport $(tail -n 1 "$work/unix-$transport.jsonl")"
        done
    done
    for transport in tcp unix; do
        record_rounds "http/transport/$transport" "$work/unix-$transport.jsonl" "{\"connections\":$connections}"
    done
    target http-unix "server CPU a request over a Unix domain socket, times TCP's" \
        "$(ratio_of_rounds "$work/unix-unix.jsonl" "$work/unix-tcp.jsonl" cpu_ns)" at-most 1 x
    end_process "${pid[unix]}"
}
