#include "CLetterScan.h"

#include <string.h>

/* One loop, compiled for each kind of processor. */
static inline __attribute__((always_inline)) void costs_of(
    const uint32_t *restrict names, size_t count, const uint32_t *restrict tokens,
    size_t token_count, uint8_t *restrict costs) {
    uint32_t asked = 0;
    for (size_t token = 0; token < token_count; token++) asked |= tokens[token];
    for (size_t index = 0; index < count; index++) {
        uint32_t name = names[index];
        uint32_t cost = (uint32_t)__builtin_popcount(name & ~asked);
        for (size_t token = 0; token < token_count; token++) {
            uint32_t missing = tokens[token] & ~name;
            uint32_t letters = (uint32_t)__builtin_popcount(missing & 0xFFFF);
            uint32_t first = missing > 0xFFFF ? 2 : 0;
            uint32_t both = letters + first;
            cost += 2 * (both < 3 ? both : 3);
        }
        costs[index] = (uint8_t)cost;
    }
}

void cletterscan_costs_plain(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count,
    uint8_t *costs) {
    costs_of(names, count, tokens, token_count, costs);
}

#if defined(__x86_64__)
/* A number of tokens that the compiler knows makes straight code of the inner loop. */
#define KNOWN_COUNTS(names, count, tokens, token_count, costs)                     \
    switch (token_count) {                                                         \
    case 1: return costs_of(names, count, tokens, 1, costs);                       \
    case 2: return costs_of(names, count, tokens, 2, costs);                       \
    case 3: return costs_of(names, count, tokens, 3, costs);                       \
    case 4: return costs_of(names, count, tokens, 4, costs);                       \
    default: return costs_of(names, count, tokens, token_count, costs);            \
    }

__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq,prefer-256-bit")))
static void costs_avx512(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count,
    uint8_t *costs) {
    KNOWN_COUNTS(names, count, tokens, token_count, costs)
}

__attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt"))) static void costs_avx2(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count,
    uint8_t *costs) {
    KNOWN_COUNTS(names, count, tokens, token_count, costs)
}

enum path { path_unknown, path_plain, path_avx2, path_avx512 };

static enum path chosen(void) {
    static enum path known = path_unknown;
    enum path path = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (path != path_unknown) return path;
    __builtin_cpu_init();
    path = path_plain;
    if (__builtin_cpu_supports("avx2")) path = path_avx2;
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vpopcntdq"))
        path = path_avx512;
    __atomic_store_n(&known, path, __ATOMIC_RELAXED);
    return path;
}

void cletterscan_costs(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count,
    uint8_t *costs) {
    switch (chosen()) {
    case path_avx512: return costs_avx512(names, count, tokens, token_count, costs);
    case path_avx2: return costs_avx2(names, count, tokens, token_count, costs);
    default: return costs_of(names, count, tokens, token_count, costs);
    }
}

const char *cletterscan_path(void) {
    switch (chosen()) {
    case path_avx512: return "avx512";
    case path_avx2: return "avx2";
    default: return "plain";
    }
}
#else
void cletterscan_costs(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count,
    uint8_t *costs) {
    costs_of(names, count, tokens, token_count, costs);
}

const char *cletterscan_path(void) {
#if defined(__ARM_NEON)
    return "neon";
#else
    return "plain";
#endif
}
#endif

size_t cletterscan_pick(
    const uint8_t *costs, size_t first, size_t count, uint8_t limit, uint32_t *places, size_t room,
    size_t *next) {
    size_t written = 0;
    size_t index = first;
    while (index < count && written < room) {
        /* Eight costs at a time: nearly always all of them are beyond the limit. */
        if (count - index >= 8 && limit < 128) {
            uint64_t word;
            memcpy(&word, costs + index, 8);
            /* The top bit of each byte is set where the byte is above the limit, or 128 and more. */
            uint64_t above = ((word & 0x7F7F7F7F7F7F7F7F)
                              + (uint64_t)(127 - limit) * 0x0101010101010101) | word;
            if ((above & 0x8080808080808080) == 0x8080808080808080) {
                index += 8;
                continue;
            }
        }
        size_t end = count - index >= 8 ? index + 8 : count;
        for (; index < end && written < room; index++)
            if (costs[index] <= limit) places[written++] = (uint32_t)index;
    }
    *next = index;
    return written;
}
