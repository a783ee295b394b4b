// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "CCodecs.h"

// Where a decoder stands: the next byte, the next element, and the element before it.
struct byte_offset_place {
    const uint8_t *next;
    size_t done;
    int64_t value;
};

// One difference, in 1, 2, 4 or 8 bytes. Returns 0 when the stream ends inside it; `next` moves only behind a whole one.
static inline int byte_offset_step(const uint8_t **next, const uint8_t *end, int64_t *step)
{
    const uint8_t *at = *next;
    int64_t least = -0x80;
    for (int bytes = 1;; bytes *= 2) {
        if (end - at < bytes) return 0;
        uint64_t bits = 0;
        for (int i = 0; i < bytes; i++) bits |= (uint64_t)at[i] << (8 * i);
        at += bytes;
        const int unused = 64 - 8 * bytes;
        *step = (int64_t)(bits << unused) >> unused;
        if (bytes == 8 || *step != least) break;
        least = -(INT64_C(1) << (16 * bytes - 1));
    }
    *next = at;
    return 1;
}

// The element behind a difference. Writers that count in the width of the element go round at its end: a sum beyond the
// range is taken so when the difference fits the width; signed bytes come with differences of nine bits. Returns 0 when
// the element does not fit.
static inline int byte_offset_sum(int64_t value, int64_t step, int width, int is_signed, int64_t *sum)
{
    if (width == 8) {
        *sum = (int64_t)((uint64_t)value + (uint64_t)step);
        return 1;
    }
    const int bits = 8 * width;
    const int64_t low = is_signed ? -(INT64_C(1) << (bits - 1)) : 0;
    const int64_t high = is_signed ? (INT64_C(1) << (bits - 1)) - 1 : (INT64_C(1) << bits) - 1;
    if (__builtin_add_overflow(value, step, sum)) return 0;
    if (*sum >= low && *sum <= high) return 1;
    const int64_t half = INT64_C(1) << (bits - 1);
    const int64_t most = width == 1 ? 2 * half : half;
    const int goes_round = width == 4 || (width == 2 && !is_signed) || (width == 1 && is_signed);
    if (!goes_round || step < -most || step >= most) return 0;
    *sum += *sum < low ? 2 * half : -2 * half;
    return 1;
}

// Decodes elements of 2 unsigned or 4 bytes as long as vectors are full; what is left over is for others.
void byte_offset_avx2(
    struct byte_offset_place *place, const uint8_t *end, uint8_t *out, size_t count, int width, int is_signed);
