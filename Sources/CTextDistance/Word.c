/* One pattern of one word and one text: a loop whose operations wait for each other. It is compiled twice, for
   it is a tenth faster with instructions that processors have had for ten years and a compiler may not count on. */
#include "CTextDistance.h"

#define INLINE static inline __attribute__((always_inline))

/* A column of the distance table; VN is held inverted. */
typedef struct {
    uint64_t vp, not_vn;
} Column;

/* The next column: `WholeColumn.advance` of the Swift module, which is the same for one lane of many. */
INLINE void advance(Column *column, uint64_t matches, uint64_t not_saved) {
    const uint64_t vp = column->vp;
    const uint64_t sum = (matches & vp) + vp;
    const uint64_t not_d0 = ~(sum ^ vp) & not_saved;
    const uint64_t not_hp_below = ((sum | (vp | matches)) & column->not_vn) << 1;
    const uint64_t hn_below = (vp & (matches | ~sum)) << 1;
    column->vp = hn_below | (not_d0 & not_hp_below);
    column->not_vn = not_d0 | not_hp_below;
}

INLINE unsigned distance_of(const uint64_t *masks, unsigned length, const uint8_t *text, size_t count) {
    if (count == 0) return length;
    Column column = {~(uint64_t)0, ~(uint64_t)0};
    uint64_t matches = masks[text[0]], not_saved = ~matches;
    for (size_t index = 1; index < count; index++) {
        advance(&column, matches, not_saved);
        matches = masks[text[index]];
        not_saved = column.not_vn & ~matches;
    }
    advance(&column, matches, not_saved);
    /* The row above the pattern has come to the text's length; the column's steps lead to the last row. */
    const uint64_t rows = ~(uint64_t)0 >> (64 - length);
    return (unsigned)count - length + (unsigned)__builtin_popcountll(column.vp & rows)
        + (unsigned)__builtin_popcountll(column.not_vn & rows);
}

/* Not inlined, so that choosing between two of them saves no registers. */
static __attribute__((noinline)) unsigned distance_by_any(
    const uint64_t *masks, unsigned length, const uint8_t *text, size_t count) {
    return distance_of(masks, length, text, count);
}

#if defined(__x86_64__)
static __attribute__((noinline, target("popcnt,bmi,bmi2"))) unsigned distance_by_bmi(
    const uint64_t *masks, unsigned length, const uint8_t *text, size_t count) {
    return distance_of(masks, length, text, count);
}
#endif

unsigned ctextdistance_word(
    const uint64_t *masks, unsigned length, const uint8_t *text, size_t count) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")) {
        return distance_by_bmi(masks, length, text, count);
    }
#endif
    return distance_by_any(masks, length, text, count);
}
