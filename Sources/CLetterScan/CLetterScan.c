#include "CLetterScan.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* One loop, compiled for each kind of processor. */
static inline __attribute__((always_inline)) void costs_of(
    const uint32_t *restrict names, size_t count, const uint32_t *restrict tokens,
    size_t token_count, uint8_t *restrict costs) {
    uint32_t asked = 0;
    for (size_t token = 0; token < token_count; token++) asked |= tokens[token];
    for (size_t index = 0; index < count; index++) {
        uint32_t name = names[index];
        uint32_t beyond = (uint32_t)__builtin_popcount(name & ~asked);
        uint32_t lacking = 0;
        uint32_t least = 3;
        for (size_t token = 0; token < token_count; token++) {
            uint32_t missing = tokens[token] & ~name;
            uint32_t letters = (uint32_t)__builtin_popcount(missing & 0xFFFF);
            uint32_t first = missing > 0xFFFF ? 1 : 0;
            uint32_t both = letters + first;
            both = both < 3 ? both : 3;
            lacking += both;
            least = both < least ? both : least;
        }
        uint32_t all = 2 * lacking;
        uint32_t one = 2 * least + 3;
        costs[index] = (uint8_t)(beyond + (all < one ? all : one));
    }
}

/* Picks one by one below `end`; returns where it ended. */
static inline __attribute__((always_inline)) size_t pick_each(
    const uint8_t *costs, size_t index, size_t end, uint8_t limit, uint32_t *places, size_t room,
    size_t *written) {
    for (; index < end && *written < room; index++)
        if (costs[index] <= limit) places[(*written)++] = (uint32_t)index;
    return index;
}

/* Eight costs at a time: nearly always all of them are beyond the limit. */
static size_t pick_plain(
    const uint8_t *costs, size_t index, size_t count, uint8_t limit, uint32_t *places, size_t room,
    size_t *written) {
    while (index < count && *written < room) {
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
        index = pick_each(costs, index, end, limit, places, room, written);
    }
    return index;
}

#if defined(__x86_64__)

/* So many costs at a time as a vector has bytes; `within` gives a bit for each that is not above the limit. Those
 * for which there may be no room, and those behind the last whole vector, go one by one. */
#define PICK_VECTORS(bytes, within)                                                \
    while (count - index >= bytes && room - *written >= bytes) {                   \
        for (uint64_t bits = within; bits != 0; bits &= bits - 1)                  \
            places[(*written)++] = (uint32_t)(index + (size_t)__builtin_ctzll(bits)); \
        index += bytes;                                                            \
    }                                                                              \
    return pick_each(costs, index, count, limit, places, room, written);

__attribute__((target("avx512f,avx512bw"))) static size_t pick_avx512(
    const uint8_t *costs, size_t index, size_t count, uint8_t limit, uint32_t *places, size_t room,
    size_t *written) {
    const __m512i most = _mm512_set1_epi8((char)limit);
    PICK_VECTORS(64, _mm512_cmple_epu8_mask(_mm512_loadu_si512(costs + index), most))
}

__attribute__((target("avx2"))) static inline uint64_t within_avx2(
    const uint8_t *costs, __m256i most) {
    __m256i all = _mm256_loadu_si256((const __m256i *)costs);
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(all, most), all));
}

__attribute__((target("avx2"))) static size_t pick_avx2(
    const uint8_t *costs, size_t index, size_t count, uint8_t limit, uint32_t *places, size_t room,
    size_t *written) {
    const __m256i most = _mm256_set1_epi8((char)limit);
    PICK_VECTORS(32, within_avx2(costs + index, most))
}

/* A number of tokens that the compiler knows makes straight code of the inner loop. */
#define KNOWN_COUNTS(names, count, tokens, token_count, costs)                     \
    switch (token_count) {                                                         \
    case 1: return costs_of(names, count, tokens, 1, costs);                       \
    case 2: return costs_of(names, count, tokens, 2, costs);                       \
    case 3: return costs_of(names, count, tokens, 3, costs);                       \
    case 4: return costs_of(names, count, tokens, 4, costs);                       \
    default: return costs_of(names, count, tokens, token_count, costs);            \
    }

/* Whole vectors of 512 bits: the processors that count bits in lanes do not slow down for them. */
__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq")))
static void costs_avx512(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count,
    uint8_t *costs) {
    KNOWN_COUNTS(names, count, tokens, token_count, costs)
}

__attribute__((target("avx2,popcnt"))) static void costs_avx2(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count,
    uint8_t *costs) {
    KNOWN_COUNTS(names, count, tokens, token_count, costs)
}

/* Whether the processor, and the system with its registers, has a way's instructions. */
static bool has(enum cletterscan_way way) {
    switch (way) {
    case cletterscan_plain: return true;
    case cletterscan_avx2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
    case cletterscan_avx512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
            && __builtin_cpu_supports("avx512vpopcntdq");
    }
    return false;
}
#else
static bool has(enum cletterscan_way way) { return way == cletterscan_plain; }
#endif

static void costs_plain(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count,
    uint8_t *costs) {
    costs_of(names, count, tokens, token_count, costs);
}

/* In the order of `cletterscan_way`, the last one the best. */
static const struct {
    void (*costs)(const uint32_t *, size_t, const uint32_t *, size_t, uint8_t *);
    size_t (*pick)(const uint8_t *, size_t, size_t, uint8_t, uint32_t *, size_t, size_t *);
} ways[] = {
    {costs_plain, pick_plain},
#if defined(__x86_64__)
    {costs_avx2, pick_avx2},
    {costs_avx512, pick_avx512},
#endif
};

/* The best way that there is. */
static enum cletterscan_way chosen(void) {
    size_t way = sizeof ways / sizeof ways[0] - 1;
    while (!has((enum cletterscan_way)way)) way--;
    return (enum cletterscan_way)way;
}

void cletterscan_costs(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count,
    uint8_t *costs) {
    ways[chosen()].costs(names, count, tokens, token_count, costs);
}

bool cletterscan_costs_by(
    enum cletterscan_way way, const uint32_t *names, size_t count, const uint32_t *tokens,
    size_t token_count, uint8_t *costs) {
    if (!has(way)) return false;
    ways[way].costs(names, count, tokens, token_count, costs);
    return true;
}

const char *cletterscan_path(void) {
    switch (chosen()) {
    case cletterscan_avx512: return "avx512";
    case cletterscan_avx2: return "avx2";
    case cletterscan_plain: break;
    }
#if defined(__ARM_NEON)
    return "neon";
#else
    return "plain";
#endif
}

size_t cletterscan_pick(
    const uint8_t *costs, size_t first, size_t count, uint8_t limit, uint32_t *places, size_t room,
    size_t *next) {
    size_t written = 0;
    *next = ways[chosen()].pick(costs, first, count, limit, places, room, &written);
    return written;
}

bool cletterscan_pick_by(
    enum cletterscan_way way, const uint8_t *costs, size_t first, size_t count, uint8_t limit,
    uint32_t *places, size_t room, size_t *next, size_t *written) {
    if (!has(way)) return false;
    *written = 0;
    *next = ways[way].pick(costs, first, count, limit, places, room, written);
    return true;
}
