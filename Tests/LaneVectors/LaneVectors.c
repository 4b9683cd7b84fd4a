/* Every path that this machine can run, beside the textbook table: where the Swift tests cannot go, such as
   another processor under emulation (scripts/neon.sh).

   Prints what was compared. Exit code 0 when all was right, 1 when not, 77 when there is no path to run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CTextDistance.h"

enum {
    letters_max = ctextdistance_letters_max,
    lanes = ctextdistance_lanes,
    /* Two of one shape, which may go abreast, and one more. */
    blocks_count = 3,
    names_count = blocks_count * lanes
};

typedef struct {
    uint8_t letters[letters_max];
    unsigned length;
} name;

/* Steele, Lea and Flood (2014), SplitMix64. */
static uint64_t state = 1;
static uint64_t next_random(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}
static unsigned below(unsigned limit) { return (unsigned)(next_random() % limit); }

/* Wagner and Fischer (1974). */
static unsigned table_distance(const name *a, const name *b) {
    unsigned cells[letters_max + 1];
    for (unsigned j = 0; j <= b->length; j++) cells[j] = j;
    for (unsigned i = 0; i < a->length; i++) {
        unsigned diagonal = cells[0];
        cells[0] = i + 1;
        for (unsigned j = 0; j < b->length; j++) {
            unsigned least = diagonal + (a->letters[i] != b->letters[j]);
            diagonal = cells[j + 1];
            if (cells[j] + 1 < least) least = cells[j] + 1;
            if (diagonal + 1 < least) least = diagonal + 1;
            cells[j + 1] = least;
        }
    }
    return cells[b->length];
}

static name random_name(unsigned length, unsigned alphabet) {
    name made = {.length = length};
    for (unsigned i = 0; i < length; i++) made.letters[i] = (uint8_t)(1 + below(alphabet));
    return made;
}

enum { replacing, leaving_out, putting_in, any_kind };

/* A name that is some edits of a kind away from another. */
static name edited(name from, unsigned edits, unsigned kind_wanted, unsigned alphabet) {
    while (edits-- > 0) {
        unsigned place = below(from.length + 1), rest = from.length - place;
        unsigned kind = kind_wanted == any_kind ? below(any_kind) : kind_wanted;
        if (kind == replacing && rest > 0) {
            from.letters[place] = (uint8_t)(1 + below(alphabet));
        } else if (kind == leaving_out && rest > 0) {
            memmove(from.letters + place, from.letters + place + 1, rest - 1);
            from.length--;
        } else if (from.length < letters_max) {
            memmove(from.letters + place + 1, from.letters + place, rest);
            from.letters[place] = (uint8_t)(1 + below(alphabet));
            from.length++;
        }
    }
    return from;
}

/* Two bits for each two codes: one letter of them, two or more. */
static uint64_t signature_of(const name *from) {
    uint64_t signature = 0;
    for (unsigned i = 0; i < from->length; i++) {
        uint64_t first = (uint64_t)1 << (from->letters[i] / 2 * 2);
        signature |= signature & first ? first << 1 : first;
    }
    return signature;
}

static ctextdistance_block blocks[blocks_count];
static _Alignas(64) uint8_t rows[blocks_count * letters_max * lanes];
static _Alignas(64) uint8_t lengths[names_count];
static _Alignas(64) uint64_t signatures[names_count];
static ctextdistance_names transposed = {blocks, rows, lengths, signatures, false};

static void transpose(const name *names) {
    memset(rows, 0, sizeof rows);
    for (unsigned b = 0; b < blocks_count; b++) {
        blocks[b] = (ctextdistance_block){b * letters_max, letters_max, 0};
        for (unsigned lane = 0; lane < lanes; lane++) {
            const name *held = &names[b * lanes + lane];
            uint8_t *first = rows + b * letters_max * lanes + lane;
            for (unsigned i = 0; i < held->length; i++) first[i * lanes] = held->letters[i];
            lengths[b * lanes + lane] = (uint8_t)held->length;
            signatures[b * lanes + lane] = signature_of(held);
            if (held->length < blocks[b].shortest) blocks[b].shortest = (uint8_t)held->length;
            if (held->length > blocks[b].longest) blocks[b].longest = (uint8_t)held->length;
        }
    }
}

/* Blocks of names that have nothing of the pattern, but for one each: it alone keeps its block. */
static void fill_with_strangers(name *names, name pattern, unsigned alphabet) {
    for (unsigned b = 0; b < blocks_count; b++) {
        name near = edited(pattern, below(4), below(any_kind + 1), alphabet);
        unsigned spread = below(3), least = near.length - below(2) * (near.length < spread ? 0 : spread);
        for (unsigned lane = 0; lane < lanes; lane++) {
            name *stranger = &names[b * lanes + lane];
            stranger->length = least + below(spread + 1);
            if (stranger->length > letters_max) stranger->length = letters_max;
            memset(stranger->letters, (int)alphabet, letters_max);
        }
        names[b * lanes + below(lanes)] = near;
    }
}

static unsigned long compared, wrong;

static void compare(ctextdistance_path path, const name *pattern, const name *names, unsigned limit) {
    uint64_t masks[ctextdistance_codes] = {0};
    for (unsigned i = 0; i < pattern->length; i++) masks[pattern->letters[i]] |= (uint64_t)1 << i;
    ctextdistance_pattern prepared = {masks, signature_of(pattern), pattern->length};
    uint16_t results[names_count];
    uint64_t survivors[blocks_count];
    ctextdistance_distances(path, &prepared, &transposed, 0, blocks_count, limit, results);
    ctextdistance_survivors(path, signatures, blocks_count, prepared.signature, limit, survivors);
    for (unsigned i = 0; i < names_count; i++) {
        unsigned distance = table_distance(pattern, &names[i]);
        unsigned expected = distance <= limit ? distance : limit + 1;
        bool is_dropped = !(survivors[i / lanes] >> (i % lanes) & 1);
        compared++;
        if (results[i] != expected || (distance <= limit && is_dropped)) {
            if (wrong++ < 10) {
                printf(
                    "path %d, lengths %u and %u, limit %u: %u, the table says %u\n", path, pattern->length,
                    names[i].length, limit, results[i], expected);
            }
        }
    }
}

int main(void) {
    static const unsigned edges[] = {0, 1, 2, 8, 12, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64};
    enum { edges_count = sizeof edges / sizeof *edges };
    static const unsigned limits[] = {0, 1, 2, 3, 8, 16, 64, 254};
    unsigned paths = 0;
    for (ctextdistance_path path = ctextdistance_avx512; path <= ctextdistance_neon; path++) {
        if (!ctextdistance_has(path)) continue;
        paths++;
        for (unsigned seed = 1; seed <= 6; seed++) {
            state = seed;
            for (unsigned k = 0; k < edges_count; k++) {
                static const unsigned alphabets[] = {3, ctextdistance_codes / 2 - 1, ctextdistance_codes - 1};
                unsigned alphabet = alphabets[seed % 3];
                transposed.is_wide = alphabet == ctextdistance_codes - 1;
                name pattern = random_name(edges[k], alphabet), names[names_count];
                for (unsigned form = 0; form < 8; form++) {
                    for (unsigned i = 0; i < names_count; i++) {
                        names[i] = form == 0 ? edited(pattern, below(6), any_kind, alphabet)
                            : form == 1      ? random_name(edges[below(edges_count)], alphabet)
                                             : random_name(edges[k], alphabet);
                    }
                    if (form > 2) fill_with_strangers(names, pattern, alphabet);
                    transpose(names);
                    for (unsigned i = 0; i < sizeof limits / sizeof *limits; i++) {
                        compare(path, &pattern, names, limits[i]);
                    }
                }
            }
        }
        printf("path %d: %lu distances compared so far, %lu wrong\n", path, compared, wrong);
    }
    return paths == 0 ? 77 : wrong == 0 ? 0 : 1;
}
