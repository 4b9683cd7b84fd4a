/* Only what Swift cannot see: cjose's own type for a header is jansson's, and its buffers are its own. */
#pragma once
#include <cjose/cjose.h>

/* Gives back a buffer that cjose allocated for its caller. */
static inline void ccjose_release(uint8_t *buffer) { cjose_get_dealloc()(buffer); }

/* The same for a text. */
static inline void ccjose_release_text(char *text) { cjose_get_dealloc()(text); }

/* A public RSA key from the big-endian bytes of its modulus and exponent, which are copied. */
static inline cjose_jwk_t *ccjose_rsa_key(
    const uint8_t *modulus, size_t modulus_bytes, const uint8_t *exponent, size_t exponent_bytes) {
    cjose_jwk_rsa_keyspec spec = {0};
    spec.n = (uint8_t *)modulus;
    spec.nlen = modulus_bytes;
    spec.e = (uint8_t *)exponent;
    spec.elen = exponent_bytes;
    return cjose_jwk_create_RSA_spec(&spec, NULL);
}
