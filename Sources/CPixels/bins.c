// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "bins.h"

#include "types.h"

#include <math.h>
#include <string.h>

/// Columns of bins of one row that are held at a time.
#define COLUMNS 2048
/// Columns of pixels that go down their rows together, in registers.
#define STRIP 32

/// Integers of up to four bytes whose counts are not added up: each column of pixels by itself, several at a time, and
/// then the columns of a bin together.
#define COLUMN(NAME, TYPE, IS_REAL, IS_SIGNED, HAS_FLAGS, GREATEST)                                                    \
    static inline __attribute__((always_inline)) void strip_##NAME(                                                    \
        const uint8_t *bytes, size_t stride, size_t count, size_t rows, const uint8_t *mask, TYPE low, TYPE high,      \
        TYPE lowest, TYPE *top, TYPE *bits) {                                                                          \
        TYPE most[STRIP], all[STRIP];                                                                                  \
        for (size_t i = 0; i < STRIP; i++) most[i] = lowest, all[i] = 0;                                               \
        for (size_t row = 0; row < rows; row++) {                                                                      \
            const uint8_t *line = bytes + row * stride * sizeof(TYPE);                                                 \
            const uint8_t *shade = mask ? mask + row * stride : NULL;                                                  \
            for (size_t i = 0; i < count; i++) {                                                                       \
                TYPE value;                                                                                            \
                memcpy(&value, line + i * sizeof(TYPE), sizeof(TYPE));                                                 \
                TYPE bit = value > high ? cpixels_bin_above : cpixels_bin_count;                                       \
                bit = value < low || IS_FLAG(value, TYPE, IS_SIGNED, HAS_FLAGS, GREATEST) ? cpixels_bin_flagged : bit; \
                if (shade) bit = shade[i] ? cpixels_bin_masked : bit;                                                  \
                value = bit == cpixels_bin_count ? value : lowest;                                                     \
                most[i] = value > most[i] ? value : most[i];                                                           \
                all[i] |= bit;                                                                                         \
            }                                                                                                          \
        }                                                                                                              \
        for (size_t i = 0; i < count; i++) top[i] = most[i], bits[i] = all[i];                                         \
    }                                                                                                                  \
    static inline __attribute__((always_inline)) void columns_##NAME(                                                  \
        const uint8_t *bytes, size_t stride, size_t fast, size_t slow, size_t across, size_t along,                    \
        const uint8_t *mask, TYPE low, TYPE high, TYPE lowest, float *greatest, uint8_t *state) {                      \
        const size_t width = (fast + across - 1) / across, block = COLUMNS / across * across;                          \
        TYPE top[COLUMNS], bits[COLUMNS];                                                                              \
        for (size_t first = 0; first < slow; first += along) {                                                         \
            const size_t end = first + along < slow ? first + along : slow;                                            \
            for (size_t start = 0; start < fast; start += block) {                                                     \
                const size_t count = start + block < fast ? block : fast - start;                                      \
                size_t done = 0;                                                                                       \
                for (; done + STRIP <= count; done += STRIP)                                                           \
                    strip_##NAME(bytes + (first * stride + start + done) * sizeof(TYPE), stride, STRIP, end - first,   \
                                 mask ? mask + first * stride + start + done : NULL, low, high, lowest, top + done,    \
                                 bits + done);                                                                         \
                strip_##NAME(bytes + (first * stride + start + done) * sizeof(TYPE), stride, count - done, end - first,\
                             mask ? mask + first * stride + start + done : NULL, low, high, lowest, top + done,        \
                             bits + done);                                                                             \
                size_t bin = first / along * width + start / across;                                                   \
                for (size_t i = 0; i < count; bin++) {                                                                 \
                    const size_t last = i + across < count ? i + across : count;                                       \
                    TYPE most = lowest, all = 0;                                                                       \
                    for (; i < last; i++) {                                                                            \
                        most = top[i] > most ? top[i] : most;                                                          \
                        all |= bits[i];                                                                                \
                    }                                                                                                  \
                    if ((all & cpixels_bin_count) && greatest && (float)most > greatest[bin])                          \
                        greatest[bin] = (float)most;                                                                   \
                    if (state) state[bin] |= (uint8_t)all;                                                             \
                }                                                                                                      \
            }                                                                                                          \
        }                                                                                                              \
    }

/// Calls X(NAME, TYPE, LOWEST, HIGHEST) for each type that is taken by columns.
#define COLUMN_TYPES(X)                                                                                                \
    X(int8, int8_t, INT8_MIN, INT8_MAX)                                                                                \
    X(uint8, uint8_t, 0, UINT8_MAX)                                                                                    \
    X(int16, int16_t, INT16_MIN, INT16_MAX)                                                                            \
    X(uint16, uint16_t, 0, UINT16_MAX)                                                                                 \
    X(int32, int32_t, INT32_MIN, INT32_MAX)                                                                            \
    X(uint32, uint32_t, 0, UINT32_MAX)

COLUMN(int8, int8_t, 0, 1, 0, 0)
COLUMN(uint8, uint8_t, 0, 0, 0, 0)
COLUMN(int16, int16_t, 0, 1, 1, INT16_MAX)
COLUMN(uint16, uint16_t, 0, 0, 1, UINT16_MAX)
COLUMN(int32, int32_t, 0, 1, 1, INT32_MAX)
COLUMN(uint32, uint32_t, 0, 0, 1, UINT32_MAX)

/// - Returns: 0 for types and bounds that are not taken by columns.
static inline __attribute__((always_inline)) int by_columns(
    const uint8_t *bytes, enum cpixels_type type, size_t stride, size_t fast, size_t slow, size_t across, size_t along,
    const uint8_t *mask, double least, double most, float *greatest, uint8_t *state) {
    switch (type) {
#define CASE(NAME, TYPE, LOWEST, HIGHEST)                                                                              \
    case cpixels_##NAME: {                                                                                             \
        /* What no value of the type reaches is left to the other way; a bound that is no number bounds nothing. */    \
        if (least > (HIGHEST) || most < (LOWEST)) return 0;                                                            \
        const TYPE low = least > (LOWEST) ? (TYPE)ceil(least) : (LOWEST);                                              \
        const TYPE high = most < (HIGHEST) ? (TYPE)floor(most) : (HIGHEST);                                            \
        columns_##NAME(bytes, stride, fast, slow, across, along, mask, low, high, (LOWEST), greatest, state);          \
        return 1;                                                                                                      \
    }
        COLUMN_TYPES(CASE)
#undef CASE
    default: return 0;
    }
}

static int by_plain_columns(const uint8_t *bytes, enum cpixels_type type, size_t stride, size_t fast, size_t slow,
                            size_t across, size_t along, const uint8_t *mask, double least, double most,
                            float *greatest, uint8_t *state) {
    return by_columns(bytes, type, stride, fast, slow, across, along, mask, least, most, greatest, state);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static int by_wide_columns(
    const uint8_t *bytes, enum cpixels_type type, size_t stride, size_t fast, size_t slow, size_t across, size_t along,
    const uint8_t *mask, double least, double most, float *greatest, uint8_t *state) {
    return by_columns(bytes, type, stride, fast, slow, across, along, mask, least, most, greatest, state);
}
#endif

#define BIN(NAME, TYPE, IS_REAL, IS_SIGNED, HAS_FLAGS, GREATEST)                                                       \
    static void bin_##NAME(const uint8_t *bytes, size_t stride, size_t fast, size_t slow, size_t across,               \
                           size_t along, const uint8_t *mask, double least, double most, float *greatest,              \
                           float *sum, uint32_t *number, uint8_t *state) {                                             \
        const size_t width = (fast + across - 1) / across;                                                             \
        for (size_t row = 0; row < slow; row++) {                                                                      \
            const uint8_t *line = bytes + row * stride * sizeof(TYPE);                                                 \
            const uint8_t *shade = mask ? mask + row * stride : NULL;                                                  \
            size_t bin = row / along * width;                                                                          \
            for (size_t start = 0; start < fast; start += across, bin++) {                                             \
                const size_t end = start + across < fast ? start + across : fast;                                      \
                float top = -INFINITY, total = 0;                                                                      \
                uint32_t seen = 0;                                                                                     \
                uint8_t bits = 0;                                                                                      \
                for (size_t i = start; i < end; i++) {                                                                 \
                    TYPE value;                                                                                        \
                    memcpy(&value, line + i * sizeof(TYPE), sizeof(TYPE));                                             \
                    const double exact = (double)value;                                                                \
                    if (shade && shade[i]) {                                                                           \
                        bits |= cpixels_bin_masked;                                                                    \
                    } else if (((IS_REAL) && !isfinite(exact)) || exact < least ||                                     \
                               IS_FLAG(value, TYPE, IS_SIGNED, HAS_FLAGS, GREATEST)) {                                 \
                        bits |= cpixels_bin_flagged;                                                                   \
                    } else if (exact > most) {                                                                         \
                        bits |= cpixels_bin_above;                                                                     \
                    } else {                                                                                           \
                        const float count = (float)exact;                                                              \
                        top = count > top ? count : top;                                                               \
                        total += count;                                                                                \
                        seen++;                                                                                        \
                    }                                                                                                  \
                }                                                                                                      \
                if (seen) bits |= cpixels_bin_count;                                                                   \
                if (greatest && top > greatest[bin]) greatest[bin] = top;                                              \
                if (sum) {                                                                                             \
                    sum[bin] += total;                                                                                 \
                    number[bin] += seen;                                                                               \
                }                                                                                                      \
                if (state) state[bin] |= bits;                                                                         \
            }                                                                                                          \
        }                                                                                                              \
    }

CPIXELS_TYPES(BIN)

void cpixels_bin(const void *pixels, enum cpixels_type type, size_t stride, size_t fast, size_t slow, size_t across,
                 size_t along, const uint8_t *mask, double least, double most, float *greatest, float *sum,
                 uint32_t *number, uint8_t *state) {
    if (!sum && !number && across > 0 && along > 0 && across <= COLUMNS) {
#if defined(__x86_64__)
        if (__builtin_cpu_supports("avx2")
                ? by_wide_columns(pixels, type, stride, fast, slow, across, along, mask, least, most, greatest, state)
                : by_plain_columns(pixels, type, stride, fast, slow, across, along, mask, least, most, greatest, state))
            return;
#else
        if (by_plain_columns(pixels, type, stride, fast, slow, across, along, mask, least, most, greatest, state))
            return;
#endif
    }
#define CASE(NAME, ...)                                                                                                \
    case cpixels_##NAME:                                                                                               \
        bin_##NAME(pixels, stride, fast, slow, across, along, mask, least, most, greatest, sum, number, state);        \
        break;
    switch (type) { CPIXELS_TYPES(CASE) }
#undef CASE
}
