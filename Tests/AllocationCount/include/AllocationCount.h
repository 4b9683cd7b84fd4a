/* Counts what a thread allocates, so that a test can say "nothing". */
#pragma once
#include <stdint.h>

/* Calls of malloc and its relatives by this thread so far; always 0 under a sanitizer, which replaces
   malloc itself. */
uint64_t allocation_count(void);

/* Whether `allocation_count` counts at all in this build. */
int allocation_count_works(void);
