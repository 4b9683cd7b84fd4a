#!/usr/bin/env bash
# Runs the NEON kernels against the textbook table, on this machine if it is an ARM, else under emulation.
#
#   scripts/neon.sh
#
# Needs a cross compiler and qemu (Debian: gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user), which it
# tries to install. Exit codes: 0 right, or skipped, which it says; 1 wrong.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user)
skip() {
    echo "milaan: NEON is not tested: $1"
    exit 0
}

work=$(mktemp -d "${TMPDIR:-/tmp}/milaan-neon.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
sources=(Sources/CTextDistance/*.c Tests/LaneVectors/LaneVectors.c)
flags=(-std=c17 -O2 -Wall -Wextra -Werror -I Sources/CTextDistance/include)

# Here, whatever the processor: with what Swift compiles them with.
clang "${flags[@]}" "${sources[@]}" -o "$work/here"
status=0
"$work/here" || status=$?
((status == 0 || status == 77)) || exit 1
[[ $(uname -m) != aarch64 ]] || exit 0

if ! command -v qemu-aarch64 >/dev/null || ! [[ -d /usr/aarch64-linux-gnu/include ]]; then
    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
        skip "as root, apt-get install --no-install-recommends ${packages[*]}"
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --quiet --no-install-recommends \
        "${packages[@]}" >/dev/null || skip "apt cannot install ${packages[*]}"
fi
clang --target=aarch64-linux-gnu -fuse-ld=lld -static "${flags[@]}" "${sources[@]}" -o "$work/arm"
qemu-aarch64 "$work/arm"
