// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCodecs.h"

#include <limits.h>
#include <lz4.h>
#include <stdlib.h>
#include <zstd.h>

static inline uint32_t big_endian(const uint8_t *in)
{
    return (uint32_t)in[0] << 24 | (uint32_t)in[1] << 16 | (uint32_t)in[2] << 8 | in[3];
}

// One block into the scratch; 1 when it has exactly so many bytes.
static int unpacked(
    enum imprimatur_packing packing, ZSTD_DCtx *zstd, const uint8_t *in, size_t size, uint8_t *scratch, size_t bytes)
{
    if (packing == imprimatur_packing_lz4) {
        if (size > INT_MAX || bytes > INT_MAX) return 0;
        return imprimatur_lz4_decode(in, (int)size, scratch, (int)bytes) == (int)bytes;
    }
    return ZSTD_decompressDCtx(zstd, scratch, bytes, in, size) == bytes;
}

struct imprimatur_bitshuffle_result imprimatur_bitshuffle_decode(
    const uint8_t *in, size_t size, uint8_t *out, size_t elements, size_t width, size_t block,
    enum imprimatur_packing packing)
{
    struct imprimatur_bitshuffle_result result = {imprimatur_bitshuffle_whole, 0, 0};
    const size_t most = block < elements ? block : elements;
    uint8_t *scratch = NULL;
    ZSTD_DCtx *zstd = NULL;
    if (packing != imprimatur_packing_none && most > 0) scratch = malloc(most * width);
    if (packing == imprimatur_packing_zstd) zstd = ZSTD_createDCtx();
    if ((packing != imprimatur_packing_none && most > 0 && !scratch) || (packing == imprimatur_packing_zstd && !zstd))
        result.state = imprimatur_bitshuffle_memory;
    while (result.state == imprimatur_bitshuffle_whole && elements >= 8) {
        const size_t count = block < elements ? block : elements / 8 * 8;
        const size_t bytes = count * width;
        size_t packed = bytes;
        if (packing != imprimatur_packing_none) {
            if (size - result.used < 4) {
                result.state = imprimatur_bitshuffle_short;
                break;
            }
            packed = big_endian(in + result.used);
            result.used += 4;
        }
        if (size - result.used < packed) {
            result.state = imprimatur_bitshuffle_short;
            break;
        }
        const uint8_t *from = in + result.used;
        if (packing != imprimatur_packing_none) {
            if (!unpacked(packing, zstd, from, packed, scratch, bytes)) {
                result.state = imprimatur_bitshuffle_damaged;
                break;
            }
            from = scratch;
        }
        imprimatur_bitunshuffle(from, out, count, width);
        out += bytes;
        result.used += packed;
        result.blocks++;
        elements -= count;
    }
    free(scratch);
    ZSTD_freeDCtx(zstd);
    return result;
}

size_t imprimatur_bitshuffle_lz4_block(
    const uint8_t *in, size_t count, size_t width, uint8_t *scratch, uint8_t *out, size_t room)
{
    if (room < 5 || count * width > LZ4_MAX_INPUT_SIZE) return 0;
    imprimatur_bitshuffle(in, scratch, count, width);
    const int place = room - 4 > INT_MAX ? INT_MAX : (int)(room - 4);
    const int packed = LZ4_compress_default((const char *)scratch, (char *)out + 4, (int)(count * width), place);
    if (packed <= 0) return 0;
    for (int i = 0; i < 4; i++) out[i] = (uint8_t)((uint32_t)packed >> (24 - 8 * i));
    return 4 + (size_t)packed;
}

size_t imprimatur_bitshuffle_lz4_encode(
    const uint8_t *in, size_t elements, size_t width, size_t block, uint8_t *out, size_t room)
{
    const size_t most = block < elements ? block : elements;
    uint8_t *next = out;
    if (elements < 8) return 0;
    uint8_t *scratch = malloc(most * width);
    if (!scratch) return SIZE_MAX;
    while (elements >= 8) {
        const size_t count = block < elements ? block : elements / 8 * 8;
        const size_t written = imprimatur_bitshuffle_lz4_block(in, count, width, scratch, next, room - (size_t)(next - out));
        if (written == 0) {
            free(scratch);
            return SIZE_MAX;
        }
        next += written;
        in += count * width;
        elements -= count;
    }
    free(scratch);
    return (size_t)(next - out);
}
