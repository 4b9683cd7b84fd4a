/* The first look of a search by name: how far the letters of many names are from those that are asked for.
 *
 * C, because a compiler that may use a processor's newer instructions for one function alone makes of the plain
 * loop what the search needs: thirty names in the time of one. Which of them serves is asked once. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* No search asks for more tokens than these. */
enum { cletterscan_tokens_max = 8 };

/* Writes for each of `count` names what its letters cost, 0 to 255.
 *
 * Letters are twelve consonants in the low sixteen bits of a word and first letters in the high ones. A token
 * costs two for each of its consonants that the name has not and four where none of the name's tokens begins
 * so, six at most; each letter of the name that no token has costs one. */
void cletterscan_costs(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count, uint8_t *costs);

/* The same by the plain loop, whatever the processor has: what the other ways are held against. */
void cletterscan_costs_plain(
    const uint32_t *names, size_t count, const uint32_t *tokens, size_t token_count, uint8_t *costs);

/* Writes the places, from `first` on and below `count`, of costs of at most `limit`, as many as there is
 * `room` for. `*next` is the place behind the last one looked at. Returns how many were written. */
size_t cletterscan_pick(
    const uint8_t *costs, size_t first, size_t count, uint8_t limit, uint32_t *places, size_t room,
    size_t *next);

/* The instructions that the scan uses: "avx512", "avx2", "neon" or "plain". */
const char *cletterscan_path(void);
