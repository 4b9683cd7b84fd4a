/* NEON: a quarter of a row of codes a group. A table of 32 bytes, or of 64, is one look-up (tbl); the bytes of
   a match are then woven into lanes. */
#if defined(__aarch64__)
#include <arm_neon.h>

#include "Paths.h"

#define INLINE static inline __attribute__((always_inline))
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define GROUP 16
#define PAIRS(bits) 0

typedef uint8_t Bytes __attribute__((vector_size(16)));
typedef uint16_t WideBytes __attribute__((vector_size(32)));
typedef uint16_t Lane16 __attribute__((vector_size(16)));
typedef uint32_t Lane32 __attribute__((vector_size(16)));
typedef uint64_t Lane64 __attribute__((vector_size(16)));
typedef struct { Lane16 v[2]; } Lanes16;
typedef struct { Lane32 v[4]; } Lanes32;
typedef struct { Lane64 v[8]; } Lanes64;

/* One byte of each mask. */
typedef struct { uint8x16x4_t planes[2]; } Table16;
typedef struct { uint8x16x4_t planes[4]; } Table32;
typedef struct { const uint64_t *masks; } Table64;

INLINE uint8x16x4_t byte_plane(const ctextdistance_pattern *pattern, int byte) {
    uint8_t bytes[ctextdistance_codes];
    for (size_t code = 0; code < ctextdistance_codes; code++) {
        bytes[code] = (uint8_t)(pattern->masks[code] >> (8 * byte));
    }
    return (uint8x16x4_t){
        {vld1q_u8(bytes), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
}

INLINE Table16 table16(const ctextdistance_pattern *pattern) {
    return (Table16){{byte_plane(pattern, 0), byte_plane(pattern, 1)}};
}

INLINE Table32 table32(const ctextdistance_pattern *pattern) {
    return (Table32){{
        byte_plane(pattern, 0), byte_plane(pattern, 1), byte_plane(pattern, 2), byte_plane(pattern, 3)}};
}

INLINE Table64 table64(const ctextdistance_pattern *pattern) { return (Table64){pattern->masks}; }

/* Lanes out of their bytes, the lowest first. */
INLINE Lanes16 woven16(uint8x16_t low, uint8x16_t high) {
    return (Lanes16){{(Lane16)vzip1q_u8(low, high), (Lane16)vzip2q_u8(low, high)}};
}

INLINE Lanes32 woven32(Lanes16 low, Lanes16 high) {
    Lanes32 lanes;
    for (int k = 0; k < 2; k++) {
        lanes.v[2 * k] = (Lane32)vzip1q_u16((uint16x8_t)low.v[k], (uint16x8_t)high.v[k]);
        lanes.v[2 * k + 1] = (Lane32)vzip2q_u16((uint16x8_t)low.v[k], (uint16x8_t)high.v[k]);
    }
    return lanes;
}

INLINE uint8x16_t byte_matches(const uint8x16x4_t *plane, uint8x16_t codes, bool is_wide) {
    if (is_wide) return vqtbl4q_u8(*plane, codes);
    return vqtbl2q_u8((uint8x16x2_t){{plane->val[0], plane->val[1]}}, codes);
}

INLINE Lanes16 matches16(const Table16 *table, const uint8_t *row, bool is_wide) {
    const uint8x16_t codes = vld1q_u8(row);
    const uint8x16x4_t *planes = table->planes;
    return woven16(byte_matches(&planes[0], codes, is_wide), byte_matches(&planes[1], codes, is_wide));
}

INLINE Lanes32 matches32(const Table32 *table, const uint8_t *row, bool is_wide) {
    const uint8x16_t codes = vld1q_u8(row);
    const uint8x16x4_t *planes = table->planes;
    return woven32(
        woven16(byte_matches(&planes[0], codes, is_wide), byte_matches(&planes[1], codes, is_wide)),
        woven16(byte_matches(&planes[2], codes, is_wide), byte_matches(&planes[3], codes, is_wide)));
}

/* Names over 32 letters are few: their masks are fetched one by one. */
INLINE Lanes64 matches64(const Table64 *table, const uint8_t *row, bool is_wide) {
    (void)is_wide;
    Lanes64 matches;
    for (size_t k = 0; k < COUNT_OF(matches.v); k++) {
        matches.v[k] = (Lane64){table->masks[row[2 * k]], table->masks[row[2 * k + 1]]};
    }
    return matches;
}

INLINE uint8x16_t live_bytes(const uint8_t *row) {
    const uint8x16_t codes = vld1q_u8(row);
    return vtstq_u8(codes, codes);
}

INLINE Lanes16 live16(const uint8_t *row) { return woven16(live_bytes(row), live_bytes(row)); }

INLINE Lanes32 live32(const uint8_t *row) { return woven32(live16(row), live16(row)); }

INLINE Lanes64 live64(const uint8_t *row) {
    Lanes64 live;
    for (size_t k = 0; k < COUNT_OF(live.v); k++) {
        live.v[k] = (Lane64)((Lane64){row[2 * k], row[2 * k + 1]} != 0);
    }
    return live;
}

INLINE Lane16 count16(Lane16 v) { return (Lane16)vpaddlq_u8(vcntq_u8((uint8x16_t)v)); }
INLINE Lane32 count32(Lane32 v) { return (Lane32)vpaddlq_u16((uint16x8_t)count16((Lane16)v)); }
INLINE Lane64 count64(Lane64 v) { return (Lane64)vpaddlq_u32((uint32x4_t)count32((Lane32)v)); }

/* Every second byte, which undoes the weaving. */
INLINE Bytes bytes16(Lanes16 lanes) {
    return (Bytes)vuzp1q_u8((uint8x16_t)lanes.v[0], (uint8x16_t)lanes.v[1]);
}

INLINE Bytes bytes32(Lanes32 lanes) {
    Lanes16 packed;
    for (int k = 0; k < 2; k++) {
        packed.v[k] =
            (Lane16)vuzp1q_u16((uint16x8_t)lanes.v[2 * k], (uint16x8_t)lanes.v[2 * k + 1]);
    }
    return bytes16(packed);
}

INLINE Bytes bytes64(Lanes64 lanes) {
    Bytes bytes;
    for (size_t lane = 0; lane < GROUP; lane++) bytes[lane] = (uint8_t)lanes.v[lane / 2][lane % 2];
    return bytes;
}

INLINE uint64_t survivors_of(
    const uint64_t *signatures, uint64_t signature, unsigned missing_max, unsigned added_max) {
    const Lane64 wanted = (Lane64){0} + signature;
    uint64_t survivors = 0;
    for (int k = 0; k < 32; k++) {
        const Lane64 held = (Lane64)vld1q_u64(signatures + 2 * k);
        const Lane64 missing = count64(wanted & ~held), added = count64(held & ~wanted);
        const Lane64 kept = ((Lane64)(missing <= missing_max) & (Lane64)(added <= added_max)) >> 63;
        survivors |= (kept[0] | kept[1] << 1) << (2 * k);
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

DEFINE_PATH(neon)
#endif
