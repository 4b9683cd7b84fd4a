# shellcheck shell=bash
# PostgreSQL deciding by the same rule, in one prepared function over indexed columns, driven by
# pgbench at its best count of clients; beside it Milaan's whole HTTP service, on the same cores.
# shellcheck disable=SC2154

measure_postgres() {
    heading "PostgreSQL: the same rule in one prepared function"
    need_milaan
    need_registry
    need_answers
    compare_answers

    local clients best=0 best_clients=0 seen
    for clients in 4 8 16 32; do
        seen=$(drive_postgres "$clients" "$sweep_seconds")
        say "$clients clients: $(jq .per_second <<<"$seen") requests/s"
        record_line "postgres/discover/$clients-clients" "$seen"
        if awk -v a="$(jq .per_second <<<"$seen")" -v b="$best" 'BEGIN { exit !(a > b) }'; then
            best=$(jq .per_second <<<"$seen")
            best_clients=$clients
        fi
    done

    local round before after ours=() theirs=() theirs_cpu=()
    drive "$milaan_url" 1 >/dev/null
    for ((round = 1; round <= rounds; round++)); do
        seen=$(drive "$milaan_url" "$round_seconds")
        ours+=("$(jq '.requests / .seconds' <<<"$seen")")
        before=$(cpu_ticks --reaped "$postmaster")
        seen=$(drive_postgres "$best_clients" "$round_seconds")
        wait_for_backends
        after=$(cpu_ticks --reaped "$postmaster")
        theirs+=("$(jq .per_second <<<"$seen")")
        theirs_cpu+=("$(jq --argjson ticks "$((after - before))" --argjson hertz "$ticks_per_second" \
            '$ticks / $hertz * 1e9 / .n' <<<"$seen")")
        say "round $round: milaan ${ours[-1]}, postgres ${theirs[-1]} requests/s"
    done
    record_line "postgres/discover/best" "$(jq --null-input --compact-output \
        --argjson clients "$best_clients" --argjson cpu "$(json_array "${theirs_cpu[@]}")" \
        --argjson rates "$(json_array "${theirs[@]}")" --argjson milaan "$(json_array "${ours[@]}")" \
        "$jq_median"'{clients: $clients, rounds: ($rates | length), cpu_ns: ($cpu | median | round),
          cpu_min_ns: ($cpu | min | round), requests_per_second: ($rates | median | round),
          milaan_requests_per_second: ($milaan | median | round)}')"
    target postgres "HTTP requests/s, times PostgreSQL's for the same rule" \
        "$(calculate "$(median "${ours[@]}") / $(median "${theirs[@]}")")" above 2 x
}

# Until the postmaster has collected the processes of pgbench's connections, and their CPU time.
wait_for_backends() {
    local tenths=100
    while with_children "$postmaster" | tail -n +2 | sed 's|.*|/proc/&/cmdline|' | xargs cat 2>/dev/null |
        tr '\0' '\n' | grep -q '\[local\]'; do
        ((tenths-- > 0)) || fail "the connections of pgbench do not end"
        sleep 0.1
    done
}

need_registry() {
    need_hospital_tables
    say "normalising and indexing"
    in_postgres --quiet --file "$benchmarks/peers/postgres/schema.sql" \
        --file "$benchmarks/peers/postgres/rule.sql"
    jq --raw-output --from-file "$benchmarks/peers/postgres/requests.jq" "$data/requests.ndjson" |
        awk '{ print NR "\t" $0 }' >"$work/requests.tsv"
    in_postgres --quiet --command "\\copy requests FROM '$work/requests.tsv'" \
        --command "VACUUM (ANALYZE, FREEZE) registry" --command "VACUUM (ANALYZE, FREEZE) requests" \
        --command "SELECT sum(pg_prewarm(oid)) FROM pg_class WHERE relkind IN ('r', 'i')
                   AND relname ~ '^(registry|requests)'" >"$work/prewarm.log"
}

# drive_postgres CLIENTS SECONDS: what pgbench saw, as one JSON object.
drive_postgres() {
    local pgbench log=$work/pgbench.log
    pgbench=$("$root/scripts/postgres-cluster" find)/pgbench
    "$pgbench" --no-vacuum --protocol prepared --client "$1" --jobs 2 --time "$2" \
        --define "requests=$requests" --file "$benchmarks/peers/postgres/discover.pgbench" \
        --host "$cluster" --port 5432 --username postgres postgres >"$log" 2>&1 ||
        { cat "$log" >&2; fail "pgbench failed"; }
    awk -v clients="$1" '
        /^number of transactions actually processed:/ { n = $NF }
        /^number of failed transactions:/ { failed = $5 }
        /^latency average = / { latency = $4 * 1000 }
        /^tps = / { rate = $3 }
        END {
            if (n == 0 || failed > 0) exit 1
            printf "{\"n\":%d,\"clients\":%d,\"per_second\":%.0f,\"latency_mean_us\":%.0f}\n", n, clients, rate, latency
        }' "$log" || { cat "$log" >&2; fail "pgbench's answer is not understood"; }
}

# The first 2,000 requests, asked of both.
compare_answers() {
    local sample=2000
    in_postgres --no-align --tuples-only --field-separator $'\t' --command "
        SELECT coalesce(discover(hip, address, number, mobile, mr, gender, birth_year, name), '-')
        FROM requests WHERE n <= $sample ORDER BY n" >"$work/postgres-answers.txt"
    head -n "$sample" "$answers" |
        jq --raw-output 'if .outcome == "match" then .patient.referenceNumber
                         elif .outcome == "ambiguous" then "?" else "-" end' >"$work/milaan-answers.txt"
    record_line postgres/agreement "$(paste "$work/milaan-answers.txt" "$work/postgres-answers.txt" | awk '
        { ours = $1 != "-" && $1 != "?"; theirs = $2 != "-" && $2 != "?"; n++
          if (ours == theirs) same++
          if (ours && theirs) { both++; if ($1 == $2) patient++ }
          if (ours && !theirs) only_ours++
          if (!ours && theirs) only_theirs++ }
        END { printf "{\"compared\":%d,\"agreement\":%.4f,\"both_match\":%d,\"same_patient\":%d,\"only_milaan\":%d,\"only_postgres\":%d}",
              n, same / n, both, patient, only_ours, only_theirs }')"
}
