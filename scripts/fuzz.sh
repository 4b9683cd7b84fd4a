#!/usr/bin/env bash
# Feeds generated input to the code that reads strangers' bytes. Fuzz/README.md says how it works.
#
#   scripts/fuzz.sh [FUZZER...]    all fuzzers by default
#
# Each runs for MILAAN_FUZZ_SECONDS (60). The first finding ends the run; its input is left in a
# file crash-... in the root folder.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-packages.sh build

fuzzers=("$@")
if ((${#fuzzers[@]} == 0)); then
    for folder in Fuzz/*Fuzz; do
        fuzzers+=("$(basename "$folder")")
    done
fi

swift build --package-path Fuzz --configuration release --sanitize fuzzer
for fuzzer in "${fuzzers[@]}"; do
    echo "milaan: $fuzzer"
    mkdir -p "Fuzz/corpus/$fuzzer"
    options=("Fuzz/corpus/$fuzzer")
    [[ ! -d Fuzz/$fuzzer/seeds ]] || options+=("Fuzz/$fuzzer/seeds")
    for dictionary in "Fuzz/$fuzzer"/*.dict; do
        [[ ! -e $dictionary ]] || options+=("-dict=$dictionary")
    done
    # Swift's own handler would take the trap before libFuzzer can save the input that led to it.
    SWIFT_BACKTRACE=enable=no "Fuzz/.build/release/$fuzzer" -max_len=4096 \
        -max_total_time="${MILAAN_FUZZ_SECONDS:-60}" "${options[@]}"
done
