/* simdjson is C++ templates; Swift needs plain C names. The tape that `csimdjson_parse` leaves behind
   is simdjson's documented format (its doc/tape.md) and is read from Swift without further calls. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csimdjson_parser csimdjson_parser;

/* NULL when out of memory. */
csimdjson_parser *csimdjson_create(void);
void csimdjson_destroy(csimdjson_parser *parser);

/* Parses one document. 0 on success, else simdjson's error code. */
int csimdjson_parse(csimdjson_parser *parser, const uint8_t *bytes, size_t length);

/* Valid until the next parse or destroy. */
const uint64_t *csimdjson_tape(const csimdjson_parser *parser);
const uint8_t *csimdjson_strings(const csimdjson_parser *parser);

/* A constant English text for an error code of csimdjson_parse. */
const char *csimdjson_error_message(int code);

#ifdef __cplusplus
}
#endif
