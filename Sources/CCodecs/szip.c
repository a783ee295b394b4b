// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCodecs.h"

#include <szlib.h>

size_t imprimatur_szip_decode(
    const uint8_t *in, size_t size, uint8_t *out, size_t room, uint32_t options, uint32_t pixels_per_block,
    uint32_t bits_per_pixel, uint32_t pixels_per_line)
{
    SZ_com_t form = {
        .options_mask = (int)options, .bits_per_pixel = (int)bits_per_pixel,
        .pixels_per_block = (int)pixels_per_block, .pixels_per_scanline = (int)pixels_per_line};
    size_t written = room;
    return SZ_BufftoBuffDecompress(out, &written, in, size, &form) == SZ_OK ? written : SIZE_MAX;
}
