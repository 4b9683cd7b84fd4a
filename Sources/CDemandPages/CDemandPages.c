#define _GNU_SOURCE
#include "CDemandPages.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>
#include <xxhash.h>

enum { state_absent, state_coming, state_here };

struct cdemand_region {
    /* 0 while the region is nobody's: regions are never freed, for the handler looks at all of them. */
    _Atomic uintptr_t start;
    _Atomic size_t mapped;
    _Atomic bool is_taken;
    int descriptor;
    uint64_t offset;
    size_t bytes;
    size_t block;
    size_t blocks;
    uint64_t *checksums;
    atomic_uchar *states;
    char *name;
};

/* A snapshot has about ten sections, and two snapshots meet for as long as one takes the other's place. */
enum { regions_max = 128 };
static struct cdemand_region regions[regions_max];
static struct sigaction before;
static size_t page_bytes;

uint64_t cdemand_checksum(const void *bytes, size_t count) { return XXH3_64bits(bytes, count); }

const void *cdemand_start(const struct cdemand_region *region) {
    return (const void *)atomic_load(&region->start);
}

size_t cdemand_blocks(const struct cdemand_region *region) { return region->blocks; }

static size_t rounded_up(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

/* Memory that begins at a multiple of `alignment`, so that a block of a huge page's size can be one. */
static void *map_aligned(size_t bytes, size_t alignment, int protection) {
    size_t slack = alignment > page_bytes ? alignment - page_bytes : 0;
    char *found = mmap(
        NULL, bytes + slack, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (found == MAP_FAILED) return MAP_FAILED;
    char *start = (char *)rounded_up((uintptr_t)found, alignment);
    if (start > found) munmap(found, start - found);
    size_t behind = slack - (size_t)(start - found);
    if (behind > 0) munmap(start + bytes, behind);
    return start;
}

static enum cdemand_outcome read_whole(int descriptor, char *to, size_t bytes, uint64_t offset) {
    while (bytes > 0) {
        ssize_t count = pread(descriptor, to, bytes, (off_t)offset);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return cdemand_failed;
        if (count == 0) return cdemand_short;
        to += count;
        offset += (uint64_t)count;
        bytes -= (size_t)count;
    }
    return cdemand_here;
}

/* Fills the block elsewhere and moves its pages into place in one step: no thread sees it half filled. */
static enum cdemand_outcome fill(struct cdemand_region *region, size_t number) {
    size_t first = number * region->block;
    size_t bytes = region->bytes - first < region->block ? region->bytes - first : region->block;
    size_t mapped = rounded_up(bytes, page_bytes);
    char *block = map_aligned(mapped, region->block, PROT_READ | PROT_WRITE);
    if (block == MAP_FAILED) return cdemand_failed;
    madvise(block, mapped, MADV_HUGEPAGE);
    enum cdemand_outcome outcome =
        read_whole(region->descriptor, block, bytes, region->offset + first);
    if (outcome == cdemand_here && cdemand_checksum(block, bytes) != region->checksums[number])
        outcome = cdemand_damaged;
    if (outcome == cdemand_here) {
        char *place = (char *)atomic_load(&region->start) + first;
        if (mprotect(block, mapped, PROT_READ) == 0
            && mremap(block, mapped, mapped, MREMAP_MAYMOVE | MREMAP_FIXED, place) != MAP_FAILED)
            return cdemand_here;
        outcome = cdemand_failed;
        /* What stood in its place may be gone: nobody else's memory may come to stand there. */
        int code = errno;
        mmap(place, mapped, PROT_NONE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
        errno = code;
    }
    int code = errno;
    munmap(block, mapped);
    errno = code;
    return outcome;
}

enum cdemand_outcome cdemand_bring(struct cdemand_region *region, size_t number) {
    atomic_uchar *state = &region->states[number];
    while (atomic_load(state) != state_here) {
        unsigned char absent = state_absent;
        if (!atomic_compare_exchange_strong(state, &absent, state_coming)) {
            sched_yield();
            continue;
        }
        enum cdemand_outcome outcome = fill(region, number);
        atomic_store(state, outcome == cdemand_here ? state_here : state_absent);
        if (outcome != cdemand_here) return outcome;
    }
    return cdemand_here;
}

static void say(const char *text) {
    ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written;
}

/* Whoever touched the block cannot be given an answer, and must not be given a wrong one. */
static _Noreturn void give_up(const struct cdemand_region *region, enum cdemand_outcome outcome) {
    say(region->name);
    say(outcome == cdemand_damaged ? ": the bytes do not agree with their checksum: the file was"
                                     " damaged or changed\n"
        : outcome == cdemand_short ? ": the file was cut short\n"
                                   : ": the file cannot be read, or there is no memory for it\n");
    _exit(1);
}

/* Whether the fault is for the handler below: nobody may write here, and that would never come to an end. */
static bool is_reading(const siginfo_t *info, const void *context) {
    if (info->si_code <= 0) return false; /* sent by a process: there is no address */
#if defined(__x86_64__)
    return (((const ucontext_t *)context)->uc_mcontext.gregs[REG_ERR] & 2) == 0;
#else
    (void)context;
    return true;
#endif
}

static void on_fault(int signal, siginfo_t *info, void *context) {
    int code = errno;
    uintptr_t address = (uintptr_t)info->si_addr;
    size_t count = is_reading(info, context) ? regions_max : 0;
    for (size_t index = 0; index < count; index++) {
        struct cdemand_region *region = &regions[index];
        uintptr_t start = atomic_load(&region->start);
        if (start == 0 || address < start || address - start >= atomic_load(&region->mapped))
            continue;
        enum cdemand_outcome outcome = cdemand_bring(region, (address - start) / region->block);
        if (outcome != cdemand_here) give_up(region, outcome);
        errno = code;
        return;
    }
    /* Somebody else's fault: what would have happened without this handler. */
    if ((before.sa_flags & SA_SIGINFO) != 0 && before.sa_sigaction != NULL) {
        before.sa_sigaction(signal, info, context);
    } else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) {
        before.sa_handler(signal);
    } else {
        sigaction(SIGSEGV, &before, NULL);
        /* A fault comes again by itself when its instruction does. */
        if (info->si_code <= 0) raise(signal);
    }
    errno = code;
}

static void install(void) {
    page_bytes = (size_t)sysconf(_SC_PAGESIZE);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &before);
}

static struct cdemand_region *take_region(void) {
    for (size_t index = 0; index < regions_max; index++) {
        bool is_taken = false;
        if (atomic_compare_exchange_strong(&regions[index].is_taken, &is_taken, true))
            return &regions[index];
    }
    errno = EMFILE;
    return NULL;
}

static void release(struct cdemand_region *region) {
    free(region->checksums);
    free((void *)region->states);
    free(region->name);
    region->checksums = NULL;
    region->states = NULL;
    region->name = NULL;
    atomic_store(&region->is_taken, false);
}

struct cdemand_region *cdemand_open(
    int descriptor, uint64_t offset, size_t bytes, size_t block, const uint64_t *checksums,
    const char *name) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install);
    struct cdemand_region *region = take_region();
    if (region == NULL) return NULL;
    region->descriptor = descriptor;
    region->offset = offset;
    region->bytes = bytes;
    region->block = block;
    region->blocks = rounded_up(bytes, block) / block;
    region->checksums = malloc(region->blocks * sizeof *region->checksums);
    region->states = calloc(region->blocks, sizeof *region->states);
    region->name = strdup(name);
    if (region->checksums == NULL || region->states == NULL || region->name == NULL) {
        release(region);
        errno = ENOMEM;
        return NULL;
    }
    memcpy(region->checksums, checksums, region->blocks * sizeof *checksums);
    size_t mapped = rounded_up(bytes, page_bytes);
    void *start = map_aligned(mapped, block, PROT_NONE);
    if (start == MAP_FAILED) {
        int code = errno;
        release(region);
        errno = code;
        return NULL;
    }
    atomic_store(&region->mapped, mapped);
    atomic_store(&region->start, (uintptr_t)start);
    return region;
}

void cdemand_close(struct cdemand_region *region) {
    void *start = (void *)atomic_load(&region->start);
    atomic_store(&region->start, 0);
    munmap(start, atomic_load(&region->mapped));
    release(region);
}
