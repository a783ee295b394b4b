// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "bins.h"

#include "types.h"

#include <math.h>
#include <string.h>

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
#define CASE(NAME, ...)                                                                                                \
    case cpixels_##NAME:                                                                                               \
        bin_##NAME(pixels, stride, fast, slow, across, along, mask, least, most, greatest, sum, number, state);        \
        break;
    switch (type) { CPIXELS_TYPES(CASE) }
#undef CASE
}
