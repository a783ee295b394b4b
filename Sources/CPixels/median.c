// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "median.h"
#include "types.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { values = 65536 };

/// Counts by value; the last place is of all that are greater. `top` is the greatest place that was met: of a small frame with
/// low counts the others stay untouched memory.
#define TALLY(NAME, TYPE, IS_REAL, IS_SIGNED, HAS_FLAGS, GREATEST)                                                     \
    static void tally_##NAME(const uint8_t *bytes, size_t count, const uint8_t *mask, double least, double most,       \
                             uint32_t *number, uint64_t *all, size_t *top) {                                           \
        for (size_t i = 0; i < count; i++) {                                                                           \
            TYPE value;                                                                                                \
            memcpy(&value, bytes + i * sizeof(TYPE), sizeof(TYPE));                                                    \
            if ((mask && mask[i]) || (IS_SIGNED && !(value >= 0)) || IS_FLAG(value, TYPE, IS_SIGNED, HAS_FLAGS, GREATEST)) continue;  \
            const double exact = (double)value;                                                                        \
            if (exact < least || exact > most) continue;                                                               \
            const size_t place = exact < values ? (size_t)exact : values;                                              \
            number[place]++;                                                                                           \
            ++*all;                                                                                                    \
            if (place > *top) *top = place;                                                                            \
        }                                                                                                              \
    }

CPIXELS_TYPES(TALLY)

double cpixels_median(const void *pixels, enum cpixels_type type, size_t fast, size_t slow, size_t step,
                      const uint8_t *mask, double least, double most) {
    uint32_t *number = calloc(values + 1, sizeof *number);
    if (!number || step == 0) {
        free(number);
        return -1;
    }
    const size_t width = width_of(type);
    uint64_t all = 0, below = 0;
    size_t top = 0;
    for (size_t row = 0; row < slow; row += step) {
        const uint8_t *line = (const uint8_t *)pixels + row * fast * width, *shade = mask ? mask + row * fast : NULL;
#define CASE(NAME, ...)                                                                                                \
    case cpixels_##NAME: tally_##NAME(line, fast, shade, least, most, number, &all, &top); break;
        switch (type) { CPIXELS_TYPES(CASE) }
#undef CASE
    }
    double median = -1;
    for (size_t i = 0; i < values && i <= top && all > 0; i++) {
        below += number[i];
        if (2 * below < all) continue;
        median = (double)i;
        break;
    }
    free(number);
    return median;
}
