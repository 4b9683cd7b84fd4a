/* The paths behind ctextdistance_distances and ctextdistance_survivors, and what they share. */
#pragma once
#include "CTextDistance.h"

#define DECLARE_PATH(name)                                                                             \
    void ctextdistance_distances_##name(                                                               \
        const ctextdistance_pattern *pattern, const ctextdistance_names *names, size_t first,          \
        size_t count, unsigned limit, uint16_t *results);                                              \
    void ctextdistance_survivors_##name(                                                               \
        const uint64_t *signatures, size_t count, uint64_t signature, unsigned limit,                  \
        uint64_t *survivors);

#if defined(__x86_64__)
DECLARE_PATH(avx512)
DECLARE_PATH(avx2)
#elif defined(__aarch64__)
DECLARE_PATH(neon)
#endif
#undef DECLARE_PATH
