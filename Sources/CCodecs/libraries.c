// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCodecs.h"

#include <lz4.h>
#include <zstd.h>

// Two zeros side by side: a distance of 0 has them.
static int has_zeros(const uint8_t *in, size_t size)
{
    uint8_t found = 0;
    for (size_t i = 0; i + 1 < size; i++) found |= (in[i] | in[i + 1]) == 0;
    return found;
}

// A length that goes on in bytes as long as they are 255.
static size_t length(const uint8_t *in, size_t size, size_t *next, size_t nibble)
{
    size_t sum = nibble;
    if (nibble < 15) return sum;
    while (*next < size) {
        const uint8_t byte = in[(*next)++];
        sum += byte;
        if (byte != 255) break;
    }
    return sum;
}

// Whether a block repeats from a distance of 0, which is none: liblz4 1.9 takes it for zeros.
static int has_no_distance(const uint8_t *in, size_t size)
{
    size_t next = 0;
    if (!has_zeros(in, size)) return 0;
    while (next < size) {
        const uint8_t token = in[next++];
        const size_t literals = length(in, size, &next, token >> 4);
        if (literals >= size - next || size - next - literals < 2) return 0;
        next += literals;
        if (in[next] == 0 && in[next + 1] == 0) return 1;
        next += 2;
        length(in, size, &next, token & 15);
    }
    return 0;
}

int imprimatur_lz4_decode(const uint8_t *in, int size, uint8_t *out, int room)
{
    if (size < 0 || has_no_distance(in, (size_t)size)) return -1;
    return LZ4_decompress_safe((const char *)in, (char *)out, size, room);
}

int imprimatur_lz4_encode(const uint8_t *in, int size, uint8_t *out, int room)
{
    return LZ4_compress_default((const char *)in, (char *)out, size, room);
}

int imprimatur_lz4_bound(int size) { return LZ4_compressBound(size); }

const char *imprimatur_lz4_version(void) { return LZ4_versionString(); }

long imprimatur_zstd_decode(const uint8_t *in, size_t size, uint8_t *out, size_t room)
{
    const size_t written = ZSTD_decompress(out, room, in, size);
    return ZSTD_isError(written) ? -1 : (long)written;
}

long imprimatur_zstd_encode(const uint8_t *in, size_t size, uint8_t *out, size_t room, int level)
{
    const size_t written = ZSTD_compress(out, room, in, size, level);
    return ZSTD_isError(written) ? -1 : (long)written;
}

size_t imprimatur_zstd_bound(size_t size) { return ZSTD_compressBound(size); }

const char *imprimatur_zstd_version(void) { return ZSTD_versionString(); }
