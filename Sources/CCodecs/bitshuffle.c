// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCodecs.h"

#include <lz4.h>
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

void imprimatur_bitshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    const size_t row = count / 8;
    for (size_t byte = 0; byte < width; byte++) {
        uint8_t *plane = out + byte * count;
        for (size_t group = 0; group < row; group++) {
            const uint8_t *from = in + group * 8 * width + byte;
            uint64_t bits = 0;
            for (int i = 0; i < 8; i++) bits |= (uint64_t)from[(size_t)i * width] << (8 * i);
            bits = transposed(bits);
            for (int i = 0; i < 8; i++) plane[(size_t)i * row + group] = (uint8_t)(bits >> (8 * i));
        }
    }
}

void imprimatur_bitunshuffle(const uint8_t *in, uint8_t *out, size_t count, size_t width)
{
    const size_t row = count / 8;
    for (size_t byte = 0; byte < width; byte++) {
        const uint8_t *plane = in + byte * count;
        for (size_t group = 0; group < row; group++) {
            uint8_t *to = out + group * 8 * width + byte;
            uint64_t bits = 0;
            for (int i = 0; i < 8; i++) bits |= (uint64_t)plane[(size_t)i * row + group] << (8 * i);
            bits = transposed(bits);
            for (int i = 0; i < 8; i++) to[(size_t)i * width] = (uint8_t)(bits >> (8 * i));
        }
    }
}

int imprimatur_lz4_decode(const uint8_t *in, int size, uint8_t *out, int room)
{
    return LZ4_decompress_safe((const char *)in, (char *)out, size, room);
}

int imprimatur_lz4_encode(const uint8_t *in, int size, uint8_t *out, int room)
{
    return LZ4_compress_default((const char *)in, (char *)out, size, room);
}

int imprimatur_lz4_bound(int size) { return LZ4_compressBound(size); }
