// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#include "compare.h"

#include "types.h"

#include <math.h>
#include <string.h>

enum { block = 2048 };

static void take(const struct cpixels_side *side, size_t from, size_t count, double *out) {
    const uint8_t *bytes = side->pixels;
#define CASE(NAME, TYPE, ...)                                                                                          \
    case cpixels_##NAME:                                                                                               \
        for (size_t i = 0; i < count; i++) {                                                                           \
            TYPE value;                                                                                                \
            memcpy(&value, bytes + (from + i) * sizeof(TYPE), sizeof(TYPE));                                           \
            out[i] = (double)value;                                                                                    \
        }                                                                                                              \
        break;
    switch (side->type) { CPIXELS_TYPES(CASE) }
#undef CASE
}

/// The flag values of a type by custom; no number where it has none.
struct customs {
    double greatest, second, minus_one, minus_two;
};

static struct customs customs_of(enum cpixels_type type) {
    switch (type) {
    case cpixels_int8: return (struct customs){NAN, NAN, -1, -2};
    case cpixels_int16: return (struct customs){INT16_MAX, NAN, -1, -2};
    case cpixels_uint16: return (struct customs){UINT16_MAX, UINT16_MAX - 1, NAN, NAN};
    case cpixels_int32: return (struct customs){INT32_MAX, NAN, -1, -2};
    case cpixels_uint32: return (struct customs){UINT32_MAX, (double)UINT32_MAX - 1, NAN, NAN};
    case cpixels_int64: return (struct customs){(double)INT64_MAX, NAN, -1, -2};
    case cpixels_uint64: return (struct customs){(double)UINT64_MAX, NAN, NAN, NAN};
    case cpixels_uint8: case cpixels_float32: case cpixels_float64: break;
    }
    return (struct customs){NAN, NAN, NAN, NAN};
}

static int is_flag(const struct cpixels_side *side, const struct customs *customs, double value, size_t index) {
    return (side->mask && side->mask[index]) || value < side->least || value > side->most || value == side->undefined
           || value == customs->greatest || value == customs->second || value == customs->minus_one
           || value == customs->minus_two || !isfinite(value);
}

uint64_t cpixels_differences(const struct cpixels_side *one, const struct cpixels_side *other, size_t count,
                             size_t *first) {
    const struct customs customs = customs_of(one->type), others = customs_of(other->type);
    uint64_t differing = 0;
    double a[block], b[block];
    for (size_t from = 0; from < count; from += block) {
        const size_t length = count - from < block ? count - from : block;
        take(one, from, length, a);
        take(other, from, length, b);
        if (memcmp(a, b, length * sizeof(double)) == 0) continue;
        for (size_t i = 0; i < length; i++) {
            if (a[i] == b[i]) continue;
            if (is_flag(one, &customs, a[i], from + i) && is_flag(other, &others, b[i], from + i)) continue;
            if (differing++ == 0) *first = from + i;
        }
    }
    return differing;
}
