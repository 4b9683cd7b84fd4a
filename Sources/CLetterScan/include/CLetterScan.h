/* The first look of a search by name: how far the letters of many names are from those that are asked for.
 *
 * C, because a compiler that may use a processor's newer instructions for one function alone makes of the plain
 * loop what the search needs: sixty names in the time of one. Which of them serves is asked of the processor at
 * each call: a few loads. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No search asks for more tokens than these. */
enum { cletterscan_tokens_max = 8 };

/* Writes for each of `count` names what its letters cost, 0 to 255.
 *
 * Letters are those of the whole name in the low sixteen bits of a word and those that its tokens begin with
 * in the high ones. A token costs two for each of its letters that the name has not and two where none of the
 * name's tokens begins so, six at most. All tokens together cost no more than the least of them and three:
 * desks write one of a person's names. Each letter of the name that no token has costs one more. */
void cletterscan_costs(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count, uint8_t *costs);

/* The ways to do it; the plain loop is what a compiler makes of it for every processor of a kind. */
enum cletterscan_way { cletterscan_plain, cletterscan_avx2, cletterscan_avx512 };

/* The same by one way, so that they can be held against each other. Returns false, and writes nothing, where
 * the processor does not have it. */
bool cletterscan_costs_by(
    enum cletterscan_way way, const uint32_t *names, size_t count, const uint32_t *tokens,
    size_t token_count, uint8_t *costs);

/* Writes the places, from `first` on and below `count`, of costs of at most `limit`, as many as there is
 * `room` for. `*next` is the place behind the last one looked at. Returns how many were written. */
size_t cletterscan_pick(
    const uint8_t *costs, size_t first, size_t count, uint8_t limit, uint32_t *places, size_t room,
    size_t *next);

/* The same by one way; false where the processor does not have it. */
bool cletterscan_pick_by(
    enum cletterscan_way way, const uint8_t *costs, size_t first, size_t count, uint8_t limit,
    uint32_t *places, size_t room, size_t *next, size_t *written);

/* The instructions that the scan uses: "avx512", "avx2", "neon" or "plain". */
const char *cletterscan_path(void);
