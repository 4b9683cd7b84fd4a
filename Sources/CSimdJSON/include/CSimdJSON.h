/* simdjson is C++ templates; Swift needs plain C names. The tape that `csimdjson_parse` leaves behind
   is simdjson's documented format (its doc/tape.md) and is read from Swift without further calls. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csimdjson_parser csimdjson_parser;

/* Where a parsed document lies. Valid until the next parse or destroy; all zero after a failed parse. */
typedef struct {
    const uint64_t *tape;
    /* Words of the tape; the last is the closing root, no value. */
    size_t tape_count;
    const uint8_t *strings;
    /* Bytes that may be read from `strings`, written or not. */
    size_t strings_capacity;
    /* Whether there is a backslash in the text; without one every string is as it was written. */
    bool has_escapes;
} csimdjson_document;

/* NULL when out of memory. */
csimdjson_parser *csimdjson_create(void);
void csimdjson_destroy(csimdjson_parser *parser);

/* Parses a copy of one document. 0 on success, else simdjson's error code. Allocates only for a text
   longer than any before. `bytes` may be NULL when `length` is 0. */
int csimdjson_parse(
    csimdjson_parser *parser, const uint8_t *bytes, size_t length, csimdjson_document *document);

/* A constant English text for an error code of csimdjson_parse. */
const char *csimdjson_error_message(int code);

#ifdef __cplusplus
}
#endif
