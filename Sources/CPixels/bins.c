// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "bins.h"

#include <math.h>
#include <string.h>

#define BIN(NAME, TYPE, IS_REAL, IS_SIGNED, HAS_FLAGS, GREATEST)                                                       \
    static void bin_##NAME(const uint8_t *bytes, size_t stride, size_t fast, size_t slow, size_t across,               \
                           size_t along, const uint8_t *mask, double least, double most, float *greatest, float *sum,                \
                           uint32_t *number, uint8_t *state) {                                                         \
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
                    } else if (((IS_REAL) && !isfinite(exact)) || ((HAS_FLAGS) && value == (TYPE)(GREATEST)) ||        \
                               ((HAS_FLAGS) && !(IS_SIGNED) && value == (TYPE)((GREATEST)-1)) || exact < least) {      \
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

BIN(int8, int8_t, 0, 1, 0, 0)
BIN(uint8, uint8_t, 0, 0, 0, 0)
BIN(int16, int16_t, 0, 1, 1, INT16_MAX)
BIN(uint16, uint16_t, 0, 0, 1, UINT16_MAX)
BIN(int32, int32_t, 0, 1, 1, INT32_MAX)
BIN(uint32, uint32_t, 0, 0, 1, UINT32_MAX)
BIN(int64, int64_t, 0, 1, 1, INT64_MAX)
BIN(uint64, uint64_t, 0, 0, 1, UINT64_MAX)
BIN(float32, float, 1, 1, 0, 0)
BIN(float64, double, 1, 1, 0, 0)

void cpixels_bin(const void *pixels, enum cpixels_type type, size_t stride, size_t fast, size_t slow, size_t across,
                 size_t along, const uint8_t *mask, double least, double most, float *greatest, float *sum, uint32_t *number,
                 uint8_t *state) {
#define CASE(NAME)                                                                                                     \
    case cpixels_##NAME:                                                                                               \
        bin_##NAME(pixels, stride, fast, slow, across, along, mask, least, most, greatest, sum, number, state);               \
        break
    switch (type) {
        CASE(int8);
        CASE(uint8);
        CASE(int16);
        CASE(uint16);
        CASE(int32);
        CASE(uint32);
        CASE(int64);
        CASE(uint64);
        CASE(float32);
        CASE(float64);
    }
#undef CASE
}
