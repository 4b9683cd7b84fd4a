/* Swift has no way to say "bring this cache line, I shall need it soon". */
#pragma once

static inline void cprefetch_read(const void *address) { __builtin_prefetch(address, 0, 3); }
