/* Memory that is filled from a file, a block at a time, when it is first touched.
 *
 * C, because the work is done in a signal handler: nothing there may allocate, lock, or enter the Swift
 * runtime. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What became of a block. */
enum cdemand_outcome {
    cdemand_here = 0,
    /* The system refused memory or the file could not be read; errno says why. */
    cdemand_failed = 1,
    /* The file ends before the block does. */
    cdemand_short = 2,
    /* The bytes are not those that the checksum was taken of. */
    cdemand_damaged = 3,
};

struct cdemand_region;

/* The XXH3 64-bit hash of some bytes. */
uint64_t cdemand_checksum(const void *bytes, size_t count);

/* Reserves memory for `bytes` > 0 bytes of a file from `offset` on, none of which is read yet.
 *
 * `descriptor` stays the caller's and must stay open as long as blocks may be absent. `block` is a power
 * of two and a multiple of the page's size; `checksums` has one for each block and is copied. A block that
 * cannot be had when it is touched ends the process with status 1 and a line on standard error that begins
 * with `name`. NULL where the system refuses, with errno. */
struct cdemand_region *cdemand_open(
    int descriptor, uint64_t offset, size_t bytes, size_t block, const uint64_t *checksums,
    const char *name);

/* Where the memory begins, aligned to the block's size. */
const void *cdemand_start(const struct cdemand_region *region);

/* How many blocks there are. */
size_t cdemand_blocks(const struct cdemand_region *region);

/* Brings one block, if nobody has; safe beside any other thread that touches it. */
enum cdemand_outcome cdemand_bring(struct cdemand_region *region, size_t number);

/* Gives the memory back; nobody may touch it any more. */
void cdemand_close(struct cdemand_region *region);
