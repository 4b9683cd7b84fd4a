/* The loop over blocks for lanes of one width, written once for every path: included by each with
   LANE_BITS set to 16, 32 and 64. A pattern has one bit in a lane for each of its letters.

   The path has defined, with the width at the end of their names:

   LaneN        a vector of lanes, with C's operators
   LanesN       GROUP / (lanes of a LaneN) of them, as `.v[]`: a group of lanes, in whatever order
   TableN       what a match is looked up in
   tableN(pattern)          makes it
   matchesN(table, row, is_wide)   the match vectors of a group: bit i is set where letter i is the lane's;
                            only where `is_wide` may codes be over 31
   liveN(row)               all ones in the lanes that have a letter here
   countN(v)                the number of bits set in each lane
   bytesN(lanes)            the low byte of each lane, in the order of the names

   and, without a width: GROUP (lanes), PAIRS(N) (whether two blocks go abreast), Bytes and WideBytes (vectors
   of GROUP bytes, and of as many 16-bit words), COUNT_OF(array), INLINE, and `survivors_of`: which of a block's 64
   signatures lack at most so many bits of the pattern's, and have at most so many more. */

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define SIZED(name) JOIN(name, LANE_BITS)

#define Word JOIN(JOIN(uint, LANE_BITS), _t)
#define Vector SIZED(Lane)
#define Vectors SIZED(Lanes)

/* A column of the distance table for each lane of a group, as differences between neighbours. */
typedef struct {
    Vectors vp, vn;
} SIZED(Column);

/* The next column: Hyyro (2003), "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit
   Distances", after Myers (1999), with the paper's names. HP is held inverted, so that shifting a zero
   in says that the row above the pattern grows by one with each letter; shifts are additions, for which
   processors have more places than for shifts. */
INLINE void SIZED(advance)(Vectors matches, SIZED(Column) *column) {
    for (size_t k = 0; k < COUNT_OF(matches.v); k++) {
        const Vector pm = matches.v[k], vp = column->vp.v[k], vn = column->vn.v[k];
        /* D0 but for VN, which the next two lines do not need: one step less to wait for. */
        const Vector d0_less = (((pm & vp) + vp) ^ vp) | pm;
        const Vector not_hp = ~vn & (d0_less | vp);
        const Vector hn = d0_less & vp;
        const Vector d0 = d0_less | vn;
        const Vector not_hp_above = not_hp + not_hp;
        column->vp.v[k] = (hn + hn) | (~d0 & not_hp_above);
        column->vn.v[k] = d0 & ~not_hp_above;
    }
}

/* The same, for the lanes that have a letter in this row; the others keep their last column. */
INLINE void SIZED(advance_live)(Vectors matches, Vectors live, SIZED(Column) *column) {
    SIZED(Column) next = *column;
    SIZED(advance)(matches, &next);
    for (size_t k = 0; k < COUNT_OF(live.v); k++) {
        const Vector on = live.v[k];
        column->vp.v[k] = (next.vp.v[k] & on) | (column->vp.v[k] & ~on);
        column->vn.v[k] = (next.vn.v[k] & on) | (column->vn.v[k] & ~on);
    }
}

/* What the cells of `rows` sum up to in each lane: the last of them less the row above the pattern. */
INLINE Bytes SIZED(sum)(const SIZED(Column) *column, Word rows) {
    Vectors sums;
    for (size_t k = 0; k < COUNT_OF(sums.v); k++) {
        sums.v[k] = SIZED(count)(column->vp.v[k] & rows) - SIZED(count)(column->vn.v[k] & rows);
    }
    return SIZED(bytes)(sums);
}

/* The distance of each lane of a group whose column is the last: the row above the pattern has come to the
   name's length, the column's differences lead from there to the pattern's last row. */
INLINE void SIZED(finish)(
    const SIZED(Column) *column, const uint8_t *lengths, Word rows, unsigned limit, uint16_t *results) {
    Bytes length;
    __builtin_memcpy(&length, lengths, sizeof length);
    const Bytes distance = length + SIZED(sum)(column, rows);
    const Bytes over = (Bytes){0} + (uint8_t)(limit + 1);
    const Bytes is_over = (Bytes)(distance > over);
    const WideBytes result = __builtin_convertvector((distance & ~is_over) | (over & is_over), WideBytes);
    __builtin_memcpy(results, &result, sizeof result);
}

/* The distances of one group in each of `abreast` blocks (1 or 2) of the same shape. A step waits for the one
   before it most of the time: with two blocks there is something else to do meanwhile. */
INLINE void SIZED(groups)(
    const SIZED(Table) *table, const ctextdistance_names *names, size_t index, size_t abreast, size_t lane,
    Word rows, unsigned limit, bool is_wide, uint16_t *results) {
    const ctextdistance_block *block = &names->blocks[index];
    SIZED(Column) columns[2];
    const uint8_t *row[2];
    for (size_t b = 0; b < abreast; b++) {
        row[b] = names->rows + (size_t)block[b].first_row * ctextdistance_lanes + lane;
        for (size_t k = 0; k < COUNT_OF(columns[b].vp.v); k++) {
            columns[b].vp.v[k] = ~(Vector){0};
            columns[b].vn.v[k] = (Vector){0};
        }
    }
    unsigned position = 0;
    for (; position < block->shortest; position++) {
        for (size_t b = 0; b < abreast; b++) {
            SIZED(advance)(SIZED(matches)(table, row[b], is_wide), &columns[b]);
            row[b] += ctextdistance_lanes;
        }
    }
    for (; position < block->longest; position++) {
        for (size_t b = 0; b < abreast; b++) {
            SIZED(advance_live)(SIZED(matches)(table, row[b], is_wide), SIZED(live)(row[b]), &columns[b]);
            row[b] += ctextdistance_lanes;
        }
    }
    for (size_t b = 0; b < abreast; b++) {
        const uint8_t *lengths = names->lengths + (index + b) * ctextdistance_lanes + lane;
        SIZED(finish)(&columns[b], lengths, rows, limit, results + b * ctextdistance_lanes + lane);
    }
}

INLINE void SIZED(blocks)(
    const ctextdistance_pattern *pattern, const ctextdistance_names *names, size_t first, size_t count,
    unsigned limit, bool is_wide, uint16_t *results) {
    const SIZED(Table) table = SIZED(table)(pattern);
    const Word rows = pattern->length == 0 ? 0 : (Word)~(Word)0 >> (LANE_BITS - pattern->length);
    const size_t end = first + count;
    for (size_t index = first; index < end; index++, results += ctextdistance_lanes) {
        if (is_left_out(pattern, names, index, limit)) {
            for (size_t lane = 0; lane < ctextdistance_lanes; lane++) results[lane] = (uint16_t)(limit + 1);
            continue;
        }
        if (PAIRS(LANE_BITS) && index + 1 < end && have_one_shape(&names->blocks[index])
            && !is_left_out(pattern, names, index + 1, limit)) {
            for (size_t lane = 0; lane < ctextdistance_lanes; lane += GROUP) {
                SIZED(groups)(&table, names, index, 2, lane, rows, limit, is_wide, results);
            }
            index++;
            results += ctextdistance_lanes;
        } else {
            for (size_t lane = 0; lane < ctextdistance_lanes; lane += GROUP) {
                SIZED(groups)(&table, names, index, 1, lane, rows, limit, is_wide, results);
            }
        }
    }
}

#undef Vectors
#undef Vector
#undef Word
#undef SIZED
#undef JOIN
#undef JOIN_
#undef LANE_BITS
