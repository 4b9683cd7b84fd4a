# shellcheck shell=bash
# Loading from PostgreSQL, beside psql that drains the same columns into nothing.
# shellcheck disable=SC2154

readonly patient_columns="id hip_id name gender birth_date yob mobile abha_address abha_number mr_number"
readonly context_columns="patient_id hip_id reference display hi_type date linked"

load_url=""

measure_load() {
    heading "Load from PostgreSQL"
    need_hospital_tables
    load_url="postgres:///postgres?host=$cluster&port=5432&user=postgres"
    # Without a mapping both tables are read; a mapping that names one reads that one.
    jq --null-input --arg columns "$patient_columns" '{database: {patients: {
        table: "patients", columns: ($columns | split(" ") | map({key: ., value: .}) | from_entries)}}}' \
        >"$work/patients-only.json"
    echo '{}' >"$work/both.json"
    measure_load_of patients "$work/patients-only.json" "$(copy_of patients "$patient_columns")"
    measure_load_of patients+care-contexts "$work/both.json" \
        "$(copy_of patients "$patient_columns")" "$(copy_of care_contexts "$context_columns")"
}

copy_of() { echo "COPY (SELECT ${2// /, } FROM $1) TO STDOUT (FORMAT binary)"; }

# measure_load_of NAME CONFIG COPY...
measure_load_of() {
    local name=$1 config=$2 copy commands=() round i ours=() theirs=() start line expected
    shift 2
    for copy in "$@"; do commands+=(--command "$copy"); done
    # A round: Milaan's median of five loads and one to get warm, then psql's five drains.
    for ((round = 1; round <= load_rounds; round++)); do
        "$milaan" bench load --config "$config" --database "$load_url" --rows "$rows" --seed "$seed" --seconds 0 \
            >"$work/load.json" 2>"$work/load.log" || { cat "$work/load.log" >&2; fail "milaan bench load failed"; }
        expected=$(jq .patients "$work/load.json")
        ((expected == rows)) || note_wrong "a load took $expected of $rows patients"
        ours+=("$(jq .median_ns "$work/load.json")")
        for ((i = 0; i < 5; i++)); do
            start=$(date +%s%N)
            in_postgres --quiet "${commands[@]}" >/dev/null
            theirs+=("$(($(date +%s%N) - start))")
        done
        say "$name, round $round: milaan ${ours[-1]} ns, psql $(median "${theirs[@]}") ns"
    done
    line=$(jq --null-input --compact-output --argjson times "$(json_array "${ours[@]}")" \
        "$(load_figures)")
    record_line "load/postgres/$name/milaan" "$line"
    line=$(jq --null-input --compact-output --argjson times "$(json_array "${theirs[@]}")" \
        "$(load_figures)")
    record_line "load/postgres/$name/psql" "$line"
    target "load-$name" "load of $name, times psql's drain" \
        "$(calculate "$(median "${ours[@]}") / $(median "${theirs[@]}")")" at-most 1.5 x
}

load_figures() {
    printf '%s\n' "$jq_median"
    cat <<'JQ'
{n: 1, repetitions: ($times | length), median_ns: ($times | median), min_ns: ($times | min)}
JQ
}
