/* Swift has no way to say "bring this cache line, I shall need it soon". */
#pragma once

static inline void cprefetch_read(const void *address) { __builtin_prefetch(address, 0, 3); }

/* The same for an address that was worked out: Swift would ask whether a pointer made of it is null. */
static inline void cprefetch_read_at(unsigned long address) { __builtin_prefetch((const void *)address, 0, 3); }
