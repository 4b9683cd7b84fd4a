#include "Paths.h"

bool ctextdistance_has(ctextdistance_path path) {
    switch (path) {
#if defined(__x86_64__)
    case ctextdistance_avx512:
        /* Ice Lake, Zen 4 and later. The first processors with AVX-512 cannot count bits in lanes; they
           have AVX2. */
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi")
            && __builtin_cpu_supports("avx512bitalg")
            && __builtin_cpu_supports("avx512vpopcntdq");
    case ctextdistance_avx2:
        return __builtin_cpu_supports("avx2");
#elif defined(__aarch64__)
    case ctextdistance_neon:
        return true;  /* every 64-bit ARM has it */
#endif
    default:
        return false;
    }
}

void ctextdistance_distances(
    ctextdistance_path path, const ctextdistance_pattern *pattern, const ctextdistance_names *names,
    size_t first, size_t count, unsigned limit, uint16_t *results) {
    switch (path) {
#if defined(__x86_64__)
    case ctextdistance_avx512:
        ctextdistance_distances_avx512(pattern, names, first, count, limit, results);
        return;
    case ctextdistance_avx2:
        ctextdistance_distances_avx2(pattern, names, first, count, limit, results);
        return;
#elif defined(__aarch64__)
    case ctextdistance_neon:
        ctextdistance_distances_neon(pattern, names, first, count, limit, results);
        return;
#endif
    default:
        __builtin_trap();
    }
}

void ctextdistance_survivors(
    ctextdistance_path path, const uint64_t *signatures, size_t count, uint64_t signature,
    unsigned limit, uint64_t *survivors) {
    switch (path) {
#if defined(__x86_64__)
    case ctextdistance_avx512:
        ctextdistance_survivors_avx512(signatures, count, signature, limit, survivors);
        return;
    case ctextdistance_avx2:
        ctextdistance_survivors_avx2(signatures, count, signature, limit, survivors);
        return;
#elif defined(__aarch64__)
    case ctextdistance_neon:
        ctextdistance_survivors_neon(signatures, count, signature, limit, survivors);
        return;
#endif
    default:
        __builtin_trap();
    }
}
