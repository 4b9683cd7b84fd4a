# shellcheck shell=bash
# Comparing names beside the peers that Python has: the same pairs, time and quality side by side.
# shellcheck disable=SC2154

measure_names() {
    local python=$root/.build/peers/names/bin/python peers=$benchmarks/peers/names
    heading "Names, beside RapidFuzz, indic-namematch and indian-namematch"
    need_name_peers "$python" "$peers" || { say "no python3 with venv: names are left out"; return 0; }
    local set
    for set in written latin; do
        "$python" "$peers/pairs.py" "$set" "$root/fixtures/names/pairs.tsv" "$work/$set.tsv"
        compare_names "$set" "$python" "$peers"
    done
    # A labelled table that is kept beside the repository; MILAAN_LABELLED names another place.
    local labelled=${MILAAN_LABELLED:-$root/../shared/data/india-dev}
    if [[ -e $labelled/discover_truth.csv.gz ]]; then
        "$python" "$peers/pairs.py" requests "$labelled" "$work/requests.tsv"
        compare_names requests "$python" "$peers"
    else
        say "no labelled table beside the repository: only the pairs written by hand"
    fi
}

# An environment of its own, kept beside the build. A package that pip cannot find is left out.
need_name_peers() {
    local python=$1 peers=$2 package
    [[ -x $python ]] || python3 -m venv "$root/.build/peers/names" >&2 || return 1
    while read -r package; do
        "$python" -m pip install --quiet --disable-pip-version-check "$package" >&2 ||
            say "pip cannot install $package"
    done <"$peers/requirements.txt"
}

# compare_names SET PYTHON PEERS: the pairs of $work/SET.tsv.
compare_names() {
    cut -f 1,2 "$work/$1.tsv" >"$work/$1.names"
    "$milaan" bench pairs --pairs "$work/$1.names" --seconds "$bench_seconds" \
        >"$work/$1.jsonl" 2>"$work/bench.log" || {
        cat "$work/bench.log" >&2
        note_wrong "milaan bench pairs failed"
        return 0
    }
    "$2" "$3/compare.py" "$1" "$work/$1.tsv" "$work/$1.jsonl" "$record" "$rounds"
}
