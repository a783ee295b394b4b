// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include <string.h>

#include "CDigest.h"

// CRC-32 of ZIP (ISO 3309): polynomial 04C11DB7 reflected, EDB88320.

static uint32_t table[8][256];

__attribute__((constructor)) static void make_table(void)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t sum = byte;
        for (int bit = 0; bit < 8; bit++) sum = sum & 1 ? sum >> 1 ^ 0xEDB88320u : sum >> 1;
        table[0][byte] = sum;
    }
    for (uint32_t byte = 0; byte < 256; byte++)
        for (int place = 1; place < 8; place++)
            table[place][byte] = table[place - 1][byte] >> 8 ^ table[0][table[place - 1][byte] & 255];
}

// The state is the complement of the sum.
static uint32_t by_table(uint32_t state, const uint8_t *in, size_t size)
{
    for (; size >= 8; in += 8, size -= 8) {
        uint32_t low = state ^ ((uint32_t)in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24);
        state = table[7][low & 255] ^ table[6][low >> 8 & 255] ^ table[5][low >> 16 & 255] ^ table[4][low >> 24]
            ^ table[3][in[4]] ^ table[2][in[5]] ^ table[1][in[6]] ^ table[0][in[7]];
    }
    for (; size; in++, size--) state = state >> 8 ^ table[0][(state ^ *in) & 255];
    return state;
}

uint32_t imprimatur_digest_crc32_by_table(uint32_t before, const uint8_t *in, size_t size)
{
    return ~by_table(~before, in, size);
}

#if defined(__x86_64__)

#include <immintrin.h>

// Carry-less multiplication: what stands in front is moved over the bytes behind it without a table. 128 bits A before
// 128 bits B leave the remainder of (low half of A) * x^(128+64) + (high half) * x^128 + B, all of it reflected.
// The numbers are powers of x modulo the polynomial, as Gopal et al., "Fast CRC Computation for Generic Polynomials
// Using PCLMULQDQ Instruction", Intel 2009, derive them.
__attribute__((target("sse4.1,pclmul"))) static inline __m128i moved(__m128i front, __m128i powers, __m128i behind)
{
    __m128i low = _mm_clmulepi64_si128(front, powers, 0x00), high = _mm_clmulepi64_si128(front, powers, 0x11);
    return _mm_xor_si128(_mm_xor_si128(low, high), behind);
}

static inline __m128i piece(const uint8_t *in) { return _mm_loadu_si128((const __m128i *)in); }

__attribute__((target("sse4.1,pclmul"))) static uint32_t by_products(uint32_t state, const uint8_t *in, size_t size)
{
    const __m128i over64 = _mm_set_epi64x(0x01C6E41596, 0x0154442BD4);
    const __m128i over16 = _mm_set_epi64x(0x00CCAA009E, 0x01751997D0);
    __m128i a = _mm_xor_si128(piece(in), _mm_cvtsi32_si128((int)state)), b = piece(in + 16), c = piece(in + 32),
            d = piece(in + 48);
    for (in += 64, size -= 64; size >= 64; in += 64, size -= 64) {
        a = moved(a, over64, piece(in));
        b = moved(b, over64, piece(in + 16));
        c = moved(c, over64, piece(in + 32));
        d = moved(d, over64, piece(in + 48));
    }
    a = moved(moved(moved(a, over16, b), over16, c), over16, d);
    for (; size >= 16; in += 16, size -= 16) a = moved(a, over16, piece(in));
    // Sixteen bytes that leave the same remainder as all before them, and the rest.
    uint8_t rest[16];
    _mm_storeu_si128((__m128i *)rest, a);
    return by_table(by_table(0, rest, sizeof rest), in, size);
}

uint32_t imprimatur_digest_crc32(uint32_t before, const uint8_t *in, size_t size)
{
    if (size < 128 || !__builtin_cpu_supports("pclmul") || !__builtin_cpu_supports("sse4.1"))
        return imprimatur_digest_crc32_by_table(before, in, size);
    return ~by_products(~before, in, size);
}

#else

uint32_t imprimatur_digest_crc32(uint32_t before, const uint8_t *in, size_t size)
{
    return imprimatur_digest_crc32_by_table(before, in, size);
}

#endif
