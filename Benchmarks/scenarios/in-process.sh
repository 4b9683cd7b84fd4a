# shellcheck shell=bash
# Milaan's own measurements, in its own process: no socket, no peer.
# shellcheck disable=SC2154

measure_in_process() {
    local bench line
    for bench in discover batch search kernel names memory load; do
        heading "In process: $bench"
        "$milaan" bench "$bench" --rows "$rows" --seed "$seed" --seconds "$bench_seconds" \
            >"$work/bench.jsonl" 2>"$work/bench.log" || {
            cat "$work/bench.log" >&2
            # It ends so where two repetitions give different answers.
            note_wrong "milaan bench $bench failed"
            continue
        }
        tee -a "$record" <"$work/bench.jsonl" >&2
        # The image of a load may be laid out anew at any time; all the others are answers.
        if [[ $bench != memory && $bench != load ]]; then
            while read -r line; do
                check_sum "$(jq --raw-output .name <<<"$line")" "$(jq --raw-output .checksum <<<"$line")"
            done <"$work/bench.jsonl"
        fi
    done
    in_process_targets
}

in_process_targets() {
    local figure
    figure=$(figure_of abdm/discover/body-to-reply median_ns)
    [[ -z $figure ]] || target discover "in process: p50 of a discover, body to reply" "$figure" at-most 1000 ns
    figure=$(figure_of abdm/discover/decide median_ns)
    [[ -z $figure ]] || target discover "in process: p50 of the decision on a decoded request" "$figure" at-most 1000 ns
    local plain
    plain=$(figure_of abdm/discover/body-to-reply-seed median_ns)
    [[ -z $figure || -z $plain ]] || target names "p50 of a discover with weighed names, over plain ones" \
        "$(jq --null-input "$figure / $plain * 100 | round / 100")" at-most 1.25 x
    for tokens in 2 4; do
        figure=$(figure_of "matcher/names/weighed$tokens" median_ns)
        [[ -z $figure ]] || target names "a weighed comparison of $tokens tokens" "$figure" \
            at-most "$((tokens == 2 ? 150 : 400))" ns
    done
    figure=$(figure_of abdm/batch/decoded-16 per_second)
    [[ -z $figure ]] || target batch "decisions a second on one core, of decoded requests, $rows patients" \
        "$figure" above 8000000 /s
    figure=$(figure_of index/memory/four-identifiers bytes_per_row)
    [[ -z $figure ]] || target memory "memory of a patient with four identifiers" "$figure" at-most 120 bytes
    figure=$(figure_of index/memory/four-identifiers-identity bytes_per_row)
    [[ -z $figure ]] || target memory "the same without columns of searches by name and links to care contexts" \
        "$figure" at-most 80 bytes
}
