# shellcheck shell=bash
# The distance kernel beside RapidFuzz's cdist: every name of a list with every one, on one thread.
# shellcheck disable=SC2154

measure_kernel() {
    local python=$root/.build/peers/kernel/bin/python peers=$benchmarks/peers/kernel
    heading "The kernel, beside RapidFuzz"
    need_kernel_peer "$python" "$peers" || { say "no RapidFuzz to be had: the kernel is left out"; return 0; }
    local count=5000 list limit
    "$milaan" bench kernel --rows "$count" --seed "$seed" --write-names >"$work/hospital.names"
    # Of one length, as long as names are on average; one in ten or so has it.
    "$milaan" bench kernel --rows $((count * 20)) --seed "$seed" --write-names >"$work/all.names"
    awk -v count="$count" 'length == 12 && found++ < count' "$work/all.names" >"$work/letters12.names"
    for list in letters12 hospital; do
        for limit in exact 2; do compare_kernel "$list" "$limit" "$python" "$peers"; done
    done
}

# An environment of its own, kept beside the build.
need_kernel_peer() {
    local python=$1 peers=$2
    [[ -x $python ]] || python3 -m venv "$root/.build/peers/kernel" >&2 || return 1
    "$python" -m pip install --quiet --disable-pip-version-check --requirement "$peers/requirements.txt" >&2
}

# compare_kernel LIST LIMIT PYTHON PEERS: the names of $work/LIST.names.
compare_kernel() {
    local list=$1 limit=$2 options=() ratio
    [[ $limit == exact ]] || options=(--limit "$limit")
    "$milaan" bench kernel --names "$work/$list.names" "${options[@]}" --seconds "$bench_seconds" \
        >"$work/kernel.jsonl" 2>"$work/bench.log" || {
        cat "$work/bench.log" >&2
        note_wrong "milaan bench kernel --names failed"
        return 0
    }
    "$3" "$4/compare.py" "$list" "$work/$list.names" "$limit" "$work/kernel.jsonl" "$record" "$rounds" \
        >"$work/kernel.txt" || note_wrong "RapidFuzz and Milaan give different distances"
    grep -v '^ratio ' "$work/kernel.txt" >&2 || true
    ratio=$(awk '$1 == "ratio" { print $2 }' "$work/kernel.txt")
    [[ -z $ratio ]] || target "kernel-$list-$limit" "RapidFuzz's time for $list, $limit, times the kernel's" \
        "$ratio" above 5 x
    kernel_targets "$list" "$limit"
}

# What the figures of one list are held to: those of names of one length.
kernel_targets() {
    [[ $1 == letters12 ]] || return 0
    local chosen prepared most=3
    [[ $2 == exact ]] || most=1.5
    chosen=$(jq --raw-output 'select(.chosen == 1) | .median_ns' "$work/kernel.jsonl")
    prepared=$(jq --raw-output 'select(.name | contains("/prepared/")) | .median_ns' "$work/kernel.jsonl")
    target "kernel-blocks-$2" "the kernel's time for a pair of 12 letters, $2" "$chosen" at-most "$most" ns
    target "kernel-prepared-$2" "the scalar kernel's, one prepared pattern, $2" "$prepared" at-most 25 ns
}
