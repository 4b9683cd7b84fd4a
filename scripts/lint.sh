#!/usr/bin/env bash
# The format of every Swift file, and of the shell scripts where shellcheck is installed.
# The other rules of the house are tests: `swift test --filter HouseTests`.
set -euo pipefail
cd "$(dirname "$0")/.."

paths=()
# Not Fuzz as a whole: it has a .build of its own, and links to Sources.
for path in Package.swift Sources Tests Benchmarks Fuzz/Package.swift Fuzz/*Fuzz; do
    [[ -e "$path" ]] && paths+=("$path")
done
swift format lint --strict --parallel --recursive "${paths[@]}"

if command -v shellcheck >/dev/null; then
    mapfile -t scripts < <(
        find . -path ./.build -prune -o -path ./.git -prune -o -path ./Fuzz/.build -prune -o \
            -type f -name '*.sh' -print
    )
    shellcheck "${scripts[@]}" .ci/run
fi
echo "milaan: lint is clean"
