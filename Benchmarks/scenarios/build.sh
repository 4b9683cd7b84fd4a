# shellcheck shell=bash
# Making an image of parsed records, in process: with all cores, and with one; and the peak of memory.
# shellcheck disable=SC2154

measure_build() {
    heading "Build: an image of parsed records"
    local cores core line seen checksums
    cores=$(nproc)
    : >"$work/builds.jsonl"
    build_image || return 0
    if ((cores > 1)); then
        command -v taskset >/dev/null || refuse "taskset is missing: apt-get install util-linux"
        read -r core _ < <(allowed_cores)
        build_image taskset --cpu-list "$core" || return 0
    fi
    # However many cores made it, an image gives the same answers.
    checksums=$(jq --raw-output .checksum "$work/builds.jsonl" | sort --unique)
    [[ $(wc -l <<<"$checksums") == 1 ]] || note_wrong "images made by one core and by $cores give different answers"
    check_sum index/build/answers "${checksums%%$'\n'*}"
    while read -r line; do
        seen=$(jq .cores <<<"$line")
        target "build-$seen" "rows a second a core, of the image's making, on $seen of $cores" \
            "$(jq '.per_second / .cores | round' <<<"$line")" above 2000000 /s
    done <"$work/builds.jsonl"
    target build-memory "peak of memory while the image is made, times its final size" \
        "$(jq --slurp 'map(.peak_bytes / .final_bytes) | max * 1000 | round / 1000' "$work/builds.jsonl")" at-most 1.5 x
}

# build_image [PREFIX...]: milaan bench build behind such words as taskset's.
build_image() {
    "$@" "$milaan" bench build --rows "$rows" --seed "$seed" --seconds "$bench_seconds" \
        >"$work/bench.jsonl" 2>"$work/bench.log" || {
        cat "$work/bench.log" >&2
        note_wrong "milaan bench build failed"
        return 1
    }
    tee -a "$record" "$work/builds.jsonl" <"$work/bench.jsonl" >&2
}
