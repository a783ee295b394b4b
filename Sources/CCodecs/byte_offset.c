// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "CCodecs.h"

static inline uint64_t little_endian(const uint8_t *in, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++) value |= (uint64_t)in[i] << (8 * i);
    return value;
}

struct imprimatur_byte_offset_result imprimatur_byte_offset_decode(
    const uint8_t *in, size_t size, uint32_t *out, size_t count, int64_t low, int64_t high)
{
    struct imprimatur_byte_offset_result result = {imprimatur_byte_offset_whole, 0, 0};
    const uint8_t *next = in;
    const uint8_t *end = in + size;
    int64_t value = 0;
    size_t i = 0;
    for (; i < count; i++) {
        if (next == end) break;
        const uint8_t *start = next;
        int64_t step = (int8_t)*next++;
        if (step == -0x80) {
            if (end - next < 2) { next = start; break; }
            step = (int16_t)little_endian(next, 2);
            next += 2;
            if (step == -0x8000) {
                if (end - next < 4) { next = start; break; }
                step = (int32_t)little_endian(next, 4);
                next += 4;
                if (step == INT32_MIN) {
                    if (end - next < 8) { next = start; break; }
                    step = (int64_t)little_endian(next, 8);
                    next += 8;
                }
            }
        }
        if (__builtin_add_overflow(value, step, &value) || value < low || value > high) {
            result.state = imprimatur_byte_offset_range;
            next = start;
            break;
        }
        out[i] = (uint32_t)value;
    }
    if (i < count && result.state == imprimatur_byte_offset_whole) result.state = imprimatur_byte_offset_short;
    result.done = i;
    result.used = (size_t)(next - in);
    return result;
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
