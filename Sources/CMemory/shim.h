/* mremap takes its last argument through an ellipsis, which Swift cannot call. */
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stddef.h>
#include <sys/mman.h>

/* Moves pages to the place of another mapping; MAP_FAILED where the kernel refuses. */
static inline void *cmemory_move(void *from, size_t bytes, size_t new_bytes, void *to) {
    return mremap(from, bytes, new_bytes, MREMAP_MAYMOVE | MREMAP_FIXED, to);
}

/* Changes a mapping's length where it lies; MAP_FAILED where something is in the way. */
static inline void *cmemory_resize(void *start, size_t bytes, size_t new_bytes) {
    return mremap(start, bytes, new_bytes, 0);
}
