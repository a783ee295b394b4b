// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include <string.h>

#include "CDigest.h"

// CRC-32C of RFC 3720, appendix B.4: polynomial 1EDC6F41 reflected, as the instruction of SSE 4.2 has it.

#if defined(__x86_64__)

#include <nmmintrin.h>

int imprimatur_digest_has_crc32c(void) { return __builtin_cpu_supports("sse4.2"); }

// The instruction takes three cycles and can begin in each: three pieces run side by side, and are joined by shifting
// the earlier ones over the bytes behind them. A shift is linear, so that a table of four times 256 words does it.
enum { piece = 4096 };

static uint32_t shift_table[4][256];

static uint32_t multiplied(uint32_t a, uint32_t b)
{
    // Polynomials over two elements, reflected: the highest bit is the power 0.
    uint32_t product = 0;
    for (uint32_t bit = 0x80000000u; bit; bit >>= 1) {
        if (a & bit) product ^= b;
        b = b & 1 ? (b >> 1) ^ 0x82F63B78u : b >> 1;
    }
    return product;
}

__attribute__((constructor)) static void make_shift_table(void)
{
    // x to the power 8 * piece, by squaring.
    uint32_t power = 0x40000000u;
    for (int bits = 8 * piece; bits > 1; bits /= 2) power = multiplied(power, power);
    for (uint32_t byte = 0; byte < 256; byte++)
        for (int place = 0; place < 4; place++)
            shift_table[place][byte] = multiplied(power, byte << (8 * place));
}

static inline uint32_t shifted(uint32_t crc)
{
    return shift_table[0][crc & 255] ^ shift_table[1][crc >> 8 & 255] ^ shift_table[2][crc >> 16 & 255]
        ^ shift_table[3][crc >> 24];
}

static inline uint64_t word(const uint8_t *in)
{
    uint64_t value;
    memcpy(&value, in, sizeof value);
    return value;
}

__attribute__((target("sse4.2"))) uint32_t imprimatur_digest_crc32c(uint32_t before, const uint8_t *in, size_t size)
{
    uint64_t first = (uint32_t)~before;
    while (size >= 3 * piece) {
        uint64_t second = 0, third = 0;
        for (size_t at = 0; at < piece; at += 8) {
            first = _mm_crc32_u64(first, word(in + at));
            second = _mm_crc32_u64(second, word(in + piece + at));
            third = _mm_crc32_u64(third, word(in + 2 * piece + at));
        }
        first = shifted((uint32_t)first) ^ second;
        first = shifted((uint32_t)first) ^ third;
        in += 3 * piece;
        size -= 3 * piece;
    }
    for (; size >= 8; size -= 8, in += 8) first = _mm_crc32_u64(first, word(in));
    for (; size > 0; size--, in++) first = _mm_crc32_u8((uint32_t)first, *in);
    return ~(uint32_t)first;
}

#else

int imprimatur_digest_has_crc32c(void) { return 0; }

uint32_t imprimatur_digest_crc32c(uint32_t before, const uint8_t *in, size_t size)
{
    (void)in;
    (void)size;
    return before;
}

#endif
