# shellcheck shell=bash
# The server's CPU for a discover over HTTP, beside nginx and bare libmicrohttpd, which do nothing
# but read the same bodies and answer with as many bytes.
# shellcheck disable=SC2154,SC2034

measure_http() {
    heading "HTTP: $connections connections, real bodies"
    need_milaan
    check_answers
    start_constants

    local peer round
    local -A url=([milaan]=$milaan_url [nginx]=$nginx_url [libmicrohttpd]=$constant_url)
    for peer in milaan nginx libmicrohttpd; do drive "${url[$peer]}" 1 >/dev/null; done # warm
    for ((round = 1; round <= rounds; round++)); do
        for peer in milaan nginx libmicrohttpd; do
            measure_round "$peer" "${url[$peer]}"
            say "round $round: $peer $(tail -n 1 "$work/http-$peer.jsonl")"
        done
    done
    for peer in milaan nginx libmicrohttpd; do
        record_rounds "http/discover/$peer" "$work/http-$peer.jsonl" \
            "{\"connections\":$connections,\"answer_bytes\":$answer_bytes}"
    done
    target http "HTTP: server CPU a request, times nginx's for a constant" \
        "$(ratio_of_rounds "$work/http-milaan.jsonl" "$work/http-nginx.jsonl" cpu_ns)" at-most 1.3 x
    end_process "$nginx_pid"
    end_process "$constant_pid"
}

# measure_round PEER URL: appends one round to the peer's file.
measure_round() {
    case $1 in
    milaan) serving=("$milaan_pid") ;;
    nginx) mapfile -t serving < <(with_children "$nginx_pid") ;;
    libmicrohttpd) serving=("$constant_pid") ;;
    esac
    served_round "$work/http-$1.jsonl" drive "$2" "$round_seconds"
}

# Every answer that the server gives must be the one that the offline batch gives.
answer_bytes=0
check_answers() {
    say "asking each body once and comparing with milaan discover"
    need_answers
    need_decisions
    if ! cmp --silent "$answers" "$decisions"; then
        note_wrong "of $(wc -l <"$answers") answers of the server and $(wc -l <"$decisions") of milaan discover, $(diff "$answers" "$decisions" | grep -c '^[<>]' || true) lines differ"
    fi
    check_sum http/answers "$(sha256sum <"$answers" | cut -c 1-16)"
    # What the constants are to send: the mean body.
    answer_bytes=$(awk '{ bytes += length($0) } END { print int(bytes / NR + 0.5) }' "$answers")
}

nginx_pid=""
nginx_url=""
constant_pid=""
constant_url=""

start_constants() {
    local port dir=$work/nginx user="" answer nginx
    nginx=$(PATH=$PATH:/usr/sbin:/sbin command -v nginx) || refuse "nginx is missing: scripts/install-packages.sh bench"
    mkdir "$dir"
    port=$(free_port 18180)
    # As root, nginx would hand its workers to another user.
    if ((EUID == 0)); then user="user root;"; fi
    answer=$(printf '%*s' "$answer_bytes" '' | tr ' ' x)
    sed -e "s|@DIR@|$dir|g" -e "s|@PORT@|$port|g" -e "s|@USER@|$user|" -e "s|@ANSWER@|$answer|" \
        "$benchmarks/peers/nginx.conf.template" >"$dir/nginx.conf"
    "$nginx" -p "$dir" -c "$dir/nginx.conf" -e "$dir/error.log" 2>"$dir/start.log" &
    nginx_pid=$!
    processes+=("$nginx_pid")
    nginx_url=http://127.0.0.1:$port
    wait_for_answer "$nginx_url/" "$nginx_pid" 10

    port=$(free_port 18280)
    local flags
    read -r -a flags <<<"$(pkg-config --cflags --libs libmicrohttpd)"
    "${CC:-cc}" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -o "$work/constant" "$benchmarks/peers/constant.c" "${flags[@]}"
    "$work/constant" "$port" "$answer_bytes" "$(nproc)" &
    constant_pid=$!
    processes+=("$constant_pid")
    constant_url=http://127.0.0.1:$port
    wait_for_answer "$constant_url/" "$constant_pid" 10
}
