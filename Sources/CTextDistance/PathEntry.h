/* The two entries of a path, over the loops that LaneLoop.h gave it. */
#pragma once

/* `is_wide` is a constant at each call: two loops are made of one. */
INLINE void blocks_of(
    const ctextdistance_pattern *pattern, const ctextdistance_names *names, size_t first, size_t count,
    unsigned limit, bool is_wide, uint16_t *results) {
    if (pattern->length <= 16) {
        blocks16(pattern, names, first, count, limit, is_wide, results);
    } else if (pattern->length <= 32) {
        blocks32(pattern, names, first, count, limit, is_wide, results);
    } else {
        blocks64(pattern, names, first, count, limit, is_wide, results);
    }
}

#define DEFINE_PATH(name)                                                                              \
    void ctextdistance_distances_##name(                                                               \
        const ctextdistance_pattern *pattern, const ctextdistance_names *names, size_t first,          \
        size_t count, unsigned limit, uint16_t *results) {                                             \
        if (names->is_wide) {                                                                          \
            blocks_of(pattern, names, first, count, limit, true, results);                             \
        } else {                                                                                       \
            blocks_of(pattern, names, first, count, limit, false, results);                            \
        }                                                                                              \
    }                                                                                                  \
    void ctextdistance_survivors_##name(                                                               \
        const uint64_t *signatures, size_t count, uint64_t signature, unsigned limit,                  \
        uint64_t *survivors) {                                                                         \
        for (size_t block = 0; block < count; block++) {                                               \
            survivors[block] =                                                                         \
                survivors_of(signatures + block * ctextdistance_lanes, signature, limit, limit);       \
        }                                                                                              \
    }
