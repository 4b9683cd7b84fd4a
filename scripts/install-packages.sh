#!/usr/bin/env bash
# Installs the Debian packages that this repository needs and this machine lacks.
#
#   scripts/install-packages.sh build|test|bench
#
# Says what it installs. Where it may not install (neither root nor sudo, or apt refuses), it stops
# with exit code 2 and prints the command to run as root. It starts no service itself; Debian's own
# package of PostgreSQL may start its default cluster, which nothing here uses.
set -euo pipefail

# g++ is here for the headers of the C++ library, which the shim over simdjson includes.
# Debian's libcjose-dev includes headers of jansson and OpenSSL without depending on them.
build=(make pkg-config g++ libpq-dev libsqlite3-dev libmicrohttpd-dev libsimdjson-dev libxxhash-dev
    libcurl4-openssl-dev libcjose-dev libjansson-dev libssl-dev libsodium-dev libqrencode-dev
    libpng-dev curl jq)
# zbar reads QR codes back, with librsvg for drawings; openssl signs tokens and serves TLS; valgrind counts
# instructions, of a program without the debug information that binutils take off.
test=(postgresql zbar-tools librsvg2-bin openssl valgrind binutils)
bench=(postgresql postgresql-contrib nginx wrk gnuplot-nox valgrind binutils)

case "${1:-build}" in
build) wanted=("${build[@]}") ;;
test) wanted=("${build[@]}" "${test[@]}") ;;
bench) wanted=("${build[@]}" "${bench[@]}") ;;
*)
    echo "usage: scripts/install-packages.sh build|test|bench" >&2
    exit 2
    ;;
esac

is_installed() {
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

refuse() {
    echo "milaan: $1" >&2
    echo "milaan: run this as root, then try again:" >&2
    echo "    apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}" >&2
    exit 2
}

if ! command -v dpkg-query >/dev/null; then
    echo "milaan: this is not Debian or a relative of it; please provide: ${wanted[*]}" >&2
    exit 2
fi

missing=()
for package in "${wanted[@]}"; do
    is_installed "$package" || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
    exit 0
fi

as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null ||
        refuse "packages are missing, and there is neither root nor sudo: ${missing[*]}"
    as_root=(sudo)
    # Without a terminal nobody could type a password, and sudo would wait for ever.
    [[ -t 0 ]] || as_root=(sudo --non-interactive)
fi

echo "milaan: installing Debian packages: ${missing[*]}"
environment=(env DEBIAN_FRONTEND=noninteractive)
"${as_root[@]}" "${environment[@]}" apt-get update --quiet --quiet ||
    refuse "apt-get update failed"
"${as_root[@]}" "${environment[@]}" \
    apt-get install --yes --quiet --no-install-recommends "${missing[@]}" ||
    refuse "apt-get could not install: ${missing[*]}"
