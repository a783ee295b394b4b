// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "byte_offset.h"
#include "processor.h"

#include <string.h>

// Width and sign are constants where this is called.
static inline struct imprimatur_byte_offset_result decoded(
    struct byte_offset_place *start, const uint8_t *in, const uint8_t *end, uint8_t *out, size_t count, int width,
    int is_signed)
{
    struct byte_offset_place place = *start;
    struct imprimatur_byte_offset_result result = {imprimatur_byte_offset_whole, 0, 0};
    while (place.done < count) {
        int64_t step, sum;
        const uint8_t *next = place.next;
        if (!byte_offset_step(&next, end, &step)) {
            result.state = imprimatur_byte_offset_short;
            break;
        }
        if (!byte_offset_sum(place.value, step, width, is_signed, &sum)) {
            result.state = imprimatur_byte_offset_range;
            break;
        }
        const uint64_t bits = (uint64_t)sum;
        const uint32_t whole = (uint32_t)bits;
        const uint16_t half = (uint16_t)bits;
        uint8_t *to = out + place.done * (size_t)width;
        switch (width) {
        case 1: *to = (uint8_t)bits; break;
        case 2: memcpy(to, &half, 2); break;
        case 4: memcpy(to, &whole, 4); break;
        default: memcpy(to, &bits, 8);
        }
        place.next = next;
        place.value = sum;
        place.done++;
    }
    result.done = place.done;
    result.used = (size_t)(place.next - in);
    *start = place;
    return result;
}

struct imprimatur_byte_offset_result imprimatur_byte_offset_resume(
    const uint8_t *in, size_t size, int64_t *before, uint8_t *out, size_t count, int width, int is_signed)
{
    const uint8_t *end = in + size;
    struct byte_offset_place place = {in, 0, *before};
#if IMPRIMATUR_HAS_AVX2
    if ((width == 4 || (width == 2 && !is_signed)) && imprimatur_uses_avx2())
        byte_offset_avx2(&place, end, out, count, width, is_signed);
#endif
    struct imprimatur_byte_offset_result result;
    switch (width * 2 + (is_signed != 0)) {
    case 2: result = decoded(&place, in, end, out, count, 1, 0); break;
    case 3: result = decoded(&place, in, end, out, count, 1, 1); break;
    case 4: result = decoded(&place, in, end, out, count, 2, 0); break;
    case 5: result = decoded(&place, in, end, out, count, 2, 1); break;
    case 8: result = decoded(&place, in, end, out, count, 4, 0); break;
    case 9: result = decoded(&place, in, end, out, count, 4, 1); break;
    default: result = decoded(&place, in, end, out, count, 8, is_signed);
    }
    *before = place.value;
    return result;
}

struct imprimatur_byte_offset_result imprimatur_byte_offset_decode(
    const uint8_t *in, size_t size, uint8_t *out, size_t count, int width, int is_signed)
{
    int64_t before = 0;
    return imprimatur_byte_offset_resume(in, size, &before, out, count, width, is_signed);
}

size_t imprimatur_byte_offset_encode(const int32_t *in, size_t count, uint8_t *out)
{
    uint8_t *next = out;
    int64_t before = 0;
    for (size_t i = 0; i < count; i++) {
        const int64_t step = (int64_t)in[i] - before;
        before = in[i];
        if (step > -0x80 && step < 0x80) {
            *next++ = (uint8_t)step;
            continue;
        }
        *next++ = 0x80;
        if (step > -0x8000 && step < 0x8000) {
            *next++ = (uint8_t)step;
            *next++ = (uint8_t)(step >> 8);
            continue;
        }
        *next++ = 0x00;
        *next++ = 0x80;
        const int bytes = step > INT32_MIN && step <= INT32_MAX ? 4 : 8;
        if (bytes == 8) {
            *next++ = 0x00;
            *next++ = 0x00;
            *next++ = 0x00;
            *next++ = 0x80;
        }
        for (int b = 0; b < bytes; b++) *next++ = (uint8_t)((uint64_t)step >> (8 * b));
    }
    return (size_t)(next - out);
}
