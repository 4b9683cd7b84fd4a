#!/usr/bin/env bash
# Builds dist/milaan: one stripped executable with the Swift runtime linked statically.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-packages.sh build
# A folder of its own: the same objects linked dynamically are what everyday builds reuse.
build=(swift build --configuration release --static-swift-stdlib --product milaan
    --scratch-path .build/static)
"${build[@]}"
mkdir -p dist
strip --strip-all -o dist/milaan "$("${build[@]}" --show-bin-path)/milaan"
bytes="$(stat --format=%s dist/milaan)"
echo "dist/milaan: $((bytes / 1024)) KiB ($bytes bytes)"
