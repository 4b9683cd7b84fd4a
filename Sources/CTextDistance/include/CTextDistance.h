/* One name against many, 64 at a time, and against one: what Swift has no portable way to say (vpermw, pshufb, tbl;
   popcnt and andn where there are any).

   Names stand transposed in blocks of 64 lanes. A row is 64 bytes: the codes of one position of all
   the block's names, so that one vector instruction looks at that position of many names. A code is
   1...31, or 1...63 in wide names, and 0 behind a name's last letter. Which byte has which code is the
   caller's affair.

   Every path does the same: the Levenshtein distance between a pattern and each name of some blocks,
   or one more than the limit where the distance is greater. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ctextdistance_lanes = 64, ctextdistance_codes = 64, ctextdistance_letters_max = 64 };

/* Where the rows of a block are, and how many there are. Every lane has at least `shortest` letters and
   at most `longest`: there are `longest` rows. */
typedef struct {
    uint32_t first_row;
    uint8_t shortest;
    uint8_t longest;
} ctextdistance_block;

/* Blocks side by side. */
typedef struct {
    const ctextdistance_block *blocks;
    /* 64 bytes a row, aligned to 64. */
    const uint8_t *rows;
    /* The number of letters of each lane, 64 bytes a block, aligned to 64. */
    const uint8_t *lengths;
    /* The signature of each lane, 64 words a block, aligned to 64. */
    const uint64_t *signatures;
    /* Whether any code is over 31: look-ups then take longer. */
    bool is_wide;
} ctextdistance_names;

/* The name that all others are compared with. */
typedef struct {
    /* 64 words: bit i of word c is set when letter i has the code c; word 0 is 0. */
    const uint64_t *masks;
    uint64_t signature;
    /* 0...64. */
    uint32_t length;
} ctextdistance_pattern;

/* A way to do it, made for one kind of processor. */
typedef enum { ctextdistance_avx512, ctextdistance_avx2, ctextdistance_neon } ctextdistance_path;

/* Whether this machine can run a path, and this program has it. */
bool ctextdistance_has(ctextdistance_path path);

/* Distances to the names of `count` blocks from `first` on, 64 results a block.

   A result over `limit` is `limit` + 1. `limit` is 0...254: no distance within blocks is over 128.
   The machine must have the path. */
void ctextdistance_distances(
    ctextdistance_path path, const ctextdistance_pattern *pattern, const ctextdistance_names *names,
    size_t first, size_t count, unsigned limit, uint16_t *results);

/* Which of 64 * `count` signatures leave a distance of at most `limit` possible: bit i of word w for
   signature 64w + i. A signature holds one bit for each letter that a name has, up to so many of each:
   an edit takes at most one away and adds at most one. `signatures` needs no alignment beyond its own.
   The machine must have the path. */
void ctextdistance_survivors(
    ctextdistance_path path, const uint64_t *signatures, size_t count, uint64_t signature,
    unsigned limit, uint64_t *survivors);

/* The distance between a pattern of 1...64 bytes and one text of `count`, which may be 0.

   `masks` are 256 words: bit i of word c is set where byte i of the pattern is c. Any machine. */
unsigned ctextdistance_word(
    const uint64_t *masks, unsigned length, const uint8_t *text, size_t count);
