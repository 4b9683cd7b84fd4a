#!/usr/bin/env bash
# Counts the instructions of one discover request, and compares them with the record.
#
#   scripts/count-instructions.sh             the build of `scripts/test.sh optimised`
#   scripts/count-instructions.sh --accept    writes what was counted into the record, to be reviewed as a diff
#   scripts/count-instructions.sh --lines     counts cache lines too, and prints a JSON object; compares nothing
#   MILAAN=/path/to/milaan scripts/count-instructions.sh    another build; the record is not of it
#
# Valgrind's callgrind counts the same on a busy machine as on a quiet one. What is counted depends on the compiler
# and on the libraries, which choose their code by the processor: the record names them, and where it has no line
# for what is here, there is nothing to compare with, and the script says so and ends well (0). More than 5 % above the
# record is a failure (1); more than 5 % below asks for a new record. 2 where something is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly record=Benchmarks/instructions.tsv
readonly tolerance_percent=5
# A small hospital: what is counted is our own work, and that is the same with a larger one.
rows=2000
readonly seed=1
milaan=${MILAAN:-.build/optimised/release/milaan}

refuse() { echo "milaan: $1" >&2; exit 2; }

accepts=false
counts_lines=false
caches=()
case "${1:-}" in
"") ;;
--accept) accepts=true ;;
--lines)
    # Caches of one size, whatever this machine has, and more records than fit into them: 32 KiB of data beside the
    # core, and 1 MiB behind them.
    counts_lines=true
    rows=10000
    caches=(--cache-sim=yes "--I1=32768,8,64" "--D1=32768,8,64" "--LL=1048576,16,64")
    ;;
*) refuse "usage: scripts/count-instructions.sh [--accept|--lines]" ;;
esac
for program in valgrind objcopy jq; do
    command -v "$program" >/dev/null || refuse "$program is missing: scripts/install-packages.sh test"
done
[[ -x $milaan ]] || refuse "$milaan is not there: scripts/test.sh optimised builds it"

# What the count depends on beside our own code.
library_version() {
    local library
    library=$(ldd "$milaan" | awk -v name="$1" '$1 ~ "^" name "\\." { print $3 }')
    basename "$(readlink --canonicalize "$library")"
}
vectors=plain
if grep --quiet --word-regexp avx2 /proc/cpuinfo 2>/dev/null; then vectors=avx2; fi
setting="$(uname -m)+$vectors $(swift --version 2>/dev/null | grep --only-matching --max-count=1 'swift-[^) ]*')"
setting+=" glibc-$(getconf GNU_LIBC_VERSION | cut -d ' ' -f 2) $(library_version libsimdjson) $(valgrind --version)"
readonly setting

work=$(mktemp -d "${TMPDIR:-/tmp}/milaan-count.XXXXXX")
trap 'rm -rf -- "${work:?}"' EXIT

# Valgrind cannot read all of a Swift compiler's debug information, and needs none.
objcopy --strip-debug "$milaan" "$work/milaan"
# Nothing but the door of the decision and what it calls: no clock, no checksum.
# shellcheck disable=SC2016 # a Swift symbol begins with a dollar
valgrind --tool=callgrind --callgrind-out-file="$work/counts" "${caches[@]}" \
    --toggle-collect='$s4ABDM10DiscovererV8discover4body*' \
    "$work/milaan" bench discover --rows "$rows" --seed "$seed" --seconds 0 \
    >"$work/bench.jsonl" 2>"$work/log" || { cat "$work/log" >&2; refuse "the count failed"; }

# Each repetition asks all requests, and one before them warms up.
requests=$(jq --slurp 'map(select(.name | test("body-to-reply")) | .n * (.repetitions + 1)) | add' "$work/bench.jsonl")
# total EVENT...: how often they were counted.
total() {
    awk -v names="$*" '/^events:/ { for (i = 2; i <= NF; i++) place[$i] = i }
        /^(summary|totals):/ { n = split(names, name, " "); for (i = 1; i <= n; i++) sum += $place[name[i]]
                               printf "%.0f\n", sum; exit }' "$work/counts"
}
total=$(total Ir)
((${total:-0} > 0 && requests > 0)) || refuse "nothing was counted: has the decision's door another name?"
if $counts_lines; then
    jq --null-input --compact-output --argjson n "$requests" --argjson ir "$total" --argjson near "$(total D1mr D1mw)" \
        --argjson far "$(total DLmr DLmw)" --argjson code "$(total I1mr)" --argjson rows "$rows" \
        'def each: . / $n * 10 | round / 10;
         {n: $n, rows: $rows, instructions: ($ir / $n | round), data_lines_beyond_32_kib: ($near | each),
          data_lines_beyond_1_mib: ($far | each), code_lines_beyond_32_kib: ($code | each)}'
    exit 0
fi
readonly count=$((total / requests))
echo "milaan: $count instructions a discover request ($setting)"

if $accepts; then
    kept=$(awk -F '\t' -v setting="$setting" '/^#/ || $1 != setting' "$record" 2>/dev/null || true)
    { [[ -z $kept ]] || printf '%s\n' "$kept"; printf '%s\t%s\n' "$setting" "$count"; } >"$work/record"
    cp "$work/record" "$record"
    exit 0
fi

expected=$(awk -F '\t' -v setting="$setting" '$1 == setting { print $2 }' "$record")
if [[ -z $expected ]]; then
    echo "milaan: $record has no line for these versions, so the count is compared with nothing"
elif ((count * 100 > expected * (100 + tolerance_percent))); then
    echo "milaan: that is more than $tolerance_percent % above the $expected of $record" >&2
    exit 1
elif ((count * 100 < expected * (100 - tolerance_percent))); then
    echo "milaan: that is more than $tolerance_percent % below the $expected of $record: please --accept it"
fi
