/* AVX-512: 64 lanes a group in two to eight vectors. A lane of w bits takes its code out of every
   (w / 8)-th byte of the row, so that a whole vector of codes is used as it lies, shifted by whole
   bytes: the permutes look at the low bits of an index only. */
#if defined(__x86_64__)
#include <immintrin.h>

#include "Paths.h"

#pragma clang attribute push(                                                                          \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512bitalg,avx512vpopcntdq"))),      \
    apply_to = function)

#define INLINE static inline __attribute__((always_inline))
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define GROUP 64
#define PAIRS(bits) ((bits) == 16)

typedef uint8_t Bytes __attribute__((vector_size(64)));
typedef uint16_t WideBytes __attribute__((vector_size(128)));
typedef uint16_t Lane16 __attribute__((vector_size(64)));
typedef uint32_t Lane32 __attribute__((vector_size(64)));
typedef uint64_t Lane64 __attribute__((vector_size(64)));
typedef struct { Lane16 v[2]; } Lanes16;
typedef struct { Lane32 v[4]; } Lanes32;
typedef struct { Lane64 v[8]; } Lanes64;
/* The masks of all codes, side by side. */
typedef struct { __m512i parts[2]; } Table16;
typedef struct { __m512i parts[4]; } Table32;
typedef struct { __m512i parts[8]; } Table64;

INLINE Table16 table16(const ctextdistance_pattern *pattern) {
    uint16_t words[ctextdistance_codes];
    for (size_t code = 0; code < ctextdistance_codes; code++) words[code] = (uint16_t)pattern->masks[code];
    return (Table16){{_mm512_loadu_si512(words), _mm512_loadu_si512(words + 32)}};
}

INLINE Table32 table32(const ctextdistance_pattern *pattern) {
    uint32_t words[ctextdistance_codes];
    Table32 table;
    for (size_t code = 0; code < ctextdistance_codes; code++) words[code] = (uint32_t)pattern->masks[code];
    for (size_t k = 0; k < 4; k++) table.parts[k] = _mm512_loadu_si512(words + 16 * k);
    return table;
}

INLINE Table64 table64(const ctextdistance_pattern *pattern) {
    Table64 table;
    for (size_t k = 0; k < 8; k++) table.parts[k] = _mm512_loadu_si512(pattern->masks + 8 * k);
    return table;
}

/* One of two vectors' lanes, by a bit of the index. */
INLINE __m512i chosen32(__m512i index, int bit, __m512i unset, __m512i set) {
    return _mm512_mask_mov_epi32(unset, _mm512_test_epi32_mask(index, _mm512_set1_epi32(bit)), set);
}

INLINE __m512i chosen64(__m512i index, int bit, __m512i unset, __m512i set) {
    return _mm512_mask_mov_epi64(unset, _mm512_test_epi64_mask(index, _mm512_set1_epi64(bit)), set);
}

INLINE Lanes16 matches16(const Table16 *table, const uint8_t *row, bool is_wide) {
    const Lane16 codes = (Lane16)_mm512_load_si512(row);
    Lanes16 matches;
    for (int k = 0; k < 2; k++) {
        const __m512i index = (__m512i)(codes >> (8 * k));
        matches.v[k] = (Lane16)(
            is_wide ? _mm512_permutex2var_epi16(table->parts[0], index, table->parts[1])
                    : _mm512_permutexvar_epi16(index, table->parts[0]));
    }
    return matches;
}

INLINE Lanes32 matches32(const Table32 *table, const uint8_t *row, bool is_wide) {
    const Lane32 codes = (Lane32)_mm512_load_si512(row);
    const __m512i *parts = table->parts;
    Lanes32 matches;
    for (int k = 0; k < 4; k++) {
        const __m512i index = (__m512i)(codes >> (8 * k));
        __m512i found = _mm512_permutex2var_epi32(parts[0], index, parts[1]);
        if (is_wide) found = chosen32(index, 32, found, _mm512_permutex2var_epi32(parts[2], index, parts[3]));
        matches.v[k] = (Lane32)found;
    }
    return matches;
}

/* The masks of 32 codes. */
INLINE __m512i matches64_of(const __m512i *parts, __m512i index) {
    return chosen64(
        index, 16, _mm512_permutex2var_epi64(parts[0], index, parts[1]),
        _mm512_permutex2var_epi64(parts[2], index, parts[3]));
}

INLINE Lanes64 matches64(const Table64 *table, const uint8_t *row, bool is_wide) {
    const Lane64 codes = (Lane64)_mm512_load_si512(row);
    Lanes64 matches;
    for (int k = 0; k < 8; k++) {
        const __m512i index = (__m512i)(codes >> (8 * k));
        __m512i found = matches64_of(table->parts, index);
        if (is_wide) found = chosen64(index, 32, found, matches64_of(table->parts + 4, index));
        matches.v[k] = (Lane64)found;
    }
    return matches;
}

/* What bytes and lanes share for each width: which lanes have a letter, bits, and the way back. */
#define LANES(bits, count_bits)                                                                        \
    INLINE Lanes##bits live##bits(const uint8_t *row) {                                                \
        const Lane##bits codes = (Lane##bits)_mm512_load_si512(row);                                   \
        Lanes##bits live;                                                                              \
        for (int k = 0; k < bits / 8; k++) live.v[k] = (Lane##bits)(((codes >> (8 * k)) & 0xFF) != 0); \
        return live;                                                                                   \
    }                                                                                                  \
    INLINE Lane##bits count##bits(Lane##bits v) { return (Lane##bits)count_bits((__m512i)v); }         \
    INLINE Bytes bytes##bits(Lanes##bits lanes) {                                                      \
        Lane##bits bytes = lanes.v[0] & 0xFF;                                                          \
        for (int k = 1; k < bits / 8; k++) bytes |= (lanes.v[k] & 0xFF) << (8 * k);                    \
        return (Bytes)bytes;                                                                           \
    }

LANES(16, _mm512_popcnt_epi16)
LANES(32, _mm512_popcnt_epi32)
LANES(64, _mm512_popcnt_epi64)
#undef LANES

INLINE uint64_t survivors_of(
    const uint64_t *signatures, uint64_t signature, unsigned missing_max, unsigned added_max) {
    const __m512i wanted = _mm512_set1_epi64((long long)signature);
    const __m512i most_missing = _mm512_set1_epi64(missing_max), most_added = _mm512_set1_epi64(added_max);
    uint64_t survivors = 0;
    for (int k = 0; k < 8; k++) {
        const __m512i held = _mm512_loadu_si512(signatures + 8 * k);
        const __m512i missing = _mm512_popcnt_epi64(_mm512_andnot_si512(held, wanted));
        const __m512i added = _mm512_popcnt_epi64(_mm512_andnot_si512(wanted, held));
        const __mmask8 kept = _mm512_mask_cmple_epu64_mask(
            _mm512_cmple_epu64_mask(missing, most_missing), added, most_added);
        survivors |= (uint64_t)kept << (8 * k);
    }
    return survivors;
}

#include "Reach.h"

#define LANE_BITS 16
#include "LaneLoop.h"
#define LANE_BITS 32
#include "LaneLoop.h"
#define LANE_BITS 64
#include "LaneLoop.h"

#include "PathEntry.h"

DEFINE_PATH(avx512)

#pragma clang attribute pop
#endif
