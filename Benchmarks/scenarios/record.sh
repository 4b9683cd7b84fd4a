# shellcheck shell=bash
# The record: one JSON object a line, targets beside them, checksums held against the known ones.
# Sourced by run.sh, whose variables it uses.
# shellcheck disable=SC2154

wrong_answers=0
pictures=() # that were drawn of the record's lines
unknown_checksums=0

# Named once, at the start: what a run writes must not make its own commit a changed one.
commit=""

name_commit() {
    commit=$(git rev-parse --short=10 HEAD 2>/dev/null) || commit=unknown
    [[ -z $(git status --porcelain --untracked-files=no 2>/dev/null) ]] || commit+=-dirty
}

cpu_name() { awk -F ': *' '/^model name/ { print $2; exit }' /proc/cpuinfo; }

# The first line: what the figures below it were measured on.
record_machine() {
    name_commit
    jq --null-input --compact-output \
        --arg date "$(date --utc +%Y-%m-%dT%H:%M:%SZ)" --arg commit "$commit" \
        --arg cpu "$(cpu_name)" --argjson cores "$(nproc)" \
        --argjson memory "$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)" \
        --arg kernel "$(uname -sr)" --arg machine "$(uname -m)" \
        --arg compiler "$(swift --version 2>/dev/null | head -n 1)" \
        --arg flags "--configuration release -cross-module-optimization" \
        --arg load "$(cut -d ' ' -f 1-3 /proc/loadavg)" --argjson rows "$rows" \
        --arg seed "$seed" --argjson quick "$is_quick" --arg parts "${parts[*]}" \
        '{name: "machine", date: $date, commit: $commit, cpu: $cpu, cores: $cores, memory_mb: $memory,
          kernel: $kernel, architecture: $machine, compiler: $compiler, flags: $flags,
          load_average: $load, rows: $rows, seed: $seed, quick: $quick, parts: $parts}' >>"$record"
}

# record_line NAME OBJECT: adds a measurement.
record_line() {
    jq --null-input --compact-output --arg name "$1" --argjson rows "$rows" --arg seed "$seed" \
        --argjson figures "$2" '{name: $name} + $figures + {rows: $rows, seed: $seed}' >>"$record"
}

# target NAME FIGURE MEASURED at-most|above LIMIT UNIT: holds a figure against what is wanted.
# A target that is missed is reported and fails nothing: times are a machine's, not a test's.
target() {
    local name=$1 figure=$2 measured=$3 relation=$4 limit=$5 unit=$6 reached
    reached=$(awk -v m="$measured" -v l="$limit" -v r="$relation" \
        'BEGIN { print ((r == "at-most" ? m <= l : m > l) ? "true" : "false") }')
    jq --null-input --compact-output --arg name "target/$name" --arg figure "$figure" \
        --argjson measured "$measured" --arg relation "$relation" --argjson limit "$limit" \
        --arg unit "$unit" --argjson reached "$reached" \
        '{name: $name, figure: $figure, measured: $measured, relation: $relation, limit: $limit,
          unit: $unit, reached: $reached}' | tee -a "$record" >>"$targets"
}

# note_wrong TEXT: a wrong answer; the run goes on and ends with an error.
note_wrong() {
    say "WRONG: $1"
    wrong_answers=$((wrong_answers + 1))
}

# figure_of NAME KEY: a figure of the record; empty where it was not measured.
figure_of() {
    jq --raw-output --arg name "$1" --arg key "$2" 'select(.name == $name) | .[$key] // empty' "$record"
}

# check_sum NAME SUM: holds a checksum against the one that checksums.tsv has for this name, these
# rows and this seed; names that it does not have are only counted.
check_sum() {
    local file=$benchmarks/checksums.tsv key="$1"$'\t'$rows$'\t'$seed known
    known=$(awk -F '\t' -v key="$key" '($1 "\t" $2 "\t" $3) == key { print $4 }' "$file")
    if [[ $known == "$2" ]]; then
        return
    elif $is_accepting; then
        awk -F '\t' -v key="$key" '($1 "\t" $2 "\t" $3) != key' "$file" >"$work/checksums"
        printf '%s\t%s\n' "$key" "$2" >>"$work/checksums"
        { grep '^#' "$work/checksums"; grep -v '^#' "$work/checksums" | LC_ALL=C sort; } >"$file"
    elif [[ -z $known ]]; then
        unknown_checksums=$((unknown_checksums + 1))
    else
        note_wrong "$1 gave checksum $2, not $known"
    fi
}

# The table: every measurement, then the targets.
print_table() {
    printf '\n%s\n' "$(jq --raw-output --slurp '.[0] |
        "\(.cpu), \(.cores) cores, \(.kernel), \(.compiler)\ncommit \(.commit), \(.date), \(.rows) patients, load average \(.load_average)"' \
        "$record")"
    # Before the run: what runs beside it. A part of a core is enough to disturb figures on few cores.
    if jq --exit-status --slurp '.[0] | (.load_average | split(" ")[0] | tonumber) > .cores / 4' "$record" >/dev/null; then
        printf 'The machine was not quiet: do not keep this record.\n'
    fi
    if has_figure median_ns; then print_times; fi
    if has_figure cpu_ns; then print_served; fi
    print_others
    [[ ! -s $targets ]] || print_targets
    if ((unknown_checksums > 0)); then
        printf '\n%s checksums for %s rows and seed %s are not in checksums.tsv; --accept takes them\n' \
            "$unknown_checksums" "$rows" "$seed"
    fi
}

# Tab-separated lines as a table: the first column to the left, the others to the right.
align() {
    awk -F '\t' '
        { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
        END {
            for (line = 1; line <= NR; line++) {
                printf "%-" width[1] "s", cell[line, 1]
                for (i = 2; i <= NF; i++) printf "  %" width[i] "s", cell[line, i]
                print ""
            }
        }'
}

has_figure() {
    jq --exit-status --slurp --arg key "$1" 'any(.[]; has($key))' "$record" >/dev/null
}

print_times() {
    printf '\n'
    {
        printf 'measurement\tmedian\tminimum\tp99\tper second\n'
        jq --raw-output '
            def short: if . == null then "-" elif . >= 1e9 then "\(. / 1e7 | round / 100) s"
                elif . >= 1e6 then "\(. / 1e4 | round / 100) ms"
                elif . >= 1e4 then "\(. / 1e1 | round / 100) us" else "\(. * 10 | round / 10) ns" end;
            select(.median_ns != null) |
            # Measured at several sizes: each line says at which.
            [.name + (if .name | startswith("scaling/") then ", \(.rows) rows" else "" end), (.median_ns | short), (.min_ns | short), (.p99_ns | short),
             (.per_second // "-" | tostring)] | @tsv' "$record"
    } | align
}

print_served() {
    printf '\n'
    {
        printf 'served\tCPU a request\tminimum\trequests/s\n'
        jq --raw-output 'select(.cpu_ns != null) |
            [.name, "\(.cpu_ns / 10 | round / 100) us", "\(.cpu_min_ns / 10 | round / 100) us",
             (.requests_per_second | round)] | @tsv' "$record"
    } | align
}

print_others() {
    jq --raw-output '
        if .bytes_per_row != null then "\n\(.name): \(.bytes_per_row) bytes a patient of \(.rows)"
        elif .data_lines_beyond_32_kib != null then
            "\n\(.name): \(.instructions) instructions, \(.data_lines_beyond_32_kib) cache lines of data and "
            + "\(.code_lines_beyond_32_kib) of code from beyond 32 KiB, \(.data_lines_beyond_1_mib) of data beyond 1 MiB"
        elif .agreement != null then
            "\n\(.name): of \(.compared) requests \(.agreement * 1000 | round / 10)% have the same outcome, match or not; "
            + "only Milaan matches \(.only_milaan), only PostgreSQL \(.only_postgres); "
            + "of \(.both_match) that both match, \(.same_patient) name the same patient"
        else empty end' "$record"
}

print_targets() {
    printf '\n'
    {
        printf 'target\tmeasured\twanted\treached\n'
        jq --raw-output '[.figure, "\(.measured) \(.unit)",
            (if .relation == "at-most" then "<= " else "> " end) + "\(.limit) \(.unit)",
            (if .reached then "yes" else "NO" end)] | @tsv' "$targets"
    } | align
}

# A whole run of this commit becomes a dated record; anything less is kept beside the build.
keep_record() {
    local file=$output slug
    if [[ -z $file ]]; then
        slug=$(cpu_name | tr '[:upper:]' '[:lower:]' | tr --complement --squeeze-repeats 'a-z0-9\n' -)
        slug=${slug%-}
        file=$(date --utc +%Y-%m-%d)-$slug-$commit.jsonl
        if $is_quick || ! $is_built || ((${#parts[@]} < ${#parts_known[@]})) || ((wrong_answers > 0)); then
            file=$root/.build/benchmarks/$file
        else
            file=$benchmarks/results/$file
        fi
    fi
    mkdir -p "$(dirname "$file")"
    cp "$record" "$file"
    local picture
    for picture in "${pictures[@]}"; do cp "$picture" "${file%.jsonl}-${picture##*/}"; done
    printf '\nrecord: %s\n' "${file#"$root"/}"
}
