# shellcheck shell=bash
# What one request costs where nothing flickers: instructions, and lines of memory that have to be fetched.
# shellcheck disable=SC2154

measure_limits() {
    heading "Limits: instructions and cache lines of a request"
    command -v valgrind >/dev/null || refuse "valgrind is missing: scripts/install-packages.sh test"
    record_line abdm/discover/limits "$(MILAAN=$milaan "$root/scripts/count-instructions.sh" --lines)"
}
