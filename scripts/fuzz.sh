#!/usr/bin/env bash
# Feeds generated input to the parsers. Fuzz/ is a package of its own, built with libFuzzer.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-packages.sh build
exec Fuzz/run.sh "$@"
