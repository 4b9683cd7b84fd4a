#!/usr/bin/env bash
# Builds Milaan, imports the sample hospital into a temporary SQLite file, and serves it.
#
#   scripts/demo.sh            then sends three discover requests, prints each answer, stops, and plays the
#                              conversation with ABDM through a simulated gateway
#   scripts/demo.sh --serve    then serves until Ctrl-C
#
# Listens on 127.0.0.1 only, on port 8080 or the next free one.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly fixture=fixtures/sample-hospital
work=""
server=""

# Runs on every way out, so that neither a server nor a file is left behind.
cleanup() {
    if [[ -n "$server" ]]; then
        kill -TERM "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    [[ -z "$work" ]] || rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    echo "milaan: $1" >&2
    exit 1
}

heading() {
    printf '\n== %s\n\n' "$1"
}

free_port() {
    local port
    for port in {8080..8179}; do
        # A port that nobody answers on is free.
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    fail "no free port between 8080 and 8179"
}

wait_until_ready() {
    local attempt
    for attempt in {1..100}; do
        kill -0 "$server" 2>/dev/null || fail "the server stopped before it was ready"
        curl --silent --fail --output /dev/null "$url/readyz" && return
        sleep 0.1
    done
    fail "the server was not ready after $((attempt / 10)) seconds"
}

ask() {
    local title="$1" request="$2"
    heading "$title"
    echo "request ($request):"
    jq . "$request"
    printf '\ndecision (POST /v1/discover?explain=true):\n'
    curl --silent --show-error --fail --request POST "$url/v1/discover?explain=true" \
        --header 'Content-Type: application/json' --header 'X-HIP-ID: HIP1' \
        --data-binary "@$request" --output "$work/answer.json"
    # The evidence is shown below, as a table.
    jq 'del(.explanation)' "$work/answer.json"
    printf '\nexplanation (milaan explain):\n'
    "$milaan" explain --database "$database" <"$request"
}

stop_server() {
    local code=0
    kill -TERM "$server"
    wait "$server" || code=$?
    server=""
    ((code == 0)) || fail "the server ended with exit code $code"
}

mode="${1:-ask}"
[[ "$mode" == ask || "$mode" == --serve ]] || fail "usage: scripts/demo.sh [--serve]"

scripts/install-packages.sh build

heading "Building a release (the first time takes a minute or two)"
swift build --configuration release --product milaan
milaan="$(swift build --configuration release --show-bin-path)/milaan"

work="$(mktemp -d)"
database="sqlite:$work/hospital.sqlite"
heading "Importing $fixture into $database"
"$milaan" import --database "$database" \
    --patients "$fixture/patients.csv" --care-contexts "$fixture/care_contexts.csv"

port="$(free_port)"
url="http://127.0.0.1:$port"
heading "Serving on $url"
"$milaan" serve --database "$database" --listen "127.0.0.1:$port" &
server=$!
wait_until_ready

if [[ "$mode" == --serve ]]; then
    echo "Try, from another terminal:"
    echo "    curl -s '$url/v1/discover?explain=true' -H 'Content-Type: application/json' \\"
    echo "        -H 'X-HIP-ID: HIP1' \\"
    echo "        --data-binary @$fixture/requests/match.json"
    echo "Ctrl-C stops."
    trap 'stop_server; exit 0' INT
    code=0
    wait "$server" || code=$?
    server=""
    exit "$code"
fi

ask "1. A person whose ABHA address and mobile lead to one patient" "$fixture/requests/match.json"
ask "2. A person whom the identifiers cannot tell from another" "$fixture/requests/ambiguous.json"
ask "3. A person without a record here" "$fixture/requests/no-match.json"

heading "Stopping"
stop_server
echo "The server drained its requests and ended cleanly."

heading "4. The conversation with ABDM: a simulated gateway, and people with an app on their phones"
scripts/demo-abdm.sh "$milaan"
