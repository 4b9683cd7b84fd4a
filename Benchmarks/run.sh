#!/usr/bin/env bash
# Measures Milaan on this machine, beside its peers, and writes a record.
#
#   [MILAAN=EXECUTABLE] Benchmarks/run.sh [--quick] [--rows N] [--seed S] [--output FILE] [--accept] [--huge] [PART...]
#
# PART is one of: in-process limits build kernel names http batch latency cores unix postgres load
# callbacks scaling (default: all of them). --quick measures a small hospital for a second each: a smoke test, not a record.
# --accept takes the checksums that are seen as the right ones. --huge lets scaling go on to 100 million patients. Exit codes: 0 measured (whatever the times), 1 a wrong answer or a failed
# part, 2 wrong use or something is missing. Benchmarks/README.md explains each figure.
set -euo pipefail
benchmarks=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$benchmarks")
cd "$root"

# shellcheck source=Benchmarks/scenarios/support.sh
source "$benchmarks/scenarios/support.sh"
# shellcheck source=Benchmarks/scenarios/record.sh
source "$benchmarks/scenarios/record.sh"

readonly parts_known=(in-process limits build kernel names http batch latency cores unix postgres load callbacks scaling)
is_quick=false
is_accepting=false
is_huge=false
rows=""
seed=1
output=""
parts=()
usage() { refuse "usage: Benchmarks/run.sh [--quick] [--rows N] [--seed S] [--output FILE] [--accept] [--huge] [${parts_known[*]}]"; }
while (($# > 0)); do
    case $1 in
    --quick) is_quick=true ;;
    --accept) is_accepting=true ;;
    --huge) is_huge=true ;;
    --rows) rows=${2-}; [[ $rows =~ ^[1-9][0-9]*$ ]] || usage; shift ;;
    --seed) seed=${2-}; [[ $seed =~ ^[0-9]+$ ]] || usage; shift ;;
    --output) output=${2-}; [[ -n $output ]] || usage; shift ;;
    *)
        [[ " ${parts_known[*]} " == *" $1 "* ]] || usage
        parts+=("$1")
        ;;
    esac
    shift
done
if ((${#parts[@]} == 0)); then parts=("${parts_known[@]}"); fi

# How long, how often. Rounds alternate between the peers; a figure is the median of its rounds.
if $is_quick; then
    rows=${rows:-100000}
    bench_seconds=0 round_seconds=1 sweep_seconds=1 rounds=2 few_rounds=2 load_rounds=1 connections=32
    callback_rate=500 callback_seconds=2
else
    rows=${rows:-1000000}
    bench_seconds=2 round_seconds=4 sweep_seconds=3 rounds=5 few_rounds=3 load_rounds=2 connections=32
    callback_rate=2000 callback_seconds=8
fi
requests=20000
# shellcheck disable=SC2034 # for the scenarios
readonly rows seed requests bench_seconds round_seconds sweep_seconds rounds few_rounds load_rounds connections \
    callback_rate callback_seconds is_huge

for program in jq awk; do
    command -v "$program" >/dev/null || refuse "$program is missing: scripts/install-packages.sh bench"
done

work=$(mktemp -d "${TMPDIR:-/tmp}/milaan-bench.XXXXXX")
begin_cleanup

milaan=${MILAAN:-}
is_built=false
if [[ -z $milaan ]]; then
    heading "Building a release"
    swift build --configuration release --product milaan >&2
    milaan=$(swift build --configuration release --show-bin-path)/milaan
    is_built=true
fi
[[ -x $milaan ]] || refuse "$milaan is not there"

record=$work/record.jsonl
targets=$work/targets.tsv
touch "$record" "$targets"
record_machine

for part in "${parts[@]}"; do
    # shellcheck source=/dev/null
    source "$benchmarks/scenarios/$part.sh"
    "measure_${part//-/_}"
done

print_table
keep_record
((wrong_answers == 0)) || fail "$wrong_answers measurements gave wrong answers"
