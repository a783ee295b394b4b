// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCodecs.h"

#include <lz4.h>
#include <zstd.h>

int imprimatur_lz4_decode(const uint8_t *in, int size, uint8_t *out, int room)
{
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
