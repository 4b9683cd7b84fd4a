/* AVX2: half a row of codes a group. Sixteen codes fit into one byte look-up (pshufb), so that a byte of a
   match takes two of them and a choice; bytes are then woven into lanes. */
#if defined(__x86_64__)
#include <immintrin.h>

#include "Paths.h"

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

#define INLINE static inline __attribute__((always_inline))
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define GROUP 32
#define PAIRS(bits) 0

typedef uint8_t Bytes __attribute__((vector_size(32)));
typedef uint16_t WideBytes __attribute__((vector_size(64)));
typedef uint16_t Lane16 __attribute__((vector_size(32)));
typedef uint32_t Lane32 __attribute__((vector_size(32)));
typedef uint64_t Lane64 __attribute__((vector_size(32)));
typedef struct { Lane16 v[2]; } Lanes16;
typedef struct { Lane32 v[4]; } Lanes32;
typedef struct { Lane64 v[8]; } Lanes64;

/* One byte of each mask: of 16 codes each, in both halves of a vector. */
typedef struct { __m256i quarters[4]; } BytePlane;
typedef struct { BytePlane planes[2]; } Table16;
typedef struct { BytePlane planes[4]; } Table32;
typedef struct { const uint64_t *masks; } Table64;

INLINE BytePlane byte_plane(const ctextdistance_pattern *pattern, int byte) {
    BytePlane plane;
    for (size_t k = 0; k < 4; k++) {
        uint8_t bytes[16];
        for (size_t code = 0; code < 16; code++) {
            bytes[code] = (uint8_t)(pattern->masks[16 * k + code] >> (8 * byte));
        }
        plane.quarters[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes));
    }
    return plane;
}

INLINE Table16 table16(const ctextdistance_pattern *pattern) {
    return (Table16){{byte_plane(pattern, 0), byte_plane(pattern, 1)}};
}

INLINE Table32 table32(const ctextdistance_pattern *pattern) {
    return (Table32){{
        byte_plane(pattern, 0), byte_plane(pattern, 1), byte_plane(pattern, 2), byte_plane(pattern, 3)}};
}

INLINE Table64 table64(const ctextdistance_pattern *pattern) { return (Table64){pattern->masks}; }

INLINE __m256i codes_of(const uint8_t *row) { return _mm256_load_si256((const __m256i *)row); }

/* Codes are below 64: a look-up takes their lowest four bits, and shifted to the left the next two decide. */
INLINE __m256i byte_matches(const BytePlane *plane, __m256i codes, bool is_wide) {
    const __m256i *quarters = plane->quarters, fifth = _mm256_slli_epi16(codes, 3);
    const __m256i found = _mm256_blendv_epi8(
        _mm256_shuffle_epi8(quarters[0], codes), _mm256_shuffle_epi8(quarters[1], codes), fifth);
    if (!is_wide) return found;
    const __m256i high = _mm256_blendv_epi8(
        _mm256_shuffle_epi8(quarters[2], codes), _mm256_shuffle_epi8(quarters[3], codes), fifth);
    return _mm256_blendv_epi8(found, high, _mm256_slli_epi16(codes, 2));
}

/* Lanes out of their bytes, the lowest first; each half of a vector for itself. */
INLINE Lanes16 woven16(__m256i low, __m256i high) {
    return (Lanes16){
        {(Lane16)_mm256_unpacklo_epi8(low, high), (Lane16)_mm256_unpackhi_epi8(low, high)}};
}

INLINE Lanes32 woven32(Lanes16 low, Lanes16 high) {
    Lanes32 lanes;
    for (int k = 0; k < 2; k++) {
        lanes.v[2 * k] = (Lane32)_mm256_unpacklo_epi16((__m256i)low.v[k], (__m256i)high.v[k]);
        lanes.v[2 * k + 1] = (Lane32)_mm256_unpackhi_epi16((__m256i)low.v[k], (__m256i)high.v[k]);
    }
    return lanes;
}

INLINE Lanes16 matches16(const Table16 *table, const uint8_t *row, bool is_wide) {
    const __m256i codes = codes_of(row);
    const BytePlane *planes = table->planes;
    return woven16(byte_matches(&planes[0], codes, is_wide), byte_matches(&planes[1], codes, is_wide));
}

INLINE Lanes32 matches32(const Table32 *table, const uint8_t *row, bool is_wide) {
    const __m256i codes = codes_of(row);
    const BytePlane *planes = table->planes;
    return woven32(
        woven16(byte_matches(&planes[0], codes, is_wide), byte_matches(&planes[1], codes, is_wide)),
        woven16(byte_matches(&planes[2], codes, is_wide), byte_matches(&planes[3], codes, is_wide)));
}

/* Names over 32 letters are few: their masks are fetched one by one. */
INLINE Lanes64 matches64(const Table64 *table, const uint8_t *row, bool is_wide) {
    (void)is_wide;
    Lanes64 matches;
    for (size_t k = 0; k < COUNT_OF(matches.v); k++) {
        for (size_t lane = 0; lane < 4; lane++) matches.v[k][lane] = table->masks[row[4 * k + lane]];
    }
    return matches;
}

INLINE __m256i live_bytes(const uint8_t *row) {
    return _mm256_cmpgt_epi8(codes_of(row), _mm256_setzero_si256());
}

INLINE Lanes16 live16(const uint8_t *row) { return woven16(live_bytes(row), live_bytes(row)); }

INLINE Lanes32 live32(const uint8_t *row) { return woven32(live16(row), live16(row)); }

INLINE Lanes64 live64(const uint8_t *row) {
    Lanes64 live;
    for (size_t k = 0; k < COUNT_OF(live.v); k++) {
        for (size_t lane = 0; lane < 4; lane++) live.v[k][lane] = row[4 * k + lane] == 0 ? 0 : ~(uint64_t)0;
    }
    return live;
}

INLINE Lane16 count16(Lane16 v) { return __builtin_elementwise_popcount(v); }
INLINE Lane32 count32(Lane32 v) { return __builtin_elementwise_popcount(v); }
INLINE Lane64 count64(Lane64 v) { return __builtin_elementwise_popcount(v); }

/* Packing undoes the weaving, half by half; what is packed must not be negative. */
INLINE Bytes bytes16(Lanes16 lanes) {
    return (Bytes)_mm256_packus_epi16((__m256i)(lanes.v[0] & 0xFF), (__m256i)(lanes.v[1] & 0xFF));
}

INLINE Bytes bytes32(Lanes32 lanes) {
    Lanes16 packed;
    for (int k = 0; k < 2; k++) {
        packed.v[k] = (Lane16)_mm256_packus_epi32(
            (__m256i)(lanes.v[2 * k] & 0xFF), (__m256i)(lanes.v[2 * k + 1] & 0xFF));
    }
    return bytes16(packed);
}

INLINE Bytes bytes64(Lanes64 lanes) {
    Bytes bytes;
    for (size_t lane = 0; lane < GROUP; lane++) bytes[lane] = (uint8_t)lanes.v[lane / 4][lane % 4];
    return bytes;
}

INLINE uint64_t survivors_of(
    const uint64_t *signatures, uint64_t signature, unsigned missing_max, unsigned added_max) {
    const Lane64 wanted = (Lane64){0} + signature;
    uint64_t survivors = 0;
    for (int k = 0; k < 16; k++) {
        const Lane64 held = (Lane64)_mm256_loadu_si256((const __m256i *)(signatures + 4 * k));
        const Lane64 missing = count64(wanted & ~held), added = count64(held & ~wanted);
        const Lane64 is_over = (Lane64)(missing > missing_max) | (Lane64)(added > added_max);
        const unsigned over = (unsigned)_mm256_movemask_pd((__m256d)is_over);
        survivors |= (uint64_t)(over ^ 15) << (4 * k);
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

DEFINE_PATH(avx2)

#pragma clang attribute pop
#endif
