#include "CSimdJSON.h"
#include "PlainTape.h"

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
    const size_t capacity =
        std::min(std::max({length, self.capacity * 2, smallest_capacity}), CSIMDJSON_LENGTH_MAX);
    self.capacity = 0;
    self.text.reset(new (std::nothrow) uint8_t[capacity + simdjson::SIMDJSON_PADDING]);
    if (!self.text) { return simdjson::MEMALLOC; }
    if (const auto error = self.parser.allocate(capacity)) { return error; }
    if (const auto error = self.parser.doc.allocate(capacity)) { return error; }
    self.capacity = capacity;
    return simdjson::SUCCESS;
}

/* Makes simdjson's own tape, with strings told as on ours: the length beside the place. */
static simdjson::error_code make_general_tape(
    simdjson::dom::parser &parser, csimdjson_document *document) {
    simdjson::dom::document &parsed = parser.doc;
    if (const auto error = parser.implementation->stage2(parsed)) { return error; }
    // The payload of the first word, the root: the end of the tape, behind the closing root.
    const size_t count = size_t(parsed.tape[0] & simdjson::internal::JSON_VALUE_MASK) - 1;
    for (size_t place = 1; place < count; ++place) {
        const uint64_t word = parsed.tape[place];
        switch (word >> 56) {
        case 'l': case 'u': case 'd':
            ++place;  // the number itself
            break;
        case '"': {
            // A length of four bytes stands before the string.
            const uint64_t start = (word & simdjson::internal::JSON_VALUE_MASK) + 4;
            uint32_t length;
            std::memcpy(&length, &parsed.string_buf[start - 4], 4);
            parsed.tape[place] = csimdjson::string_word(start, length);
            break;
        }
        }
    }
    document->tape = parsed.tape.get();
    document->tape_count = count;
    document->strings = parsed.string_buf.get();
    // What document::allocate reserves for this capacity, before it rounds up.
    document->strings_capacity = 5 * parsed.capacity() / 3 + simdjson::SIMDJSON_PADDING;
    return simdjson::SUCCESS;
}

csimdjson_parser *csimdjson_create(void) { return new (std::nothrow) csimdjson_parser(); }

void csimdjson_destroy(csimdjson_parser *parser) { delete parser; }

int csimdjson_parse(
    csimdjson_parser *self, const uint8_t *bytes, size_t length, csimdjson_document *document) {
    *document = csimdjson_document{};
    if (length == 0) { return simdjson::EMPTY; }
    if (length > CSIMDJSON_LENGTH_MAX) { return simdjson::CAPACITY; }
    if (length > self->capacity) {
        if (const auto error = grow(*self, length)) { return error; }
    }
    uint8_t *text = self->text.get();
    std::memcpy(text, bytes, length);
    // Whatever the padding holds is not part of the document; cleared so that nothing depends on it.
    std::memset(text + length, 0, simdjson::SIMDJSON_PADDING);

    simdjson::dom::parser &parser = self->parser;
    const auto stage1 = simdjson::stage1_mode::regular;
    if (const auto error = parser.implementation->stage1(text, length, stage1)) { return error; }

    document->has_escapes = std::memchr(text, '\\', length) != nullptr;
    if (!document->has_escapes) {
        const size_t count = csimdjson::make_plain_tape(
            text, parser.implementation->structural_indexes.get(),
            parser.implementation->n_structural_indexes, parser.doc.tape.get());
        if (count > 0) {
            document->tape = parser.doc.tape.get();
            document->tape_count = count;
            document->strings = text;
            document->strings_capacity = length;
            return simdjson::SUCCESS;
        }
    }
    return make_general_tape(parser, document);
}

const char *csimdjson_error_message(int code) {
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}
