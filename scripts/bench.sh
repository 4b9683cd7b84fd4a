#!/usr/bin/env bash
# Measures, beside the peers. Benchmarks/README.md says what, and how to repeat each number.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-packages.sh bench
exec Benchmarks/run.sh "$@"
