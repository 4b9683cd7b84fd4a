#include "CSimdJSON.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <simdjson.h>

struct csimdjson_parser {
    simdjson::dom::parser parser;
    std::unique_ptr<uint8_t[]> text;
    size_t capacity = 0;
};

/* The smallest buffers: one discover or share body fits without growing. */
static constexpr size_t smallest_capacity = 4096;

/* simdjson itself grows to exactly the length it is given, so documents that become longer little by
   little would allocate each time; doubling ends that. The text buffer is ours for the same reason, and
   because the padding that simdjson reads past the end must belong to us. */
static simdjson::error_code grow(csimdjson_parser &self, size_t length) {
    const size_t capacity = std::min(
        std::max({length, self.capacity * 2, smallest_capacity}), simdjson::SIMDJSON_MAXSIZE_BYTES);
    self.capacity = 0;
    self.text.reset(new (std::nothrow) uint8_t[capacity + simdjson::SIMDJSON_PADDING]);
    if (!self.text) { return simdjson::MEMALLOC; }
    if (const auto error = self.parser.allocate(capacity)) { return error; }
    if (const auto error = self.parser.doc.allocate(capacity)) { return error; }
    self.capacity = capacity;
    return simdjson::SUCCESS;
}

csimdjson_parser *csimdjson_create(void) { return new (std::nothrow) csimdjson_parser(); }

void csimdjson_destroy(csimdjson_parser *parser) { delete parser; }

int csimdjson_parse(
    csimdjson_parser *parser, const uint8_t *bytes, size_t length, csimdjson_document *document) {
    *document = csimdjson_document{};
    if (length == 0) { return simdjson::EMPTY; }
    if (length > simdjson::SIMDJSON_MAXSIZE_BYTES) { return simdjson::CAPACITY; }
    if (length > parser->capacity) {
        if (const auto error = grow(*parser, length)) { return error; }
    }
    uint8_t *text = parser->text.get();
    std::memcpy(text, bytes, length);
    // Whatever the padding holds is not part of the document; cleared so that nothing depends on it.
    std::memset(text + length, 0, simdjson::SIMDJSON_PADDING);

    // `false`: the padding is there, no second copy.
    const auto error = parser->parser.parse(text, length, false).error();
    if (error) { return error; }

    const simdjson::dom::document &parsed = parser->parser.doc;
    document->tape = parsed.tape.get();
    // The payload of the first word, the root: where the tape ends.
    document->tape_count = size_t(parsed.tape[0] & simdjson::internal::JSON_VALUE_MASK);
    document->has_escapes = std::memchr(text, '\\', length) != nullptr;
    document->strings = parsed.string_buf.get();
    // What document::allocate reserves for this capacity, before it rounds up.
    document->strings_capacity = 5 * parsed.capacity() / 3 + simdjson::SIMDJSON_PADDING;
    return simdjson::SUCCESS;
}

const char *csimdjson_error_message(int code) {
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}
