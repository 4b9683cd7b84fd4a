#!/usr/bin/env bash
# Runs the tests. Tests against PostgreSQL start a throw-away cluster and may not be skipped.
#
#   scripts/test.sh              lint, the sanitizer runs, the optimised tests, then every test
#   scripts/test.sh unit         every test
#   scripts/test.sh optimised    what only an optimised build promises: no allocation, many rows, few instructions;
#                                and the kernels of the other processor, under emulation where that can be had
#   scripts/test.sh sanitizers   the thread and address sanitizer runs
#   scripts/test.sh soak         a hundred kills of the server with each database, and very many conversations
#
# The full run comes last, so that the output ends with its counts.
set -euo pipefail
cd "$(dirname "$0")/.."

export MILAAN_REQUIRE_POSTGRES=1

unit() {
    swift build --build-tests
    swift test --skip-build
}

# Some promises hold in an optimised build only; those tests skip themselves elsewhere. Drawn conversations are
# lived through faster there, and MILAAN_SCHEDULES many of them.
optimised() {
    swift test --configuration release -Xswiftc -enable-testing --scratch-path .build/optimised \
        --filter "^(ABDMTests|IndexTests|JSONTests|LedgerTests\\.SimulationTests|MatcherTests|TextDistanceTests)[./]"
    scripts/count-instructions.sh
    scripts/neon.sh
}

# A sanitizer changes every object file, so each has a folder of its own to build in.
sanitized() {
    local sanitizer="$1" suites
    shift
    suites="$(IFS='|' && echo "$*")"
    echo "milaan: $suites under the $sanitizer sanitizer"
    local log=".build/$sanitizer.log"
    mkdir -p .build
    swift test --sanitize "$sanitizer" --scratch-path ".build/$sanitizer" \
        --filter "^($suites)[./]" | tee "$log"
    # A filter that matches nothing passes; a renamed suite must not.
    if ! grep --quiet 'Test run with [1-9]' "$log"; then
        echo "milaan: no test ran under the $sanitizer sanitizer" >&2
        return 1
    fi
}

# Where more than one thread has to do with a thing. What works on one thread only has nothing to tell the thread
# sanitizer, which takes minutes over it.
threaded=(GatewayTests MatchServerTests 'IndexTests\.Snapshot(Thread|Change|Writing|)Tests'
    'IngestTests\.(FileLoad|PatientLane|Postgres)[A-Za-z]*' 'LedgerTests\.LedgerTests' 'PostgresTests\.PostgresConnectionTests')
# Where memory is managed by hand.
unsafe=(GatewayTests IndexTests JSONTests MatchServerTests PostgresTests QRTests SecretsTests TokensTests)

sanitizers() {
    # The first report ends the run, and a report is a failure.
    TSAN_OPTIONS="halt_on_error=1 exitcode=66" sanitized thread "${threaded[@]}"
    # The leak checker cannot run inside containers that forbid ptrace; it is not what this is for.
    ASAN_OPTIONS="detect_leaks=0" sanitized address "${unsafe[@]}"
}

# What takes an hour and is drawn anew each time: a hundred kills of the server with each database, and ten
# times as many conversations as continuous integration lives through.
soak() {
    swift build --build-tests
    MILAAN_STORIES=34 swift test --skip-build --filter "^MilaanTests\\.ConversationCommandTests/"
    MILAAN_SCHEDULES=100000 MILAAN_SEED="$RANDOM" swift test --skip-build --filter "^LedgerTests\\.SimulationTests/"
}

case "${1:-all}" in
all)
    scripts/install-packages.sh test
    scripts/lint.sh
    sanitizers
    optimised
    unset MILAAN_SCHEDULES
    unit
    ;;
optimised)
    scripts/install-packages.sh test
    optimised
    ;;
unit)
    scripts/install-packages.sh test
    unit
    ;;
sanitizers)
    scripts/install-packages.sh test
    sanitizers
    ;;
soak)
    scripts/install-packages.sh test
    soak
    ;;
*)
    echo "usage: scripts/test.sh [unit|optimised|sanitizers|soak]" >&2
    exit 2
    ;;
esac
