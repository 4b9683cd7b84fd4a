# shellcheck shell=bash
# What every scenario needs: messages, cleaning up, processes and their CPU time, medians, data.
# Sourced by run.sh, whose variables it uses.
# shellcheck disable=SC2154,SC2034

say() { printf 'bench: %s\n' "$1" >&2; }
heading() { printf '\n== %s\n' "$1" >&2; }
fail() { say "$1"; exit 1; }
refuse() { say "$1"; exit 2; }

# --- Cleaning up: on every way out nothing that a scenario started or wrote is left behind.

processes=()      # ours, to be ended
cluster=""        # the folder of our PostgreSQL
postmaster=""

clean_up() {
    local pid
    for pid in "${processes[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "${processes[@]}"; do wait "$pid" 2>/dev/null || true; done
    if [[ -n $cluster ]]; then "$root/scripts/postgres-cluster" stop "$cluster" || true; fi
    rm -rf -- "${work:?}"
}

begin_cleanup() {
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# Ends one of our processes and waits for it.
end_process() {
    local pid=$1 left=() other
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    for other in "${processes[@]}"; do [[ $other == "$pid" ]] || left+=("$other"); done
    processes=("${left[@]}")
}

# --- Processes

# A port of 127.0.0.1 that nobody answers on, from the given one upwards.
free_port() {
    local port
    for ((port = $1; port < $1 + 100; port++)); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    fail "no free port between $1 and $(($1 + 99))"
}

# wait_for_answer URL PID SECONDS [CURL-OPTION...]: until the URL answers 200.
wait_for_answer() {
    local url=$1 pid=$2 tenths=$(($3 * 10))
    shift 3
    while ((tenths-- > 0)); do
        kill -0 "$pid" 2>/dev/null || fail "the server behind $url ended before it answered"
        if curl --silent --fail --output /dev/null "$@" "$url"; then return; fi
        sleep 0.1
    done
    fail "$url did not answer in time"
}

ticks_per_second=$(getconf CLK_TCK)

# CPU time of processes so far, user and system, in ticks; with --reaped their ended children's too.
cpu_ticks() {
    local reaped=0 files=() pid
    if [[ $1 == --reaped ]]; then reaped=1; shift; fi
    for pid in "$@"; do files+=("/proc/$pid/stat"); done
    # The command's name, in parentheses, may hold spaces: fields are counted behind it.
    awk -v reaped="$reaped" '
        { sub(/^.*\) /, ""); sum += $12 + $13; if (reaped) sum += $14 + $15 }
        END { print sum }' "${files[@]}"
}

# A process and its living children, each on a line.
with_children() {
    echo "$1"
    tr ' ' '\n' <"/proc/$1/task/$1/children" | sed '/^$/d'
}

# The cores that may be used, as numbers on one line.
allowed_cores() {
    awk '/^Cpus_allowed_list:/ {
        count = split($2, ranges, ",")
        for (i = 1; i <= count; i++) {
            if (split(ranges[i], ends, "-") < 2) ends[2] = ends[1]
            for (core = ends[1]; core <= ends[2]; core++) printf "%s ", core
        }
        print ""
    }' /proc/self/status
}

# --- Numbers

median() {
    printf '%s\n' "$@" | sort --general-numeric-sort |
        awk '{ v[NR] = $1 } END { m = int((NR + 1) / 2); print NR % 2 ? v[m] : (v[m] + v[m + 1]) / 2 }'
}

# The same of a JSON array: jq has no such word. Goes in front of a filter.
readonly jq_median='def median: sort | (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2;'

# calculate EXPRESSION: in floating point, at most 4 decimals.
calculate() { awk "BEGIN { x = sprintf(\"%.4f\", $1); print x + 0 }"; }

# A JSON array of numbers.
json_array() { printf '%s\n' "$@" | jq --slurp --compact-output .; }

# --- Data: one synthetic hospital for all scenarios of a run, made when first asked for.

data=""

need_data() {
    [[ -z $data ]] || return 0
    data=$work/data
    say "writing $rows synthetic patients and $requests requests (seed $seed)"
    "$milaan" generate --patients "$rows" --seed "$seed" --requests "$requests" --output "$data" \
        2>"$work/generate.log" || { cat "$work/generate.log" >&2; fail "milaan generate failed"; }
}

# --- Milaan's own server over that hospital; a part that finds it running uses it.

milaan_pid=""
milaan_url=""

need_milaan() {
    [[ -z $milaan_pid ]] || return 0
    need_data
    local port
    port=$(free_port 18080)
    milaan_url=http://127.0.0.1:$port
    "$milaan" serve --patients "$data/patients.csv" --care-contexts "$data/care_contexts.csv" \
        --listen "127.0.0.1:$port" 2>"$work/serve.log" &
    milaan_pid=$!
    processes+=("$milaan_pid")
    wait_for_answer "$milaan_url/readyz" "$milaan_pid" 120
}

# serve_beside LISTEN [PREFIX...] -- [OPTION...]: another server over the same hospital, behind such words as
# taskset's, until the scenario ends it. Its process is in beside_pid.
beside_pid=""
serve_beside() {
    local listen=$1 prefix=() reach=()
    shift
    while [[ $1 != -- ]]; do prefix+=("$1"); shift; done
    shift
    "${prefix[@]}" "$milaan" serve --patients "$data/patients.csv" --care-contexts "$data/care_contexts.csv" \
        --listen "$listen" "$@" 2>"$work/serve-beside.log" &
    beside_pid=$!
    processes+=("$beside_pid")
    if [[ $listen == unix:* ]]; then
        reach=(--unix-socket "${listen#unix:}")
        listen=localhost
    fi
    wait_for_answer "http://$listen/readyz" "$beside_pid" 120 "${reach[@]}"
}

# --- HTTP load

# drive URL SECONDS [LINES]: what wrk saw, as one JSON object. Anything but 200 is a wrong answer. With LINES, so many
# requests go as one batch.
drive_on=() # such words as taskset's, for drive and pace
drive() {
    local seen=$work/wrk.json path=/v1/discover
    [[ -z ${3-} ]] || path+=/batch
    MILAAN_BENCH_SUMMARY=$seen MILAAN_BENCH_BATCH=${3:-1} "${drive_on[@]}" \
        wrk --threads 2 --connections "$connections" --duration "$2s" \
        --timeout 10s --script "$benchmarks/peers/discover.lua" "$1$path" -- \
        "$data/requests.ndjson" >"$work/wrk.log" 2>&1 || { cat "$work/wrk.log" >&2; fail "wrk failed"; }
    jq --exit-status '.errors == 0 and .requests > 0' "$seen" >/dev/null ||
        fail "requests to $1 failed: $(cat "$seen")"
    cat "$seen"
}

# pace PLACE RATE SECONDS: what peers/paced.c saw at that rate, as one JSON object; each answer is compared.
pace() {
    "${drive_on[@]}" "$work/paced" "$1" "$2" "$3" "$connections" "$data/requests.ndjson" "$decisions" ||
        fail "the load on $1 broke off"
}

need_paced() {
    [[ ! -x $work/paced ]] || return 0
    need_decisions
    "${CC:-cc}" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -o "$work/paced" "$benchmarks/peers/paced.c" -lpthread
}

# A list such as taskset's, of cores.
joined() { (IFS=, && echo "$*"); }

# served_round FILE COMMAND...: appends one round to the file: what the command, a load, saw, and the CPU time that
# the processes in `serving` had meanwhile.
serving=()
served_round() {
    local file=$1 before after seen
    shift
    before=$(cpu_ticks "${serving[@]}")
    seen=$("$@")
    after=$(cpu_ticks "${serving[@]}")
    jq --compact-output --argjson ticks "$((after - before))" --argjson hertz "$ticks_per_second" \
        '{requests, cpu_ns: ($ticks / $hertz * 1e9 / .requests), per_second: (.requests / .seconds),
          cores_busy: ($ticks / $hertz / .seconds * 100 | round / 100)}
         + with_entries(select(.key == "wrong" or (.key | endswith("_us"))))' <<<"$seen" >>"$file"
}

# record_rounds NAME FILE [OBJECT]: the medians of a file's rounds, and the smallest CPU time, as a line of the record.
record_rounds() {
    local more=${3-}
    [[ -n $more ]] || more={}
    if ! jq --exit-status --slurp 'all((.wrong // 0) == 0)' "$2" >/dev/null; then
        note_wrong "$1: answers under load are not those of milaan discover"
    fi
    record_line "$1" "$(jq --slurp --compact-output --argjson more "$more" "$jq_median"'
        . as $rounds |
        {n: (map(.requests) | add), rounds: length} + $more
        + {cpu_ns: (map(.cpu_ns) | median | round), cpu_min_ns: (map(.cpu_ns) | min | round),
           requests_per_second: (map(.per_second) | median | round), cores_busy: (map(.cores_busy) | median)}
        + ([.[0] | keys_unsorted[] | select(endswith("_us")) |
            {key: ., value: (. as $key | $rounds | map(.[$key]) | median)}] | from_entries)
        + {rounds_cpu_ns: map(.cpu_ns | round)}' "$2")"
}

# ratio_of_rounds FILE OTHER KEY: the median of each round's figure over that of the same round of the other: what
# disturbs, disturbs both.
ratio_of_rounds() {
    paste "$1" "$2" | jq --slurp --arg key "$3" \
        "$jq_median"'[_nwise(2)] | map(.[0][$key] / .[1][$key]) | median * 1000 | round / 1000'
}

# The server's answers to all requests, one a line in their order.
answers=""

need_answers() {
    [[ -z $answers ]] || return 0
    need_milaan
    local pid tenths=1200 file=$work/answers.ndjson
    MILAAN_BENCH_SUMMARY=$work/wrk.json wrk --threads 1 --connections 1 --duration 150s \
        --script "$benchmarks/peers/discover.lua" "$milaan_url/v1/discover" -- \
        "$data/requests.ndjson" "$file" >"$work/wrk.log" 2>&1 &
    pid=$!
    processes+=("$pid")
    until [[ -e $file ]]; do
        kill -0 "$pid" 2>/dev/null || { cat "$work/wrk.log" >&2; fail "wrk failed"; }
        ((tenths-- > 0)) || fail "the server did not answer $requests requests within two minutes"
        sleep 0.1
    done
    end_process "$pid"
    answers=$file
}

# The decisions of milaan discover on all requests, one a line in their order.
decisions=""

need_decisions() {
    [[ -z $decisions ]] || return 0
    need_data
    decisions=$work/decisions.ndjson
    "$milaan" discover --patients "$data/patients.csv" --care-contexts "$data/care_contexts.csv" \
        <"$data/requests.ndjson" >"$decisions" 2>"$work/discover.log" ||
        { cat "$work/discover.log" >&2; fail "milaan discover failed"; }
}

# --- PostgreSQL: a throw-away cluster on a private socket, tuned for reading from memory.

need_cluster() {
    [[ -z $cluster ]] || return 0
    local programs owner
    say "starting a throw-away PostgreSQL"
    cluster=$(mktemp -d "${TMPDIR:-/tmp}/milaan-pg.XXXXXX")
    "$root/scripts/postgres-cluster" start "$cluster" "$$" >/dev/null
    # Everything that is read fits into its own cache; nothing runs beside the questions.
    in_postgres --quiet --command "ALTER SYSTEM SET shared_buffers = '$(shared_buffers)'" \
        --command "ALTER SYSTEM SET jit = off" --command "ALTER SYSTEM SET autovacuum = off" \
        --command "ALTER SYSTEM SET max_wal_size = '8GB'"
    programs=$("$root/scripts/postgres-cluster" find)
    owner=$(stat --format=%U "$cluster/data")
    local restart=("$programs/pg_ctl" --pgdata="$cluster/data" --log="$cluster/log" --silent --wait restart)
    # The server refuses to run as root.
    if ((EUID == 0)); then restart=(runuser --user "$owner" -- "${restart[@]}"); fi
    (cd "$cluster" && "${restart[@]}" >/dev/null)
    postmaster=$(head -n 1 "$cluster/data/postmaster.pid")
}

# A quarter of the memory, 1 GB at most.
shared_buffers() {
    awk '/^MemTotal:/ { mb = int($2 / 4096); print (mb > 1024 ? 1024 : mb) "MB" }' /proc/meminfo
}

in_postgres() {
    psql --no-psqlrc --set ON_ERROR_STOP=1 --host "$cluster" --port 5432 --username postgres \
        --dbname postgres "$@"
}

# The hospital's own tables, as it would have them: text, in every spelling of the files.
hospital_is_stored=false
need_hospital_tables() {
    ! $hospital_is_stored || return 0
    need_data
    need_cluster
    say "storing the hospital in PostgreSQL"
    in_postgres --quiet --file "$benchmarks/peers/postgres/hospital.sql"
    in_postgres --quiet --command "\\copy patients FROM '$data/patients.csv' (FORMAT csv, HEADER)" \
        --command "\\copy care_contexts FROM '$data/care_contexts.csv' (FORMAT csv, HEADER)" \
        --command "VACUUM (ANALYZE, FREEZE) patients" --command "VACUUM (ANALYZE, FREEZE) care_contexts"
    hospital_is_stored=true
}
