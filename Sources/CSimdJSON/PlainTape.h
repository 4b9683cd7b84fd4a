#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace csimdjson {

/* The word of a string on the tape: its first byte's place and its length. */
inline uint64_t string_word(uint64_t start, uint64_t length) {
    return uint64_t('"') << 56 | length << 32 | start;
}

inline uint64_t tape_word(uint8_t tag, uint64_t payload) { return uint64_t(tag) << 56 | payload; }

/* The word of the string whose opening mark is at the first of the places. */
inline uint64_t plain_string(const uint8_t *text, const uint32_t *places) {
    // Nothing but white space can stand between the closing mark and the next place.
    uint32_t end = places[1] - 1;
    while (text[end] != '"') { --end; }
    const uint32_t start = places[0] + 1;
    return string_word(start, end - start);
}

/* Whether a byte ends a value that has no marks around it. */
inline bool is_end(uint8_t byte) {
    return byte == ',' || byte == '}' || byte == ']' || byte == ' ' || byte == '\n' || byte == '\r'
        || byte == '\t';
}

inline bool is_literal(const uint8_t *first, const char *name, size_t length) {
    return std::memcmp(first, name, length) == 0 && is_end(first[length]);
}

/* Reads an integer from 0 to 10^18 - 1. */
inline bool read_integer(const uint8_t *first, uint64_t &value) {
    const uint8_t *digit = first;
    // More digits than fit overflow, and are refused below.
    uint64_t number = 0;
    while (uint8_t(*digit - '0') <= 9) { number = number * 10 + uint8_t(*digit++ - '0'); }
    value = number;
    const auto count = digit - first;
    return count > 0 && count <= 18 && (count == 1 || *first != '0') && is_end(*digit);
}

/* Makes the tape of a text without escapes, whose strings need not be copied: they are told by their places
   in the text. What is rare (fractions, negative and large numbers, deep nesting, a document that is no object
   and no list) and what is wrong is left to simdjson, which accepts the same texts and gives the same values.

   `place` is what simdjson's stage 1 found in `text`: in their order every brace, bracket, colon and comma and
   the first byte of every other value; behind them the length of the text, where a zero is. Stage 1 has seen to
   it that strings are closed, hold no control characters and are valid UTF-8.

   Returns the number of words, of which the first is no value; 0 where simdjson is to be asked. */
inline size_t make_plain_tape(
    const uint8_t *text, const uint32_t *place, size_t count, uint64_t *tape) {
    const int depth_max = 64;
    const uint32_t *const places_end = place + count;
    uint64_t *word = tape + 1;
    // The innermost container: its opening byte, and its word, which says where the one around it is.
    uint8_t kind = 0;
    uint64_t opening = 0;
    int depth = 0;
    tape[0] = 0;
    if (text[*place] != '{' && text[*place] != '[') { return 0; }
    while (true) {
        if (kind == '{') {
            if (text[*place] != '"') { return 0; }
            *word++ = plain_string(text, place++);
            if (text[*place++] != ':') { return 0; }
        }
        const uint8_t *const first = text + *place++;
        switch (__builtin_expect(*first, '"')) {
        case '"':
            *word++ = plain_string(text, place - 1);
            break;
        case '{': case '[':
            if (depth++ == depth_max) { return 0; }
            kind = *first;
            *word = tape_word(kind, opening);
            opening = uint64_t(word++ - tape);
            // The closing byte is the second one behind the opening byte in ASCII.
            if (text[*place] != kind + 2) { continue; }
            break;
        case 't': case 'f': case 'n':
            if (!is_literal(first, "true", 4) && !is_literal(first, "false", 5)
                && !is_literal(first, "null", 4)) {
                return 0;
            }
            *word++ = tape_word(*first, 0);
            break;
        default:
            *word++ = tape_word('l', 0);
            if (!read_integer(first, *word++)) { return 0; }
        }
        while (text[*place] == kind + 2) {
            ++place;
            *word++ = tape_word(kind + 2, opening);
            const uint64_t around = uint32_t(tape[opening]);
            tape[opening] = tape_word(kind, uint64_t(word - tape));
            if (--depth == 0) { return place == places_end ? size_t(word - tape) : 0; }
            opening = around;
            kind = uint8_t(tape[around] >> 56);
        }
        if (text[*place++] != ',') { return 0; }
    }
}

}  // namespace csimdjson
