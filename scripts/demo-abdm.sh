#!/usr/bin/env bash
# The conversation with ABDM in one run: the sample hospital, a simulated gateway and people with a PHR app.
#
#   scripts/demo-abdm.sh MILAAN            plays fixtures/sample-hospital/abdm-story.json with that executable
#   scripts/demo-abdm.sh MILAAN FAULTS     the same over a gateway out of order, such as 5xx:3,drop-after:2
#
# Listens on 127.0.0.1 only, on ports from 8180 on. Everything else is in a folder that is removed.
set -euo pipefail
milaan="$(realpath "${1:?usage: scripts/demo-abdm.sh MILAAN [FAULTS]}")"
faults="${2:-}"
cd "$(dirname "$0")/.."

readonly fixture=fixtures/sample-hospital
work="$(mktemp -d)"
server=""
simulator=""

# Runs on every way out, so that nothing is left behind.
cleanup() {
    local process
    for process in "$server" "$simulator"; do
        [[ -z "$process" ]] || kill -TERM "$process" 2>/dev/null || true
        [[ -z "$process" ]] || wait "$process" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() {
    local port
    for ((port = $1; port < $1 + 100; port++)); do
        # A port that nobody answers on is free.
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    echo "milaan: no free port from $1 on" >&2
    exit 1
}

gateway_port="$(free_port 8180)"
port="$(free_port $((gateway_port + 1)))"
gateway="http://127.0.0.1:$gateway_port"

(umask 077 && od --address-radix=n --format=x1 --read-bytes=32 /dev/urandom | tr -d " \n" >"$work/key" &&
    echo "an invented secret" >"$work/secret")
jq --null-input --arg gateway "$gateway" --arg secret "$work/secret" '{abdm: {
    gateway: "\($gateway)/gateway", hiecm: "\($gateway)/api/hiecm", clientId: "demo",
    clientSecretFile: $secret, cmId: "sbx",
    facilities: [{id: "HIP1", name: "Sample Hospital", protocol: "v0.5"}],
    sms: {url: "\($gateway)/sms", method: "POST", headers: {},
          body: "{\"to\":\"{mobile}\",\"text\":\"{otp} is your password\"}"}}}' >"$work/milaan.json"

# The gateway first: whoever starts in conversation with it asks for its keys at once. Its script waits for
# the other's heartbeat.
arguments=(--listen "127.0.0.1:$gateway_port" --hrp "http://127.0.0.1:$port"
    --client-id demo --patience 60 --script fixtures/sample-hospital/abdm-story.json)
[[ -z "$faults" ]] || arguments+=(--fault "$faults")
"$milaan" gateway-simulator "${arguments[@]}" &
simulator=$!
for _ in {1..100}; do
    curl --silent --output /dev/null "$gateway/gateway/v0.5/certs" && break
    sleep 0.1
done

"$milaan" serve --patients "$fixture/patients.csv" --care-contexts "$fixture/care_contexts.csv" \
    --config "$work/milaan.json" --ledger "sqlite:$work/ledger.sqlite" \
    --token-key-file "$work/key" --listen "127.0.0.1:$port" 2>"$work/server.log" &
server=$!

code=0
wait "$simulator" || code=$?
simulator=""
if ((code != 0)); then
    echo "milaan: the story did not end as it should; the server's log:" >&2
    cat "$work/server.log" >&2
    exit "$code"
fi
