# shellcheck shell=bash
# How figures grow with the work: with rows, with patients under one key, with threads; beside what a user would write in
# an afternoon. As lines of the record, and as pictures that gnuplot draws of them.
# shellcheck disable=SC2154,SC2034

measure_scaling() {
    command -v gnuplot >/dev/null || refuse "gnuplot is missing: scripts/install-packages.sh bench"
    heading "Scaling"
    local size sizes=(10000 100000 1000000 10000000)
    if $is_quick; then sizes=(1000 10000 100000); fi
    if $is_huge; then sizes+=(100000000); fi
    swiftc -O -o "$work/dictionary" "$benchmarks/peers/dictionary/main.swift" >&2
    for size in "${sizes[@]}"; do
        local only=()
        # Care contexts take as much room again, which this machine may not have.
        ((size <= 10000000)) || only=(--patients-only)
        scaled discover "$size" "${only[@]}"
        scaled batch "$size" "${only[@]}"
        decisions_target "$size"
        if ((size <= 10000000)); then scaled memory "$size"; fi
        if ((size <= 1000000)); then scaled_dictionary "$size"; fi
    done
    scaled candidates $((rows < 1000000 ? rows : 1000000))
    draw_scaling
}

# scaled BENCH ROWS [OPTION...]: milaan bench, its names under scaling/.
scaled() {
    local bench=$1 size=$2
    shift 2
    "$milaan" bench "$bench" --rows "$size" --seed "$seed" --seconds "$bench_seconds" "$@" \
        >"$work/bench.jsonl" 2>"$work/bench.log" || {
        cat "$work/bench.log" >&2
        note_wrong "milaan bench $bench --rows $size failed"
        return
    }
    jq --compact-output '.name |= "scaling/" + .' "$work/bench.jsonl" | tee -a "$record" >&2
}

# decisions_target ROWS: what is wanted of decoded requests, at the sizes for which something is.
decisions_target() {
    local size=$1 least figure
    case $size in
    10000000) least=8000000 ;;
    100000000) least=4000000 ;;
    *) return 0 ;;
    esac
    figure=$(jq --raw-output --argjson rows "$size" \
        'select(.name == "scaling/abdm/batch/decoded-16" and .rows == $rows) | .per_second' "$record")
    [[ -z $figure ]] || target batch "decisions a second on one core, of decoded requests, $size patients" \
        "$figure" above "$least" /s
}

# scaled_dictionary ROWS: the baseline on the same hospital, and how often it gives the answer that Milaan gives.
scaled_dictionary() {
    local size=$1 place=$work/scaled seen
    rm -rf "$place"
    "$milaan" generate --patients "$size" --seed "$seed" --requests $((size < 20000 ? size : 20000)) \
        --output "$place" 2>"$work/generate.log" || { cat "$work/generate.log" >&2; fail "milaan generate failed"; }
    seen=$("$work/dictionary" "$place/patients.csv" "$place/requests.ndjson" "$place/theirs" "$bench_seconds") ||
        fail "the dictionary's baseline failed"
    "$milaan" discover --patients "$place/patients.csv" --profile seed <"$place/requests.ndjson" 2>/dev/null |
        jq --raw-output 'if .outcome == "match" then .patient.referenceNumber
                         elif .outcome == "ambiguous" then "?" else "-" end' >"$place/ours"
    jq --null-input --compact-output --argjson seen "$seen" --argjson rows "$size" --arg seed "$seed" \
        --argjson same "$(paste "$place/ours" "$place/theirs" |
            awk '{ n++; if (($1 != "-" && $1 != "?") == ($2 != "-" && $2 != "?")) same++ } END { print same / n }')" \
        '{name: "scaling/dictionary/body-to-reply"} + $seen + {same_outcome: $same, rows: $rows, seed: $seed}' |
        tee -a "$record" >&2
    rm -rf "$place"
}

# Pictures from the record's lines: $work/scaling-*.svg, kept beside the record.
draw_scaling() {
    local dir=$work/plots
    mkdir -p "$dir"
    plot_of scaling/abdm/discover/body-to-reply .median_ns / 1000 >"$dir/p50"
    plot_of scaling/abdm/discover/body-to-reply .p99_ns / 1000 >"$dir/p99"
    plot_of scaling/abdm/discover/decide .median_ns / 1000 >"$dir/decide"
    plot_of scaling/dictionary/body-to-reply .median_ns / 1000 >"$dir/dictionary"
    plot_of scaling/index/memory/four-identifiers .bytes_per_row >"$dir/full"
    plot_of scaling/index/memory/synthetic .bytes_per_row >"$dir/mixed"
    plot_of scaling/dictionary/body-to-reply .resident_bytes_per_row >"$dir/dictionary-memory"
    plot_of scaling/abdm/batch/1-thread .per_second / 1e6 >"$dir/threads-1"
    plot_of "scaling/abdm/batch/$(nproc)-threads" .per_second / 1e6 >"$dir/threads-all"
    jq --raw-output 'select(.name | test("^scaling/abdm/discover/candidates-")) |
        "\(.name | split("-") | last) \(.median_ns / 1000) \(.p99_ns / 1000)"' "$record" >"$dir/candidates"
    (cd "$dir" && gnuplot) <<'PLOT'
set terminal svg size 720,440 font "sans-serif,13" background "#ffffff"
set grid
set key top left
set style data linespoints
set logscale x
set format x "10^{%T}"
set xlabel "patients"

set output "scaling-latency.svg"
set title "One discover, from its body to its reply, in process"
set ylabel "microseconds"
set logscale y
plot "p50" title "Milaan, median", "p99" title "Milaan, p99", "decide" title "the decision alone, median", \
     "dictionary" title "a dictionary in Swift, median"

set output "scaling-throughput.svg"
set title "Requests back to back, in process"
set ylabel "million requests a second"
unset logscale y
set yrange [0:*]
plot "threads-1" title "one thread", "threads-all" title "all cores"

set output "scaling-memory.svg"
set title "Memory of a patient, without care contexts"
set ylabel "bytes"
plot "full" title "Milaan, all four identifiers", "mixed" title "Milaan, as hospitals are", \
     "dictionary-memory" title "a dictionary in Swift"

set output "scaling-candidates.svg"
set title "One discover by a mobile that several patients share"
set xlabel "patients under one key"
set ylabel "microseconds"
set format x "%g"
set logscale x 2
set logscale y
set yrange [*:*]
plot "candidates" using 1:2 title "median", "candidates" using 1:3 title "p99"
PLOT
    pictures=("$dir"/scaling-*.svg)
}

# plot_of NAME FIGURE: rows and figure of each line with this name.
plot_of() {
    local name=$1
    shift
    jq --raw-output --arg name "$name" 'select(.name == $name) | "\(.rows) \('"$*"')"' "$record"
}
