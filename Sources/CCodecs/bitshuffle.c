// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "bitshuffle.h"
#include "processor.h"

#include <string.h>

// Eight bytes as an 8 x 8 matrix of bits, turned about its diagonal: three exchanges of ever larger squares.
static inline uint64_t transposed(uint64_t x)
{
    uint64_t t = (x ^ (x >> 7)) & 0x00AA00AA00AA00AAull;
    x ^= t ^ (t << 7);
    t = (x ^ (x >> 14)) & 0x0000CCCC0000CCCCull;
    x ^= t ^ (t << 14);
    t = (x ^ (x >> 28)) & 0x00000000F0F0F0F0ull;
    return x ^ t ^ (t << 28);
}

// The 8 x 8 matrix of bytes whose rows are eight words, turned about its diagonal.
static inline void transpose_bytes(uint64_t r[8])
{
    for (int i = 0; i < 4; i++) {
        const uint64_t t = ((r[i] >> 32) ^ r[i + 4]) & 0x00000000FFFFFFFFull;
        r[i] ^= t << 32;
        r[i + 4] ^= t;
    }
    for (int i = 0; i < 8; i += i % 4 == 1 ? 3 : 1) {
        const uint64_t t = ((r[i] >> 16) ^ r[i + 2]) & 0x0000FFFF0000FFFFull;
        r[i] ^= t << 16;
        r[i + 2] ^= t;
    }
    for (int i = 0; i < 8; i += 2) {
        const uint64_t t = ((r[i] >> 8) ^ r[i + 1]) & 0x00FF00FF00FF00FFull;
        r[i] ^= t << 8;
        r[i + 1] ^= t;
    }
}

static inline uint64_t loaded(const uint8_t *from)
{
    uint64_t word;
    memcpy(&word, from, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline void stored(uint8_t *to, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(to, &word, 8);
}

// One byte of eight elements, `step` bytes apart, as a word; and the way back.
static inline uint64_t gathered(const uint8_t *from, size_t step)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < 8; i++) bits |= (uint64_t)from[i * step] << (8 * i);
    return bits;
}

static inline void scattered(uint8_t *to, size_t step, uint64_t bits)
{
    for (size_t i = 0; i < 8; i++) to[i * step] = (uint8_t)(bits >> (8 * i));
}

// The bytes of 64 elements side by side, one plane a byte of the element, against the elements themselves.
static inline void split(const uint8_t *in, uint8_t planes[], size_t width)
{
    for (size_t e = 0; e < 64; e++)
        for (size_t byte = 0; byte < width; byte++) planes[byte * 64 + e] = in[e * width + byte];
}

static inline void joined(const uint8_t planes[], uint8_t *out, size_t width)
{
    if (width == 4) {
        for (size_t pair = 0; pair < 64; pair += 2) {
            uint64_t two = 0;
            for (size_t byte = 0; byte < 4; byte++)
                two |= (uint64_t)planes[byte * 64 + pair] << (8 * byte)
                    | (uint64_t)planes[byte * 64 + pair + 1] << (8 * byte + 32);
            stored(out + pair * 4, two);
        }
        return;
    }
    for (size_t e = 0; e < 64; e++)
        for (size_t byte = 0; byte < width; byte++) out[e * width + byte] = planes[byte * 64 + e];
}

enum { widest = 64 };

// Sixty-four elements at a time, so that rows are read and written in whole words; then eight at a time. The first `done`
// elements, a multiple of 8, are turned already.
static inline void shuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width, size_t done)
{
    const size_t row = count / 8;
    const size_t first = done / 8;
    const size_t whole = width <= widest ? first + (row - first) / 8 * 8 : first;
    uint8_t planes[widest * 64];
    for (size_t group = first; group < whole; group += 8) {
        split(in + group * 8 * width, planes, width);
        for (size_t byte = 0; byte < width; byte++) {
            uint64_t r[8];
            for (int i = 0; i < 8; i++) r[i] = transposed(loaded(planes + byte * 64 + 8 * i));
            transpose_bytes(r);
            for (size_t i = 0; i < 8; i++) stored(out + byte * count + i * row + group, r[i]);
        }
    }
    for (size_t byte = 0; byte < width; byte++)
        for (size_t group = whole; group < row; group++)
            scattered(
                out + byte * count + group, row, transposed(gathered(in + group * 8 * width + byte, width)));
}

static inline void unshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width, size_t done)
{
    const size_t row = count / 8;
    const size_t first = done / 8;
    const size_t whole = width <= widest ? first + (row - first) / 8 * 8 : first;
    uint8_t planes[widest * 64];
    for (size_t group = first; group < whole; group += 8) {
        for (size_t byte = 0; byte < width; byte++) {
            uint64_t r[8];
            for (size_t i = 0; i < 8; i++) r[i] = loaded(in + byte * count + i * row + group);
            transpose_bytes(r);
            for (int i = 0; i < 8; i++) stored(planes + byte * 64 + 8 * i, transposed(r[i]));
        }
        joined(planes, out + group * 8 * width, width);
    }
    for (size_t byte = 0; byte < width; byte++)
        for (size_t group = whole; group < row; group++)
            scattered(
                out + group * 8 * width + byte, width, transposed(gathered(in + byte * count + group, row)));
}

// The usual widths as constants, for the compiler.
void imprimatur_bitshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    size_t done = 0;
#if IMPRIMATUR_HAS_AVX2
    if (imprimatur_uses_avx2()) done = bitshuffle_avx2(in, out, count, width);
#endif
    switch (width) {
    case 1: shuffle(in, out, count, 1, done); break;
    case 2: shuffle(in, out, count, 2, done); break;
    case 4: shuffle(in, out, count, 4, done); break;
    default: shuffle(in, out, count, width, done);
    }
}

void imprimatur_bitunshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    size_t done = 0;
#if IMPRIMATUR_HAS_AVX2
    if (imprimatur_uses_avx2()) done = bitunshuffle_avx2(in, out, count, width);
#endif
    switch (width) {
    case 1: unshuffle(in, out, count, 1, done); break;
    case 2: unshuffle(in, out, count, 2, done); break;
    case 4: unshuffle(in, out, count, 4, done); break;
    default: unshuffle(in, out, count, width, done);
    }
}
